/* Unfinished work that is kept beside the log: it comes back, nobody reads it in the file, and it changes nothing else.
 */
#include "small.h"

#include "base/limits.h"

static const char DRAFT[] = "Somebody counted the dead, and Marwenna Tolk wrote it down.";

static void keep(struct log *log, const char *name, const char *content)
{
    assert_int_equal(log_keep(log, text_of(name), text_of(content), &small_error), 0);
}

static void assert_kept(struct log *log, const char *name, const char *content)
{
    struct buffer out = {0};
    assert_int_equal(log_kept(log, text_of(name), &out, &small_error), 0);
    assert_true(text_equal(buffer_text(&out), text_of(content)));
    buffer_release(&out);
}

static struct log *started(const char *path)
{
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "voice ana \"Ana\"\n");
    return log;
}

static void what_is_kept_comes_back_and_is_read_by_nobody(void **state)
{
    (void)state;
    const char *path = small_path("a");
    struct log *log = started(path);
    keep(log, "article", "an older one");
    keep(log, "article", DRAFT);
    log_close(log);
    assert_false(small_holds(path, "Marwenna", 8));
    assert_false(small_holds(path, "article", 7));
    log = small_open(path, LOG_READ);
    assert_kept(log, "article", DRAFT);
    assert_kept(log, "another", "");
    log_close(log);
    assert_string_equal(small_read(path, 0), "voice ana \"Ana\"\n");
}

/* The middle of the longest slot, which is the draft's: as it stands sealed in the file. */
static void sealed_draft(const char *path, unsigned char bytes[16])
{
    struct store *store = store_open(path, STORE_READ, &small_error);
    assert_non_null(store);
    struct store_slot slot;
    size_t longest = 0;
    store_slots(store);
    while (store_slots_next(store, &slot, &small_error) == 1)
        if (slot.wrapped.length > longest) {
            longest = slot.wrapped.length;
            memcpy(bytes, slot.wrapped.at + longest / 2, 16);
        }
    store_free(store);
}

static void empty_is_gone_to_the_last_byte(void **state)
{
    (void)state;
    const char *path = small_path("b");
    unsigned char sealed[16];
    struct log *log = started(path);
    keep(log, "article",
         "a long draft, a long draft, a long draft, a long draft, a long draft, a long draft, "
         "a long draft, a long draft, a long draft, a long draft, a long draft, a long draft");
    log_close(log);
    sealed_draft(path, sealed);
    assert_true(small_holds(path, sealed, sizeof sealed));
    log = small_open(path, LOG_WRITE);
    keep(log, "article", "");
    assert_kept(log, "article", "");
    log_close(log);
    assert_false(small_holds(path, sealed, sizeof sealed));
    small_read(path, 0);
}

static void count(void *context, struct text name, struct text content)
{
    assert_true(name.length && content.length);
    ++*(size_t *)context;
}

static void each_is_told_once(void **state)
{
    (void)state;
    const char *path = small_path("c");
    struct log *log = started(path);
    keep(log, "one", "1");
    keep(log, "two", "2");
    keep(log, "one", "3");
    size_t found = 0;
    assert_int_equal(log_kept_each(log, count, &found, &small_error), 0);
    assert_int_equal(found, 2);
    log_close(log);
}

static void it_stays_in_this_copy_and_outlives_a_forgetting(void **state)
{
    (void)state;
    const char *path = small_path("d"), *copy = small_path("e");
    struct log *log = started(path);
    log_close(log);
    small_copy(path, copy);
    log = small_open(path, LOG_WRITE);
    struct log *other = small_open(copy, LOG_WRITE);
    keep(log, "article", DRAFT);
    small_append(other, "voice ben \"Ben\"\n    contact \"777\"\nforget ben\n");
    assert_int_equal(log_sync(log, other, &(uint64_t){0}, &(uint64_t){0}, &small_error), 0);
    assert_kept(log, "article", DRAFT);
    assert_kept(other, "article", "");
    log_close(log);
    log_close(other);
    small_read(path, 0);
    small_read(copy, 1);
}

static void what_is_too_much_is_refused_and_nothing_changes(void **state)
{
    (void)state;
    const char *path = small_path("f");
    struct log *log = started(path);
    keep(log, "article", DRAFT);
    char *much = memory_array(LIMIT_KEPT + 1, 1);
    memset(much, 'm', LIMIT_KEPT + 1);
    assert_int_equal(log_keep(log, text_of("article"), (struct text){much, LIMIT_KEPT + 1}, &small_error), -1);
    assert_int_equal(small_error.code, ERROR_LIMIT);
    assert_kept(log, "article", DRAFT);
    log_close(log);
    free(much);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_comes_back_and_is_read_by_nobody),
        cmocka_unit_test(empty_is_gone_to_the_last_byte),
        cmocka_unit_test(each_is_told_once),
        cmocka_unit_test(it_stays_in_this_copy_and_outlives_a_forgetting),
        cmocka_unit_test(what_is_too_much_is_refused_and_nothing_changes),
    };
    return cmocka_run_group_tests(tests, small_start, small_end);
}
