/* Taking texts in tests: a text that fits, one that does not, and that what is refused leaves no trace. */
#ifndef TESTS_CASE_TAKING_H
#define TESTS_CASE_TAKING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "case/model.h"

/* All that can be seen of a model, as one text. */
static inline void see(const struct model *m, struct buffer *out)
{
    static const char *const words[] = {"voice", "record", "claim"};
    uint32_t counts[SPACE_COUNT] = {model_voices(m), model_records(m), model_claims(m)};
    for (int s = 0; s < SPACE_COUNT; s++)
        for (uint32_t i = 0; i < counts[s]; i++)
            buffer_format(out, "%s %u %.*s %d\n", words[s], i, TEXT_ARG(model_id(m, (enum model_space)s, i)),
                          model_declared(m, (enum model_space)s, i));
    for (uint32_t n = 0; n < model_entries(m); n++) {
        struct model_entry e = model_entry(m, n);
        buffer_format(out, "%u%s%s ", n + 1, e.retracted ? " retracted" : "", e.is_void ? " void" : "");
        model_print_entry(m, n, out);
    }
    buffer_format(out, "%zu %d\n", model_text(m).length, model_reworked(m, 0));
}

static inline void take(struct model *m, enum take how, const char *text)
{
    struct faults faults = {0};
    int result = model_take(m, text_of(text), how, &faults);
    struct buffer said = {0};
    faults_print(&faults, "text", &said);
    if (result != 0)
        fail_msg("refused:\n%s", said.at ? said.at : "without a word");
    assert_int_equal(faults.count, 0);
    faults_release(&faults);
    buffer_release(&said);
}

struct want {
    uint32_t line, column;
    const char *what, *mend; /* parts of them */
};

static inline void refuse(struct model *m, enum take how, const char *text, const struct want *wants, size_t count)
{
    struct buffer before = {0}, after = {0}, said = {0};
    struct faults faults = {0};
    see(m, &before);
    assert_int_equal(model_take(m, text_of(text), how, &faults), -1);
    see(m, &after);
    assert_string_equal(before.at, after.at);
    faults_print(&faults, "text", &said);
    bool as_wanted = faults.count == count;
    for (size_t i = 0; i < count && as_wanted; i++)
        as_wanted = faults.at[i].line == wants[i].line && faults.at[i].column == wants[i].column &&
                    strstr(faults.at[i].what, wants[i].what) && strstr(faults.at[i].mend, wants[i].mend);
    if (!as_wanted)
        fail_msg("other faults:\n%s", said.at);
    faults_release(&faults);
    buffer_release(&before);
    buffer_release(&after);
    buffer_release(&said);
}

#define REFUSES(m, how, text, ...)                                                                                     \
    do {                                                                                                               \
        const struct want wants_[] = {__VA_ARGS__};                                                                    \
        refuse(m, how, text, wants_, sizeof wants_ / sizeof *wants_);                                                  \
    } while (0)

/* The same, of a text on its own. */
#define TEXT_REFUSES(text, ...)                                                                                        \
    do {                                                                                                               \
        struct model *alone_ = model_new();                                                                            \
        REFUSES(alone_, TAKE_TEXT, text, __VA_ARGS__);                                                                 \
        model_free(alone_);                                                                                            \
    } while (0)

static inline struct model *taken(enum take how, const char *text)
{
    struct model *m = model_new();
    take(m, how, text);
    return m;
}

static inline uint32_t find(const struct model *m, enum model_space space, const char *id)
{
    uint32_t number = model_find(m, space, text_of(id));
    assert_int_not_equal(number, MODEL_NONE);
    return number;
}

static inline void assert_attribute(const struct model *m, enum model_space space, const char *id, enum field_kind kind,
                                    const char *want)
{
    struct text t = model_attribute_text(m, space, find(m, space, id), kind);
    if (!text_equal(t, text_of(want)))
        fail_msg("%s: \"%.*s\" and not \"%s\"", id, TEXT_ARG(t), want);
}

/* The ids of a list attribute, blanks between. */
static inline void assert_list(const struct model *m, enum model_space space, const char *id, enum field_kind kind,
                               const char *want)
{
    uint32_t count;
    struct buffer got = {0};
    const struct field *f = model_attribute(m, space, find(m, space, id), kind, &count);
    for (uint32_t i = 0; i < count; i++)
        buffer_format(&got, "%s%.*s", i ? " " : "", TEXT_ARG(model_id(m, field_space(kind), f[i].at)));
    assert_string_equal(got.at ? got.at : "", want);
    buffer_release(&got);
}

#endif
