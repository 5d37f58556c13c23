/* Fetching a record's file and making it ready: what stands outside of the case's folder is not taken, and a helper
 * that crashes, hangs or lies costs that file and a sentence. The helper's path is the one argument. */
#include "ops/media.h"
#include "ops/shape.h"

#include "base/file.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/bearout-media-XXXXXX";
static const char *helper;
static struct model *model;
static struct error error;

/* A grey PNG of one pixel. */
static const struct text dot = {
    "\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122\000\000\000\001\000\000"
    "\000\001\010\000\000\000\000\072\176\233\125\000\000\000\012\111\104\101\124\170\234\143"
    "\150\000\000\000\202\000\201\167\315\162\266\000\000\000\000\111\105\116\104\256\102\140"
    "\202",
    67};

static const char entries[] = "record dot image \"A dot\"\n    file \"dot.png\"\n"
                              "record deep image \"In a folder\"\n    file \"in/deep.png\"\n"
                              "record gone image \"Gone\"\n    file \"edrin-vosk-at-home.jpg\"\n"
                              "record none image \"No file\"\n"
                              "record up image \"Above\"\n    file \"../edrin-vosk.png\"\n"
                              "record updown image \"Above and below\"\n    file \"in/../dot.png\"\n"
                              "record root image \"From the root\"\n    file \"/edrin-vosk.png\"\n"
                              "record link image \"A link\"\n    file \"link.png\"\n"
                              "record linked image \"A linked folder\"\n    file \"out/edrin-vosk.png\"\n"
                              "record folder image \"A folder\"\n    file \"in\"\n"
                              "record pipe image \"A pipe\"\n    file \"pipe\"\n"
                              "record text image \"A text\"\n    file \"text\"\n"
                              "record empty image \"Empty\"\n    file \"empty\"\n"
                              "record through image \"Through a file\"\n    file \"dot.png/x\"\n"
                              "record quoted image \"Quoted\"\n    file \"a \\\"dot\\\".png\"\n"
                              "record huge image \"Huge\"\n    file \"huge\"\n";

static void save(const char *name, struct text content)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(file_write(path, content, &error), 0);
}

static int start(void **state)
{
    (void)state;
    struct faults faults = {0};
    if (!mkdtemp(folder) || chdir(folder) || mkdir("in", 0700) || mkdir("outside", 0700) ||
        symlink("dot.png", "link.png") || symlink("outside", "out") || mkfifo("pipe", 0600))
        return -1;
    save("dot.png", dot);
    save("in/deep.png", dot);
    save("outside/edrin-vosk.png", dot);
    save("a \"dot\".png", dot);
    save("text", TEXT("Edrin Vosk was there"));
    save("empty", TEXT(""));
    save("huge", TEXT(""));
    model = model_new();
    int result = truncate("huge", (off_t)LIMIT_MEDIA + 1) || model_take(model, text_of(entries), TAKE_TEXT, &faults);
    faults_release(&faults);
    return result;
}

static int end(void **state)
{
    (void)state;
    char command[64];
    model_free(model);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return chdir("/") || system(command);
}

static struct media *opened(void)
{
    char file[128];
    snprintf(file, sizeof file, "%s/case.bo", folder);
    struct media *media = media_new(model, file, NULL);
    media_use(media, helper, 60);
    return media;
}

static int get(struct media *media, const char *record, struct media_ready *ready)
{
    struct media_source source = media_source(media);
    error = (struct error){0};
    *ready = (struct media_ready){0};
    return source.ready(source.context, text_of(record), ready, &error);
}

static void assert_refused(const char *record, const char *what)
{
    struct media *media = opened();
    struct media_ready ready;
    assert_int_equal(get(media, record, &ready), -1);
    assert_null(ready.bytes.at);
    if (!strstr(error.what, what))
        fail_msg("'%s' is not in: %s", what, error.what);
    assert_true(error.mend[0]);
    assert_non_null(strstr(error.what, record));
    assert_null(strstr(error.what, "vosk"));
    assert_null(strstr(error.where, "vosk"));
    assert_null(strstr(error.mend, "vosk"));
    media_free(media);
}

static void a_file_of_the_case_is_made_ready(void **state)
{
    (void)state;
    static const char *const records[] = {"dot", "deep", "quoted"};
    struct media *media = opened();
    for (size_t i = 0; i < 3; i++) {
        struct media_ready ready;
        if (get(media, records[i], &ready) < 0)
            fail_msg("%s; %s", error.what, error.mend);
        assert_string_equal(ready.mime, "image/png");
        assert_int_equal(ready.width, 1);
        assert_int_equal(ready.height, 1);
        assert_true(shape_is_png(buffer_text(&ready.bytes), 1, 1));
        buffer_release(&ready.bytes);
    }
    media_free(media);
}

static void a_record_is_made_ready_once(void **state)
{
    (void)state;
    struct media *media = opened();
    struct media_ready first, second;
    assert_int_equal(get(media, "dot", &first), 0);
    media_use(media, "/bin/false", 1);
    assert_int_equal(get(media, "dot", &second), 0);
    assert_true(text_equal(buffer_text(&first.bytes), buffer_text(&second.bytes)));
    assert_ptr_not_equal(first.bytes.at, second.bytes.at);
    buffer_release(&first.bytes);
    buffer_release(&second.bytes);
    media_free(media);
}

static void what_is_not_in_the_folder_is_not_taken(void **state)
{
    (void)state;
    static const char *const outside[] = {"up", "updown", "root", "link", "linked", "through"};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_refused(outside[i], "does not stand in the folder of the case");
    assert_refused("gone", "is not there");
    assert_refused("none", "has no file");
    assert_refused("folder", "is no ordinary file");
    assert_refused("pipe", "is no ordinary file");
    assert_refused("huge", "larger than 256 MiB");
    assert_refused("nowhere", "there is no record");
}

static void what_is_no_picture_is_told(void **state)
{
    (void)state;
    assert_refused("text", "is of no kind that is taken");
    assert_refused("empty", "is empty");
}

/* ---- helpers that are not to be relied on ---- */

static void with_helper_for(uint32_t seconds, const char *script, const char *what)
{
    char path[128];
    struct media_ready ready;
    struct buffer text = {0};
    buffer_format(&text, "#!/bin/sh\n%s\n", script);
    save("helper", buffer_text(&text));
    buffer_release(&text);
    snprintf(path, sizeof path, "%s/helper", folder);
    assert_int_equal(chmod(path, 0700), 0);
    struct media *media = opened();
    media_use(media, path, seconds);
    assert_int_equal(get(media, "dot", &ready), -1);
    if (!strstr(error.what, what))
        fail_msg("'%s' is not in: %s; after: %s", what, error.what, script);
    assert_null(ready.bytes.at);
    assert_true(error.mend[0]);
    media_free(media);
}

static void with_helper(const char *script, const char *what)
{
    with_helper_for(30, script, what);
}

static void a_lie_is_seen(void **state)
{
    (void)state;
    static const char *const lies[] = {
        "",
        "echo",
        "echo hello",
        "echo 'bearout-media 2 image/png 1 1 0 0'",
        "echo 'bearout-media 1 image/gif 1 1 0 0'",
        "echo 'bearout-media 1 image/png 1 1 0 0'",
        "echo 'bearout-media 1 image/png 1 1 0 3'; printf abc",
        "echo 'bearout-media 1 image/png 1 1 0 3'; printf abcd",
        "echo 'bearout-media 1 image/png 1 1 0 4'; printf abc",
        "echo 'bearout-media 1 image/png 1 1 0 99999999999999999999'; printf abc",
        "echo 'bearout-media 1 image/png 1 1 0 -1'; printf abc",
        "echo 'bearout-media 1 image/png 1 1 0'",
        "printf 'bearout-media 1 image/png 1 1 0 0'",
        "echo 'bearout-media 1 image/jpeg 1 1 0 4'; printf '\\377\\330\\377\\331'",
        "echo 'bearout-media 1 audio/mpeg 0 0 1 4'; printf 'ID3\\3'",
        "echo 'bearout-media 1 audio/mpeg 0 0 0 0'",
        "echo 'bearout-media 1 refused 0'",
        "echo 'bearout-media 1 refused 99'",
        "echo 'bearout-media 1 refused Edrin Vosk'",
        "echo 'bearout-media 1 refused 3'; echo more",
        "cat",
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++)
        with_helper(lies[i], "opening it went wrong");
}

static void a_crash_is_told(void **state)
{
    (void)state;
    with_helper("kill -SEGV $$", "opening it went wrong");
    with_helper("kill -SYS $$", "opening it went wrong");
    with_helper("exit 1", "opening it went wrong");
    with_helper("echo 'bearout-media 1 refused 3'; exit 1", "opening it went wrong");
}

static void who_hangs_is_ended(void **state)
{
    (void)state;
    time_t before = time(NULL);
    with_helper_for(1, "while :; do :; done", "takes too long");
    with_helper_for(1, "exec >&-; while :; do :; done", "takes too long");
    assert_true(time(NULL) - before < 20);
    with_helper_for(200, "exec /usr/bin/yes", "opening it went wrong"); /* 256 MiB come soon */
}

static void a_helper_that_is_not_there_is_told(void **state)
{
    (void)state;
    struct media *media = opened();
    struct media_ready ready;
    media_use(media, "/nowhere/bearout-media", 2);
    assert_int_equal(get(media, "dot", &ready), -1);
    assert_non_null(strstr(error.what, "cannot be started"));
    media_free(media);
}

static void it_gets_nothing_but_the_file(void **state)
{
    (void)state;
    assert_int_equal(setenv("EDRIN_VOSK", "1", 1), 0);
    with_helper("[ -z \"$EDRIN_VOSK\" ] || exit 1; [ \"$(pwd)\" = / ] || exit 1; [ $# = 0 ] || exit 1\n"
                "for fd in 3 4 5 6 7 8 9; do [ ! -e /proc/$$/fd/$fd ] || exit 1; done\n"
                "echo 'bearout-media 1 refused 2'",
                "is empty");
}

static void ctrl_c_ends_it(void **state)
{
    (void)state;
    static const bool stop = true;
    char file[128];
    struct media_ready ready;
    snprintf(file, sizeof file, "%s/case.bo", folder);
    struct media *media = media_new(model, file, &stop);
    media_use(media, "/usr/bin/yes", 60);
    assert_int_equal(get(media, "dot", &ready), -1);
    assert_int_equal(error.code, ERROR_INTERRUPTED);
    media_free(media);
}

/* ---- the second look ---- */

static void only_what_we_write_has_the_shape(void **state)
{
    (void)state;
    struct media *media = opened();
    struct media_ready ready;
    assert_int_equal(get(media, "dot", &ready), 0);
    struct buffer more = {0};
    buffer_text_add(&more, buffer_text(&ready.bytes));
    buffer_char(&more, 'x');
    assert_false(shape_is_png(buffer_text(&more), 1, 1));
    assert_false(shape_is_png(buffer_text(&ready.bytes), 2, 1));
    for (size_t length = 0; length < ready.bytes.length; length++)
        assert_false(shape_is_png((struct text){ready.bytes.at, length}, 1, 1));
    assert_false(shape_is_png(dot, 1, 1)); /* grey */
    buffer_clear(&more);
    buffer_add(&more, ready.bytes.at, 33);
    buffer_add(&more, "\0\0\0\3tEXta\0b....", 15);
    buffer_add(&more, ready.bytes.at + 33, ready.bytes.length - 33);
    assert_false(shape_is_png(buffer_text(&more), 1, 1));
    buffer_release(&more);
    buffer_release(&ready.bytes);
    media_free(media);
    assert_false(shape_is_jpeg(TEXT(""), 0, 0));
    assert_false(shape_is_mp3(TEXT("")));
    assert_false(shape_is_mp3(TEXT("\xff\xfb\x90\x44")));
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_of_the_case_is_made_ready),
        cmocka_unit_test(a_record_is_made_ready_once),
        cmocka_unit_test(what_is_not_in_the_folder_is_not_taken),
        cmocka_unit_test(what_is_no_picture_is_told),
        cmocka_unit_test(a_lie_is_seen),
        cmocka_unit_test(a_crash_is_told),
        cmocka_unit_test(who_hangs_is_ended),
        cmocka_unit_test(a_helper_that_is_not_there_is_told),
        cmocka_unit_test(it_gets_nothing_but_the_file),
        cmocka_unit_test(ctrl_c_ends_it),
        cmocka_unit_test(only_what_we_write_has_the_shape),
    };
    if (count != 2)
        return 2;
    helper = realpath(arguments[1], NULL);
    return !helper || cmocka_run_group_tests(tests, start, end);
}
