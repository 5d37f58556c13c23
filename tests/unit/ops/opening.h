/* For the tests of ops: an opened case from a text, measured; and what a test asks of long answers. */
#ifndef TESTS_OPS_OPENING_H
#define TESTS_OPS_OPENING_H

#include "ops/layout.h"
#include "ops/open.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct screen plain __attribute__((unused)) = {.width = 80};

/* Takes each text as a later part of a log. */
static inline void open_texts(struct opened *o, enum take take, const char *const *texts)
{
    *o = (struct opened){.name = "test", .model = model_new()};
    for (; *texts; texts++)
        if (model_take(o->model, text_of(*texts), take, &o->faults)) {
            struct buffer lines = {0};
            faults_print(&o->faults, "test", &lines);
            fail_msg("%s", lines.at);
        }
    o->bearing = bearing_new(o->model);
    assert_int_equal(standing_measure(bearing_graph(o->bearing), NULL), 0);
}

static inline void open_text(struct opened *o, const char *text)
{
    open_texts(o, TAKE_TEXT, (const char *const[]){text, NULL});
}

static inline uint32_t claim(const struct opened *o, const char *id)
{
    uint32_t number = model_find(o->model, SPACE_CLAIM, text_of(id));
    assert_true(number != MODEL_NONE);
    return number;
}

static inline void assert_has(const struct buffer *out, const char *part)
{
    if (!out->at || !strstr(out->at, part))
        fail_msg("no \"%s\" in:\n%s", part, out->at ? out->at : "");
}

static inline void assert_lacks(const struct buffer *out, const char *part)
{
    if (out->at && strstr(out->at, part))
        fail_msg("\"%s\" in:\n%s", part, out->at);
}

#endif
