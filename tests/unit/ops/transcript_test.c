/* Transcripts: WebVTT, SubRip and recognisers' JSON, as they should be and as strangers send them. */
#include "ops/transcript.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
/* cmocka after the headers that it needs */
#include <cmocka.h>

/* "1000-2000 Ana: words" a line, or the faults. */
static void told(struct text source, struct buffer *out)
{
    struct transcript t;
    struct faults faults = {0};
    buffer_string(out, "");
    if (transcript_read(source, &t, &faults)) {
        assert_true(faults.count > 0);
        faults_sort(&faults);
        faults_print(&faults, "t", out);
    } else {
        for (size_t i = 0; i < t.lines.count; i++) {
            const struct transcript_line *l = &t.lines.at[i];
            struct text who = transcript_speaker(&t, l), what = transcript_text(&t, l);
            buffer_format(out, "%llu-%llu %.*s: %.*s\n", (unsigned long long)l->start, (unsigned long long)l->end,
                          TEXT_ARG(who), TEXT_ARG(what));
        }
    }
    transcript_release(&t);
    faults_release(&faults);
}

static void printed(struct text source, struct buffer *out)
{
    struct transcript t;
    struct faults faults = {0};
    if (transcript_read(source, &t, &faults) == 0)
        transcript_print(&t, out);
    transcript_release(&t);
    faults_release(&faults);
}

static void reads(const char *source, const char *expected)
{
    struct buffer out = {0}, once = {0}, twice = {0};
    told(text_of(source), &out);
    if (strcmp(out.at, expected) != 0)
        fail_msg("%s\ngives\n%s\nnot\n%s", source, out.at, expected);
    printed(text_of(source), &once);
    printed(buffer_text(&once), &twice);
    assert_true(text_equal(buffer_text(&once), buffer_text(&twice)));
    buffer_release(&out);
    buffer_release(&once);
    buffer_release(&twice);
}

static void webvtt_is_read(void **state)
{
    (void)state;
    reads("WEBVTT - talk\nKind: captions\n\nNOTE made by hand\nover two lines\n\nSTYLE\n::cue {}\n\n"
          "1\n00:01.000 --> 00:02.500 align:left\nHello <i>there</i> &amp; you\nand more\n\n"
          "00:00:02.500 --> 01:00:03.000\n<v.loud Ana Lind>Yes.</v>\n<v Ben>No.\n",
          "1000-2500 : Hello there & you\nand more\n2500-3603000 Ana Lind: Yes.\n2500-3603000 Ben: No.\n");
    reads("\xef\xbb\xbfWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\n2 < 3 and 4 > 1\r\n", "1000-2000 : 2 < 3 and 4 > 1\n");
    reads("WEBVTT\n00:01.000 --> 00:02.000\nno empty line\n", "1000-2000 : no empty line\n");
    reads("WEBVTT\n\n00:05.000 --> 00:06.000\nlater\n\n00:01.000 --> 00:02.000\nearlier\n",
          "1000-2000 : earlier\n5000-6000 : later\n");
    reads("WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>\nwords\n&nbsp;\nmore\n", "1000-2000 : words\nmore\n");
    reads("WEBVTT\n\n100:00:00.000 --> 100:00:01.000\nlong\n", "360000000-360001000 : long\n");
}

static void subrip_is_read(void **state)
{
    (void)state;
    reads("1\n00:00:01,000 --> 00:00:02,500\n<font color=\"red\">Привет</font>\nмир\n\n"
          "2\n00:00:03,0 --> 00:00:04,25\nдальше\n\n\n3\n00:00:05 --> 00:00:06\nend",
          "1000-2500 : Привет\nмир\n3000-4250 : дальше\n5000-6000 : end\n");
}

static void recognisers_are_read(void **state)
{
    (void)state;
    reads("{\"text\":\" a b\",\"segments\":[{\"id\":0,\"start\":0.0,\"end\":4.24,\"text\":\" The doors\\nwere shut.\"},"
          "{\"start\":4.24,\"end\":5,\"text\":\"Yes\",\"speaker\":\"SPEAKER_01\"}],\"language\":\"en\"}",
          "0-4240 : The doors were shut.\n4240-5000 SPEAKER_01: Yes\n");
    reads(
        "{\"transcription\":[{\"timestamps\":{\"from\":\"00:00:01,500\",\"to\":\"00:00:03,000\"},\"offsets\":{\"from\":"
        "1500,"
        "\"to\":3000},\"text\":\" one\"},{\"timestamps\":{\"from\":\"00:00:03,000\",\"to\":\"00:00:04,000\"},\"text\":"
        "\" two\"}]}",
        "1500-3000 : one\n3000-4000 : two\n");
    reads("{\"result\":[{\"conf\":1.0,\"start\":0.5,\"end\":0.9,\"word\":\"the\"},{\"start\":0.9,\"end\":1.2,\"word\":"
          "\"doors\"},{\"start\":4.5,\"end\":4.9,\"word\":\"shut\"}],\"text\":\"the doors shut\"}\n"
          "{\"partial\":\"\"}\n{\"result\":[{\"start\":9,\"end\":9.5,\"word\":\"yes\"}]}",
          "500-1200 : the doors\n4500-4900 : shut\n9000-9500 : yes\n");
    reads(" [{\"start\":1,\"end\":2,\"text\":\"<b>\"}] ", "1000-2000 : <b>\n");
}

static void faults_have_a_place_and_a_mend(void **state)
{
    (void)state;
    reads("", "t:1:1: there are no words with times in it; bring in WebVTT, SRT, or the JSON of a speech recogniser\n");
    reads("WEBVTT\n", "t:1:1: there are no words with times in it; bring in WebVTT, SRT, or the JSON of a speech "
                      "recogniser\n");
    reads("WEBVTT\n\n00:61.000 --> 00:02.000\nx\n\n00:05.000 -> 00:06.000\ny\n\n00:09.000 --> 00:08.000\nz\n",
          "t:3:1: '00:61.000' is not a time; write hours, minutes and seconds as 00:12:15.500\n"
          "t:6:1: a line of times is missing here; write 00:12:15.500 --> 00:12:18.000 above the words\n"
          "t:9:15: it ends before it starts; put the earlier time first\n");
    reads("1\n00:00:01,000 --> soon\nx\n",
          "t:2:18: what follows --> is not a time; write hours, minutes and seconds as 00:12:15.500\n");
    reads("just words\nand more words\n",
          "t:1:1: a line of times is missing here; write 00:12:15.500 --> 00:12:18.000 above the words\n");
    reads("{\"segments\":[{\"text\":\"x\"}]}",
          "t:1:1: segment 1 has no start and end in seconds; have the recogniser write times\n");
    reads("{\"segments\":[{\"start\":-1,\"end\":2,\"text\":\"x\"}]}",
          "t:1:1: segment 1 has no start and end in seconds; have the recogniser write times\n");
    reads("{\"segments\":[{\"start\":1e300,\"end\":1e301,\"text\":\"x\"}]}",
          "t:1:1: segment 1 has no start and end in seconds; have the recogniser write times\n");
    reads("{\"segments\":[{\"start\":3,\"end\":2,\"text\":\"x\"}]}",
          "t:1:1: segment 1 ends before it starts; correct its times\n");
    reads("{\"segments\":[{\"start\":3,\"end\":4}]}",
          "t:1:1: segment 1 has no text; have the recogniser write its words as \"text\"\n");
    reads("{\"result\":[{\"word\":\"x\"}]}",
          "t:1:1: segment 1 has a word without its times; have the recogniser write times of words\n");
    reads("{}",
          "t:1:1: there are no words with times in it; bring in WebVTT, SRT, or the JSON of a speech recogniser\n");
    struct buffer out = {0};
    told(TEXT("WEBVTT\n\n00:01.000 --> 00:02.000\na\xff"
              "b\n"),
         &out);
    assert_non_null(strstr(out.at, "t:4:2"));
    buffer_clear(&out);
    told(TEXT("{\"segments\":[{"), &out);
    assert_non_null(strstr(out.at, "this is not JSON"));
    buffer_release(&out);
}

/* What is large or deep costs little, and is answered. */
static void hostile_ones_are_bounded(void **state)
{
    (void)state;
    struct buffer in = {0}, out = {0};
    for (int i = 0; i < 100000; i++)
        buffer_char(&in, '[');
    told(buffer_text(&in), &out);
    assert_non_null(strstr(out.at, "not JSON"));
    buffer_clear(&in);
    buffer_clear(&out);
    for (int i = 0; i < 200000; i++)
        buffer_string(&in, "<v A>");
    told(buffer_text(&in), &out);
    buffer_clear(&in);
    buffer_clear(&out);
    buffer_string(&in, "WEBVTT\n\n00:01.000 --> 00:02.000\n<v ");
    for (int i = 0; i < 500; i++)
        buffer_string(&in, "&&ж");
    buffer_string(&in, ">words\n");
    told(buffer_text(&in), &out);
    struct buffer once = {0}, twice = {0};
    printed(buffer_text(&in), &once);
    printed(buffer_text(&once), &twice);
    assert_true(text_equal(buffer_text(&once), buffer_text(&twice)));
    buffer_release(&once);
    buffer_release(&twice);
    buffer_release(&in);
    buffer_release(&out);
}

static void locators_lead_to_lines(void **state)
{
    (void)state;
    uint64_t start, end;
    struct transcript t;
    struct faults faults = {0};
    size_t count;
    assert_true(transcript_time(TEXT("02:10"), &start, &end));
    assert_int_equal(start, 130000);
    assert_int_equal(end, 130000);
    assert_true(transcript_time(TEXT("02:10-1:02:45"), &start, &end));
    assert_int_equal(end, 3765000);
    assert_false(transcript_time(TEXT("p.12"), &start, &end));
    assert_false(transcript_time(TEXT("02:10-"), &start, &end));
    assert_false(transcript_time(TEXT("02:10-01:00"), &start, &end));
    assert_false(transcript_time(TEXT(""), &start, &end));
    assert_int_equal(transcript_read(TEXT("WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:03.000 --> 00:04.000\nb\n\n"
                                          "00:04.000 --> 00:09.000\nc\n"),
                                     &t, &faults),
                     0);
    assert_int_equal(transcript_lines(&t, 0, 0, &count), 0);
    assert_int_equal(count, 1);
    assert_int_equal(transcript_lines(&t, 3000, 3000, &count), 1);
    assert_int_equal(count, 1);
    assert_int_equal(transcript_lines(&t, 3500, 5000, &count), 1);
    assert_int_equal(count, 2);
    assert_int_equal(transcript_lines(&t, 4000, 4000, &count), 2);
    assert_int_equal(transcript_lines(&t, 99000, 99000, &count), 2);
    assert_int_equal(count, 1);
    assert_int_equal(transcript_lines(&t, 0, 99000, &count), 0);
    assert_int_equal(count, 3);
    transcript_release(&t);
    faults_release(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(webvtt_is_read),           cmocka_unit_test(subrip_is_read),
        cmocka_unit_test(recognisers_are_read),     cmocka_unit_test(faults_have_a_place_and_a_mend),
        cmocka_unit_test(hostile_ones_are_bounded), cmocka_unit_test(locators_lead_to_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
