/* Forgetting a voice: its keys are gone from every byte of every copy, and the log stays whole. */
#include "small.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

static const char ENTRIES[] = "voice ana \"Ana\"\n    known-as \"Nadia\"\nvoice ben \"Ben\"\n    contact \"777\"\n"
                              "claim c1 \"x\"\nsay ana c1 saw\nprotect ana \"the mill\"\n";
static const char LEFT[] = "voice ana \"Ana\"\n    known-as forgotten\nvoice ben \"Ben\"\n    contact \"777\"\n"
                           "claim c1 \"x\"\nsay ana c1 saw\nprotect ana forgotten\n";

/* The wrapped key of a voice, as it stands in the file. */
static void wrapped_key(struct log *log, const char *voice, unsigned char key[SLOT_VOICE_BODY])
{
    uint32_t number = names_find(&log->state.voice_ids, text_of(voice));
    assert_int_not_equal(number, NAMES_NONE);
    uint32_t slot = log->state.voices.at[number].slots;
    assert_int_not_equal(slot, STATE_NONE);
    memcpy(key, log->state.slots.at[slot].wrapped, SLOT_VOICE_BODY);
}

/* How many runs of eight bytes of the key are in the folder's files. */
static int found(const unsigned char key[SLOT_VOICE_BODY])
{
    int count = 0;
    DIR *folder = opendir(small_folder);
    for (struct dirent *d; (d = readdir(folder));)
        for (size_t at = 0; d->d_name[0] != '.' && at + 8 <= SLOT_VOICE_BODY; at++)
            count += small_holds(small_path(d->d_name), key + at, 8);
    closedir(folder);
    return count;
}

static void assert_nowhere(const unsigned char key[SLOT_VOICE_BODY])
{
    assert_int_equal(found(key), 0);
}

static void start_with(const char *path, unsigned char key[SLOT_VOICE_BODY])
{
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, ENTRIES);
    wrapped_key(log, "ana", key);
    log_close(log);
    assert_true(found(key) > 40);
}

static void what_was_forgotten_is_gone_and_the_rest_stands(void **state)
{
    (void)state;
    const char *path = small_path("a");
    unsigned char key[SLOT_VOICE_BODY];
    start_with(path, key);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "forget ana\n");
    assert_nowhere(key);
    char text[1024];
    snprintf(text, sizeof text, "%sforget ana\n", LEFT);
    assert_string_equal(small_text(log, 0), text);
    log_close(log);
    assert_string_equal(small_read(path, 0), text);
    assert_nowhere(key);
}

static void of_many_voices_one_is_forgotten(void **state)
{
    (void)state;
    const char *path = small_path("b");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    unsigned char keys[60][SLOT_VOICE_BODY];
    for (int i = 0; i < 60; i++) { /* one at a time, so that the pages of the slots split again and again */
        char entry[128], voice[16];
        snprintf(entry, sizeof entry, "voice v%d \"V\"\n    contact \"%d\"\n", i, 1000 + i);
        small_append(log, entry);
        snprintf(voice, sizeof voice, "v%d", i);
        wrapped_key(log, voice, keys[i]);
    }
    for (int i = 0; i < 60; i += 7) {
        char entry[32];
        snprintf(entry, sizeof entry, "forget v%d\n", i);
        small_append(log, entry);
        assert_nowhere(keys[i]);
    }
    log_close(log);
    const char *text = small_read(path, 0);
    for (int i = 0; i < 60; i++) {
        char line[64];
        snprintf(line, sizeof line,
                 i % 7 ? "voice v%d \"V\"\n    contact \"%d\"\n" : "voice v%d \"V\"\n    contact forgotten\n", i,
                 1000 + i);
        assert_non_null(strstr(text, line));
    }
}

static void what_is_said_afterwards_has_a_new_key(void **state)
{
    (void)state;
    const char *path = small_path("c");
    unsigned char key[SLOT_VOICE_BODY], next[SLOT_VOICE_BODY];
    start_with(path, key);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "forget ana\nprotect ana \"after\"\n");
    wrapped_key(log, "ana", next);
    assert_memory_not_equal(key, next, sizeof key);
    small_append(log, "protect ana \"and more\"\n");
    log_close(log);
    char text[1024];
    snprintf(text, sizeof text, "%sforget ana\nprotect ana \"after\"\nprotect ana \"and more\"\n", LEFT);
    assert_string_equal(small_read(path, 0), text);
}

static void what_comes_and_goes_in_one_text_is_never_kept(void **state)
{
    (void)state;
    const char *path = small_path("d");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "voice eve \"Eve\"\n    contact \"1\"\nforget eve\nprotect eve \"2\"\nforget eve\n");
    const char text[] = "voice eve \"Eve\"\n    contact forgotten\nforget eve\nprotect eve forgotten\nforget eve\n";
    assert_string_equal(small_text(log, 0), text);
    for (uint32_t i = 0; i < log->state.slots.count; i++)
        assert_false(log->state.slots.at[i].stored);
    log_close(log);
    assert_string_equal(small_read(path, 0), text);
}

static void a_copy_that_syncs_forgets_too(void **state)
{
    (void)state;
    const char *a = small_path("e"), *b = small_path("f");
    unsigned char key[SLOT_VOICE_BODY];
    start_with(a, key);
    small_copy(a, b);
    struct log *one = small_open(a, LOG_WRITE), *two = small_open(b, LOG_WRITE);
    small_append(one, "forget ana\n");
    small_append(two, "protect ana \"said in ignorance\"\nprotect ben \"kept\"\n"); /* under the old key */
    uint64_t got, gave;
    assert_int_equal(log_sync(two, one, &got, &gave, &small_error), 0);
    log_close(one);
    log_close(two);
    assert_nowhere(key);
    char text[1024];
    snprintf(text, sizeof text, "%sforget ana\nprotect ana forgotten\nprotect ben \"kept\"\n", LEFT);
    assert_string_equal(small_read(a, 0), text);
    assert_string_equal(small_read(b, 1), text);
}

static void keys_made_apart_are_both_forgotten(void **state)
{
    (void)state;
    const char *a = small_path("g"), *b = small_path("h");
    small_create(a);
    struct log *one = small_open(a, LOG_WRITE);
    small_append(one, "voice ana \"Ana\"\n");
    log_close(one);
    small_copy(a, b);
    one = small_open(a, LOG_WRITE);
    struct log *two = small_open(b, LOG_WRITE);
    small_append(one, "protect ana \"from a\"\n");
    small_append(two, "protect ana \"from b\"\n");
    unsigned char key_a[SLOT_VOICE_BODY], key_b[SLOT_VOICE_BODY];
    wrapped_key(one, "ana", key_a);
    wrapped_key(two, "ana", key_b);
    uint64_t got, gave;
    assert_int_equal(log_sync(one, two, &got, &gave, &small_error), 0);
    small_append(two, "forget ana\n");
    assert_int_equal(log_sync(one, two, &got, &gave, &small_error), 0);
    log_close(one);
    log_close(two);
    assert_nowhere(key_a);
    assert_nowhere(key_b);
    assert_string_equal(small_read(a, 0),
                        "voice ana \"Ana\"\nprotect ana forgotten\nprotect ana forgotten\nforget ana\n");
    assert_string_equal(small_read(b, 1), small_read(a, 0));
}

static void a_key_that_is_gone_without_a_forget_is_damage(void **state)
{
    (void)state;
    const char *path = small_path("i");
    unsigned char key[SLOT_VOICE_BODY];
    start_with(path, key);
    struct log *log = small_open(path, LOG_READ);
    uint32_t voice = names_find(&log->state.voice_ids, TEXT("ana"));
    struct slot_id id = slot_id(SLOT_VOICE, names_text(&log->state.slot_ids, log->state.voices.at[voice].slots));
    log_close(log);
    struct store *store = store_open(path, STORE_WRITE, NULL);
    assert_int_equal(store_slots_destroy(store, (struct text[]){slot_id_text(&id)}, 1, NULL), 0);
    assert_int_equal(store_commit(store, NULL), 0);
    store_free(store);
    small_refused(path, LOG_READ, ERROR_DAMAGED);
    assert_non_null(strstr(small_error.what, "'ana'"));
    small_refused(path, LOG_WRITE, ERROR_DAMAGED);
    log = small_open(path, LOG_SALVAGE);
    assert_string_equal(small_text(log, 0), LEFT);
    assert_non_null(strstr(log_salvaged(log).at, "voice ana"));
    log_close(log);
}

static void forgetting_what_has_no_secrets_is_fine(void **state)
{
    (void)state;
    const char *path = small_path("j");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "voice ana \"Ana\"\nforget ana\nprotect ana forgotten\n");
    log_close(log);
    assert_string_equal(small_read(path, 0), "voice ana \"Ana\"\nforget ana\nprotect ana forgotten\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_forgotten_is_gone_and_the_rest_stands),
        cmocka_unit_test(of_many_voices_one_is_forgotten),
        cmocka_unit_test(what_is_said_afterwards_has_a_new_key),
        cmocka_unit_test(what_comes_and_goes_in_one_text_is_never_kept),
        cmocka_unit_test(a_copy_that_syncs_forgets_too),
        cmocka_unit_test(keys_made_apart_are_both_forgotten),
        cmocka_unit_test(a_key_that_is_gone_without_a_forget_is_damage),
        cmocka_unit_test(forgetting_what_has_no_secrets_is_fine),
    };
    return cmocka_run_group_tests(tests, small_start, small_end);
}
