/* The table, the rows, what would still stand, and one claim explained. */
#include "opening.h"
#include "ops/explain.h"
#include "ops/stand.h"

static const char harbour[] = "voice guard \"The guard\"\n"
                              "voice captain \"A captain\"\n    of guard\n    known-as \"Secret Name\"\n"
                              "voice boarder \"An officer\"\n    of guard\n"
                              "voice ana \"Ana\"\n"
                              "voice ben \"Ben\"\n"
                              "same? captain boarder\n"
                              "record log document \"The log\"\n    by guard\n"
                              "claim quiet \"Nobody says this\"\n"
                              "claim order \"It was ordered\"\n    accuses guard\n"
                              "claim seen \"It was seen\"\n"
                              "claim not-so \"It was otherwise\"\n"
                              "claim therefore \"So it follows\"\n"
                              "say ana order told-by captain saw\n"
                              "say ben order told-by boarder saw\n"
                              "say ana seen saw at log p.3 \"I was there.\"\n"
                              "say ben seen saw\n"
                              "say guard not-so read log\n"
                              "contradict seen not-so\n"
                              "deny guard order\n"
                              "infer desk therefore from seen order \"It must\"\n"
                              "impugn ana by quiet\n";

static int gather(void *context, struct text piece)
{
    buffer_text_add(context, piece);
    return 0;
}

static int refuse(void *context, struct text piece)
{
    (void)piece;
    ++*(int *)context;
    return 141;
}

static void the_most_contested_come_first(void **state)
{
    (void)state;
    struct opened o;
    struct buffer out = {0};
    open_text(&o, harbour);
    stand_table(&o, NULL, 0, &plain, &out);
    const char *seen = strstr(out.at, "\nseen"), *order = strstr(out.at, "\norder"), *quiet = strstr(out.at, "\nquiet"),
               *not_so = strstr(out.at, "\nnot-so"), *therefore = strstr(out.at, "\ntherefore");
    assert_true(not_so && seen && order && quiet && therefore);
    assert_true(not_so < seen && seen < order && order < quiet && quiet < therefore);
    assert_has(&out, "2 people, maybe one");
    assert_has(&out, "not asked");
    assert_lacks(&out, "Secret");
    buffer_release(&out);
    opened_close(&o);
}

static void the_table_fits_its_screen(void **state)
{
    (void)state;
    struct opened o;
    struct buffer out = {0};
    open_text(
        &o,
        "voice v \"V\"\n"
        "claim a-claim-with-a-very-long-name-that-goes-on-and-on-to-sixty-bytes \"新聞記者が見たこと新聞記者が見たこと"
        "新聞記者が見たこと新聞記者が見たこと新聞記者が見たこと\"\n    accuses v\n"
        "say v a-claim-with-a-very-long-name-that-goes-on-and-on-to-sixty-bytes saw\n");
    static const unsigned widths[] = {64, 80, 132};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        struct screen screen = {.width = widths[i]};
        buffer_clear(&out);
        stand_table(&o, NULL, 0, &screen, &out);
        for (char *line = out.at, *end; (end = strchr(line, '\n')); line = end + 1)
            assert_true(text_columns((struct text){line, (size_t)(end - line)}) <= widths[i]);
    }
    struct screen narrow = {.width = 40};
    stand_table(&o, NULL, 0, &narrow, &out); /* as wide as it must be, and no trap */
    buffer_release(&out);
    opened_close(&o);
}

static void rows_come_in_order_or_as_named(void **state)
{
    (void)state;
    struct opened o;
    struct buffer all = {0}, named = {0};
    struct error error = {0};
    uint32_t *claims;
    int calls = 0;
    open_text(&o, harbour);
    assert_int_equal(stand_json(&o, NULL, 0, gather, &all), 0);
    assert_true(strstr(all.at, "\"quiet\"") < strstr(all.at, "\"order\""));
    assert_int_equal(stand_find_claims(&o, (const char *const[]){"seen", "quiet"}, 2, &claims, &error), 0);
    assert_int_equal(stand_json(&o, claims, 2, gather, &named), 0);
    assert_true(strstr(named.at, "\"seen\"") < strstr(named.at, "\"quiet\""));
    assert_lacks(&named, "\"order\"");
    free(claims);
    assert_int_equal(stand_json(&o, NULL, 0, refuse, &calls), 141);
    assert_int_equal(calls, 1);
    buffer_release(&all);
    buffer_release(&named);
    opened_close(&o);
}

static void without_gives_all_rows_as_they_would_be(void **state)
{
    (void)state;
    struct opened o;
    struct buffer before = {0}, after = {0}, text = {0};
    struct error error = {0};
    uint32_t *voices;
    size_t count;
    open_text(&o, harbour);
    assert_int_equal(stand_find_voices(&o, "captain,boarder", &voices, &count, &error), 0);
    assert_int_equal(count, 2);
    stand_json_without(&o, NULL, 0, voices, count, gather, &after);
    assert_has(&after, "\"claim\":\"quiet\"");
    assert_has(&after, "\"claim\":\"seen\"");
    assert_has(&after, "\"claim\":\"order\",\"denied\":true,\"distance\":null");
    stand_json(&o, NULL, 0, gather, &before);
    assert_has(&before, "\"claim\":\"order\",\"denied\":true,\"distance\":1");
    stand_without(&o, NULL, 0, voices, count, &plain, &text);
    assert_has(&text, "Were captain and boarder wrong, 2 of five claims would change:");
    assert_has(&text, "order\n    alleged → unheard");
    assert_has(&text, "quiet, seen, not-so");
    free(voices);
    buffer_release(&before);
    buffer_release(&after);
    buffer_release(&text);
    opened_close(&o);
}

static void unknown_names_are_named_with_the_nearest(void **state)
{
    (void)state;
    struct opened o;
    struct error error = {0};
    uint32_t *numbers;
    size_t count;
    open_text(&o, harbour);
    assert_int_equal(stand_find_claims(&o, (const char *const[]){"ordre"}, 1, &numbers, &error), -1);
    assert_int_equal(error.code, ERROR_MISSING);
    assert_non_null(strstr(error.mend, "'order'"));
    assert_int_equal(stand_find_voices(&o, "ana,captan", &numbers, &count, &error), -1);
    assert_non_null(strstr(error.mend, "'captain'"));
    assert_int_equal(stand_find_voices(&o, "", &numbers, &count, &error), -1);
    opened_close(&o);
}

static void explain(const struct opened *o, const char *id, struct buffer *out)
{
    struct screen wide = {.width = 1000};
    buffer_clear(out);
    explain_claim(o, claim(o, id), &wide, out);
}

static void a_claim_is_told_in_sentences(void **state)
{
    (void)state;
    struct opened o;
    struct buffer out = {0};
    open_text(&o, harbour);
    explain(&o, "order", &out);
    assert_has(&out, "Ana was told by a captain (captain), who saw or heard it happen.");
    assert_has(&out, "Counted cautiously that is one person: a captain and an officer may be one person.");
    assert_has(&out, "The guard (guard) denies it and has not said how.");
    assert_has(&out, "The guard has not been asked.");
    assert_has(&out, "Ask a captain: if that voice confirms");
    assert_has(&out, "It wants 'cautious >= 2'");
    assert_has(&out, "still to be asked: the guard.");
    explain(&o, "seen", &out);
    assert_has(&out, "“I was there.” — “The log” (log), p.3");
    assert_has(&out, "It falls only if both Ana and Ben are wrong: two people. Nobody alone can bring it down.");
    assert_has(&out, "'not-so' says otherwise and is alleged");
    explain(&o, "not-so", &out);
    assert_has(&out, "It hangs on one person: the guard.");
    explain(&o, "therefore", &out);
    assert_has(&out, "The desk concludes it from 'seen' (borne out) and 'order' (alleged).");
    explain(&o, "quiet", &out);
    assert_has(&out, "Unheard: nobody has said so yet.");
    assert_lacks(&out, "What speaks against it");
    buffer_release(&out);
    opened_close(&o);
}

static void long_lists_are_cut_and_counted(void **state)
{
    (void)state;
    struct opened o;
    struct buffer text = {0}, out = {0};
    buffer_string(&text, "claim c \"So\"\n");
    for (int i = 0; i < 200; i++)
        buffer_format(&text, "voice v%d \"Voice %d\"\nsay v%d c saw\n", i, i, i);
    open_text(&o, text.at);
    explain(&o, "c", &out);
    assert_has(&out, "And 176 others");
    assert_has(&out, "Its first 12 lines of more:");
    assert_has(&out, "and 192 others are all wrong: 200 people");
    buffer_release(&text);
    buffer_release(&out);
    opened_close(&o);
}

static void an_empty_case_says_so(void **state)
{
    (void)state;
    struct opened o;
    struct buffer out = {0};
    open_text(&o, "");
    stand_table(&o, NULL, 0, &plain, &out);
    assert_string_equal(out.at, "The case has no claims yet.\n");
    buffer_release(&out);
    opened_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_contested_come_first),
        cmocka_unit_test(the_table_fits_its_screen),
        cmocka_unit_test(rows_come_in_order_or_as_named),
        cmocka_unit_test(without_gives_all_rows_as_they_would_be),
        cmocka_unit_test(unknown_names_are_named_with_the_nearest),
        cmocka_unit_test(a_claim_is_told_in_sentences),
        cmocka_unit_test(long_lists_are_cut_and_counted),
        cmocka_unit_test(an_empty_case_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
