/* Refusals: adding them, taking secrets out of what they say, and their order. */
#include "gate/inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SENTENCE = 400 }; /* bytes of a sentence that are shown */

const char *gate_check_word(enum gate_check c)
{
    static const char *const words[] = {
        [CHECK_DRAFT] = "draft", [CHECK_STANDING] = "standing",
        [CHECK_TERMS] = "terms", [CHECK_SECRETS] = "secrets",
        [CHECK_SWAP] = "swap",   [CHECK_CROWD] = "crowd",
        [CHECK_MEDIA] = "media", [CHECK_ATTESTATION] = "attestation",
    };
    return words[c];
}

struct text answer_keep(struct gate_answer *out, const char *at, size_t length)
{
    char *copy = memory_copy(at ? at : "", length);
    vector_push(&out->kept, copy);
    return (struct text){copy, length};
}

static struct text keep_format(struct gate_answer *out, const char *format, va_list arguments)
{
    char *made = NULL;
    int length = vasprintf(&made, format, arguments);
    if (length < 0)
        abort();
    vector_push(&out->kept, made);
    return (struct text){made, (size_t)length};
}

static void add(struct checking *c, enum gate_check check, bool warning, struct place place, struct text what)
{
    vector_push(&c->out->refusals, (struct refusal){.check = check,
                                                    .warning = warning,
                                                    .line = place.line,
                                                    .column = place.column,
                                                    .sentence = place.sentence,
                                                    .what = what,
                                                    .mend = TEXT("")});
    c->out->refused |= !warning;
}

void refuse(struct checking *c, enum gate_check check, struct place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(c, check, false, place, keep_format(c->out, format, arguments));
    va_end(arguments);
}

void warn(struct checking *c, enum gate_check check, struct place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(c, check, true, place, keep_format(c->out, format, arguments));
    va_end(arguments);
}

void refuse_mend(struct checking *c, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    c->out->refusals.at[c->out->refusals.count - 1].mend = keep_format(c->out, format, arguments);
    va_end(arguments);
}

void refuse_site(struct gate_answer *out, enum gate_check check, struct text what, struct text mend)
{
    vector_push(&out->refusals, (struct refusal){.check = check,
                                                 .sentence = TEXT(""),
                                                 .what = answer_keep(out, what.at, what.length),
                                                 .mend = answer_keep(out, mend.at, mend.length)});
    out->refused = true;
}

/* ---- places ---- */

struct place place_of_sentence(const struct checking *c, size_t sentence)
{
    const struct sentence *s = &c->draft.sentences.at[sentence];
    return (struct place){s->line, s->column, s->text};
}

struct place place_of_citation(const struct checking *c, size_t sentence, size_t citation)
{
    const struct citation *cite = &c->draft.citations.at[citation];
    return (struct place){cite->line, cite->column, c->draft.sentences.at[sentence].text};
}

static size_t sentence_of(const struct checking *c, size_t citation)
{
    size_t low = 0, high = c->draft.sentences.count; /* the last that starts at or before it */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (c->draft.sentences.at[middle].first_citation <= citation)
            low = middle;
        else
            high = middle;
    }
    while (low > 0 && c->draft.sentences.at[low].citations == 0)
        low--;
    return low;
}

struct place place_of_used(const struct checking *c, const struct used *u)
{
    return place_of_citation(c, sentence_of(c, u->citation), u->citation);
}

/* ---- no secret in what is told ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Stands between the digits of a number. */
static bool is_sign(char c)
{
    return c && strchr(" -./()", c);
}

static bool is_run(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || (c && strchr("+=@", c));
}

/* Takes in what a find is only a part of: the rest of a word, a code or a number. */
static void widen(struct text t, struct secret_find *f)
{
    bool number = false;
    for (size_t i = f->start; i < f->end; i++)
        number = number || is_digit(t.at[i]);
    for (;;) {
        size_t start = f->start, end = f->end;
        while (f->start > 0 && is_run(t.at[f->start - 1]))
            f->start--;
        while (f->end < t.length && is_run(t.at[f->end]))
            f->end++;
        /* a number goes on behind one blank or sign */
        if (number && f->start > 1 && is_digit(t.at[f->start - 2]) && is_sign(t.at[f->start - 1]))
            f->start -= 2;
        if (number && f->end + 1 < t.length && is_digit(t.at[f->end + 1]) && is_sign(t.at[f->end]))
            f->end += 2;
        if (start == f->start && end == f->end)
            return;
    }
}

/* A fixed token in the place of whatever must not be shown, so that its width tells nothing. */
static struct text masked(const struct gate *g, struct gate_answer *out, struct text t)
{
    secret_finds finds = {0};
    if (!g->secrets || !t.length)
        return t;
    secrets_find(g->secrets, t, &finds);
    struct buffer made = {0};
    size_t done = 0, hits = 0;
    for (size_t i = 0; i < finds.count; i++) {
        struct secret_find *f = &finds.at[i];
        if (f->near || f->end <= done)
            continue;
        widen(t, f);
        if (f->start > done)
            buffer_add(&made, t.at + done, f->start - done);
        if (f->start >= done)
            buffer_string(&made, "[secret]");
        done = f->end;
        hits++;
    }
    buffer_add(&made, t.at + done, t.length - done);
    struct text result = hits ? answer_keep(out, made.at, made.length) : t;
    buffer_release(&made);
    vector_release(&finds);
    return result;
}

/* At a letter's end, with an ellipsis. */
static struct text shortened(struct gate_answer *out, struct text t)
{
    if (t.length <= MOST_SENTENCE)
        return t;
    size_t end = MOST_SENTENCE;
    while (end > 0 && ((unsigned char)t.at[end] & 0xc0) == 0x80)
        end--;
    struct buffer made = {0};
    buffer_add(&made, t.at, end);
    buffer_string(&made, "…");
    struct text result = answer_keep(out, made.at, made.length);
    buffer_release(&made);
    return result;
}

static int by_place(const void *a, const void *b)
{
    const struct refusal *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    if (x->check != y->check)
        return x->check < y->check ? -1 : 1;
    return text_compare(x->what, y->what);
}

static bool repeats(const struct refusal *a, const struct refusal *b)
{
    return by_place(a, b) == 0 && a->warning == b->warning;
}

void refusals_settle(struct gate *g, struct gate_answer *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->refusals.count; i++) {
        struct refusal *r = &out->refusals.at[i];
        r->sentence = shortened(out, masked(g, out, answer_keep(out, r->sentence.at, r->sentence.length)));
        r->what = masked(g, out, r->what);
        r->mend = masked(g, out, r->mend);
    }
    if (out->refusals.count)
        qsort(out->refusals.at, out->refusals.count, sizeof *out->refusals.at, by_place);
    for (size_t i = 0; i < out->refusals.count; i++)
        if (!kept || !repeats(&out->refusals.at[kept - 1], &out->refusals.at[i]))
            out->refusals.at[kept++] = out->refusals.at[i];
    out->refusals.count = kept;
}
