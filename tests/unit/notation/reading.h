/* Reading texts in tests: what comes out printed, and the faults as a person sees them. */
#ifndef TESTS_NOTATION_READING_H
#define TESTS_NOTATION_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "notation/notation.h"

/* What was read. `printed` holds every entry, those with a fault behind a '!'. */
struct reading {
    struct buffer scratch, printed, report;
    struct faults faults;
    size_t entries;
    int prepared;
};

static inline void read_text(struct reading *r, struct text source)
{
    struct text ready;
    *r = (struct reading){0};
    r->prepared = notation_prepare(source, &r->scratch, &ready, &r->faults);
    if (r->prepared == 0) {
        struct parser *p = parser_new(ready, &r->faults);
        struct entry e;
        for (; parser_next(p, &e); r->entries++) {
            if (e.faulty)
                buffer_char(&r->printed, '!');
            notation_print(&e, ready, &r->printed);
        }
        assert_false(parser_next(p, &e));
        parser_free(p);
    }
    faults_sort(&r->faults);
    faults_print(&r->faults, "x", &r->report);
}

static inline void reading_release(struct reading *r)
{
    buffer_release(&r->scratch);
    buffer_release(&r->printed);
    buffer_release(&r->report);
    faults_release(&r->faults);
}

/* A text without faults, and what it is printed as. */
static inline void assert_reads(const char *source, const char *printed)
{
    struct reading r;
    read_text(&r, text_of(source));
    assert_string_equal(r.report.at ? r.report.at : "", "");
    assert_string_equal(r.printed.at ? r.printed.at : "", printed);
    reading_release(&r);
}

/* A text printed as it is. */
static inline void assert_keeps(const char *source)
{
    assert_reads(source, source);
}

/* A text with exactly these faults. */
static inline void assert_faults(struct text source, const char *report)
{
    struct reading r;
    read_text(&r, source);
    assert_string_equal(r.report.at ? r.report.at : "", report);
    reading_release(&r);
}

#endif
