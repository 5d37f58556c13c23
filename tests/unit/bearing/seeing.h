/* A case's graph in tests, seen through its lines and rows. */
#ifndef TESTS_BEARING_SEEING_H
#define TESTS_BEARING_SEEING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/memory.h"
#include "bearing/bearing.h"

#define VOICES                                                                                                         \
    "voice a \"A\"\nvoice b \"B\"\nvoice c \"C\"\nvoice d \"D\"\n"                                                     \
    "claim x \"X\"\nclaim y \"Y\"\nclaim z \"Z\"\n"                                                                    \
    "record own page \"A record that stands for itself\"\n"                                                            \
    "record by-d page \"A record by D\"\n    by d\n"                                                                   \
    "record good page \"A record that is vouched for\"\n    by d\n    vouched-by b, c\n"

struct bench {
    struct model *model;
    struct bearing *bearing;
};

static inline void bench_take(struct bench *b, const char *text)
{
    struct faults faults = {0};
    struct buffer said = {0};
    int result = model_take(b->model, text_of(text), TAKE_TEXT, &faults);
    faults_print(&faults, "text", &said);
    if (result != 0)
        fail_msg("refused:\n%s", said.at);
    faults_release(&faults);
    buffer_release(&said);
}

static inline struct bench bench_of(const char *text)
{
    struct bench b = {.model = model_new()};
    bench_take(&b, text);
    b.bearing = bearing_new(b.model);
    assert_int_equal(standing_measure(bearing_graph(b.bearing), NULL), 0);
    return b;
}

static inline void bench_release(struct bench *b)
{
    bearing_free(b->bearing);
    model_free(b->model);
}

static inline uint32_t claim_of(const struct bench *b, const char *id)
{
    uint32_t claim = model_find(b->model, SPACE_CLAIM, text_of(id));
    assert_int_not_equal(claim, MODEL_NONE);
    return claim;
}

struct seen_lines {
    const struct bearing *bearing;
    char *lines[64];
    size_t count;
};

static inline int by_string(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static inline void see_line(void *context, const uint32_t *voices, size_t count, bool firm)
{
    struct seen_lines *seen = context;
    char *names[16];
    struct buffer line = {0}, name = {0};
    assert_true(count <= 16 && seen->count < 64);
    for (size_t i = 0; i < count; i++) {
        buffer_clear(&name);
        bearing_name(seen->bearing, voices[i], &name);
        names[i] = memory_copy(name.at, name.length);
    }
    qsort(names, count, sizeof *names, by_string);
    for (size_t i = 0; i < count; i++) {
        buffer_format(&line, "%s%s", i ? " " : "", names[i]);
        free(names[i]);
    }
    if (!firm)
        buffer_string(&line, "?");
    seen->lines[seen->count++] = line.at;
    buffer_release(&name);
}

/* The minimal lines of a claim, sorted, each with its voices sorted, a bare one with a ? behind it. */
static inline void assert_lines(const struct bench *b, const char *claim, enum line_side side, const char *want)
{
    struct seen_lines seen = {.bearing = b->bearing};
    struct buffer got = {0};
    standing_lines(bearing_graph(b->bearing), claim_of(b, claim), side, 64, see_line, &seen);
    if (seen.count)
        qsort(seen.lines, seen.count, sizeof *seen.lines, by_string);
    for (size_t i = 0; i < seen.count; i++) {
        buffer_format(&got, "%s%s", i ? ", " : "", seen.lines[i]);
        free(seen.lines[i]);
    }
    assert_string_equal(got.at ? got.at : "", want);
    buffer_release(&got);
}

static inline struct row row_of(const struct bench *b, const char *claim)
{
    return standing_row(bearing_graph(b->bearing), claim_of(b, claim));
}

static inline void assert_json(const struct bench *b, const char *claim, const char *want)
{
    struct buffer out = {0};
    struct row row = row_of(b, claim);
    bearing_row_json(b->bearing, claim_of(b, claim), &row, &out);
    assert_string_equal(out.at, want);
    buffer_release(&out);
}

/* Every row, as text: for comparing two graphs of one case. */
static inline void all_rows(const struct bench *b, struct buffer *out)
{
    for (uint32_t c = 0; c < model_claims(b->model); c++) {
        struct row row = standing_row(bearing_graph(b->bearing), c);
        bearing_row_json(b->bearing, c, &row, out);
    }
}

#endif
