/* That the gate holds, in one program without any file but its cases: promises case by case (promises.cases says how
 * they are written), then the swap on fixed cases. TAP.
 *
 *     holds_test PROMISES [SWAPS [first]]     first: ends at the first failure
 *
 * Small and quick on purpose: the mutation test links it with one broken file after another. The clock goes on by more
 * than a day at each look, so that whatever depends on it differs. */
#include "../swap/sample.h"
#include "../swap/swap.h"

#include "base/file.h"
#include "gate/twin.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

/* ---- a clock that runs ---- */

static time_t now = 1900000000;

time_t time(time_t *out)
{
    now += 100000;
    if (out)
        *out = now;
    return now;
}

int clock_gettime(clockid_t id, struct timespec *out)
{
    (void)id;
    *out = (struct timespec){time(NULL), 0};
    return 0;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    (void)zone;
    *out = (struct timeval){time(NULL), 0};
    return 0;
}

/* ---- reading the cases ---- */

struct part {
    struct text word, rest, body; /* `--- WORD REST`, and the lines below it */
};

struct promise_case {
    struct text name;
    VECTOR(struct part) parts;
};

static struct text line_at(struct text all, size_t at)
{
    const char *end = memchr(all.at + at, '\n', all.length - at);
    return (struct text){all.at + at, end ? (size_t)(end - all.at) - at : all.length - at};
}

static struct text cut(struct text t, size_t from)
{
    return (struct text){t.at + from, t.length - from};
}

static struct text word_of(struct text t, struct text *rest)
{
    const char *blank = memchr(t.at, ' ', t.length);
    size_t n = blank ? (size_t)(blank - t.at) : t.length;
    *rest = blank ? cut(t, n + 1) : TEXT("");
    return (struct text){t.at, n};
}

typedef VECTOR(struct promise_case) promise_cases;

static void read_cases(struct text all, promise_cases *out)
{
    for (size_t at = 0; at < all.length;) {
        struct text line = line_at(all, at);
        at += line.length + 1;
        struct promise_case *last = out->count ? &out->at[out->count - 1] : NULL;
        if (text_starts(line, TEXT("=== "))) {
            vector_push(out, (struct promise_case){.name = cut(line, 4)});
        } else if (last && text_starts(line, TEXT("--- "))) {
            struct part part;
            part.word = word_of(cut(line, 4), &part.rest);
            part.body = (struct text){all.at + (at < all.length ? at : all.length), 0};
            vector_push(&last->parts, part);
        } else if (last && last->parts.count) {
            struct text *body = &last->parts.at[last->parts.count - 1].body;
            body->length = (size_t)(line.at + line.length - body->at) + 1;
        }
    }
}

/* ---- one case ---- */

struct running {
    struct buffer text, drafts[SWAP_DRAFTS];
    uint32_t count;
    struct opened_case opened;
    struct outcome outcome;
    struct gate_answer last; /* of gate_site() */
    struct buffer twin;
};

static void add_case(struct running *r, const struct promise_case *c)
{
    for (size_t i = 0; i < c->parts.count; i++)
        if (text_equal(c->parts.at[i].word, TEXT("case")))
            buffer_text_add(&r->text, c->parts.at[i].body);
}

static void add_drafts(struct running *r, const struct promise_case *c)
{
    for (size_t i = 0; i < c->parts.count && r->count < SWAP_DRAFTS; i++)
        if (text_equal(c->parts.at[i].word, TEXT("draft")))
            buffer_text_add(&r->drafts[r->count++], c->parts.at[i].body);
}

/* Entries for drafts that are out already. */
static void fill_printed(struct running *r, const struct promise_case *c)
{
    for (size_t i = 0; i < c->parts.count; i++) {
        const struct part *p = &c->parts.at[i];
        if (!text_equal(p->word, TEXT("printed")))
            continue;
        buffer_format(&r->text, "printed %.*s ", TEXT_ARG(p->rest));
        notation_quote(p->body, &r->text);
        buffer_string(&r->text, "\n    on 2031-05-25\n");
    }
}

static bool is_in_site(const struct site *s, struct text t)
{
    for (size_t i = 0; i < s->files.count; i++)
        if (memmem(s->files.at[i].bytes.at, s->files.at[i].bytes.length, t.at, t.length) ||
            memmem(s->files.at[i].name, strlen(s->files.at[i].name), t.at, t.length))
            return true;
    return false;
}

static bool is_refused_by(const struct gate_answer *a, struct text check)
{
    for (size_t i = 0; i < a->refusals.count; i++)
        if (!a->refusals.at[i].warning &&
            (!check.length || text_equal(text_of(gate_check_word(a->refusals.at[i].check)), check)))
            return true;
    return false;
}

static bool is_warned_by(const struct gate_answer *a, struct text check)
{
    for (size_t i = 0; i < a->refusals.count; i++)
        if (a->refusals.at[i].warning && text_equal(text_of(gate_check_word(a->refusals.at[i].check)), check))
            return true;
    return false;
}

static void print_refusals(const struct gate_answer *a)
{
    for (size_t i = 0; i < a->refusals.count; i++) {
        const struct refusal *f = &a->refusals.at[i];
        printf("# %s%s %u:%u: %.*s; %.*s\n", f->warning ? "warning " : "", gate_check_word(f->check), f->line,
               f->column, TEXT_ARG(f->what), TEXT_ARG(f->mend));
    }
}

static bool has(struct text whole, struct text part)
{
    return whole.length && memmem(whole.at, whole.length, part.at, part.length);
}

static bool is_said(const struct gate_answer *a, struct text t)
{
    for (size_t i = 0; i < a->refusals.count; i++) {
        const struct refusal *f = &a->refusals.at[i];
        if (has(f->what, t) || has(f->mend, t) || has(f->sentence, t))
            return true;
    }
    return false;
}

static bool is_refused_at(const struct gate_answer *a, struct text line)
{
    for (size_t i = 0; i < a->refusals.count; i++)
        if (!a->refusals.at[i].warning && a->refusals.at[i].line == strtoul(line.at, NULL, 10))
            return true;
    return false;
}

static bool holds_part(const struct running *r, const struct part *p)
{
    bool refused = r->outcome.passed < r->count || r->last.refused;
    if (text_equal(p->word, TEXT("refused"))) {
        bool found = is_refused_by(&r->last, p->rest);
        for (uint32_t i = 0; i < r->count; i++)
            found |= is_refused_by(&r->outcome.answers[i], p->rest);
        return refused && found;
    }
    if (text_equal(p->word, TEXT("passes")))
        return !refused;
    if (text_equal(p->word, TEXT("warns")))
        return is_warned_by(&r->outcome.answers[0], p->rest);
    if (text_equal(p->word, TEXT("shows")))
        return is_in_site(&r->outcome.site, p->rest);
    if (text_equal(p->word, TEXT("hides")))
        return !is_in_site(&r->outcome.site, p->rest);
    if (text_equal(p->word, TEXT("at")))
        return is_refused_at(&r->outcome.answers[0], p->rest);
    if (text_equal(p->word, TEXT("unsaid")))
        return !is_said(&r->outcome.answers[0], p->rest) && !is_said(&r->last, p->rest);
    if (text_equal(p->word, TEXT("twin-hides")))
        return !has(buffer_text(&r->twin), p->rest);
    return text_equal(p->word, TEXT("site")) || text_equal(p->word, TEXT("tampered")) ||
           text_equal(p->word, TEXT("case")) || text_equal(p->word, TEXT("draft")) ||
           text_equal(p->word, TEXT("printed"));
}

static bool holds_all(const struct running *r, const struct promise_case *c)
{
    for (size_t i = 0; i < c->parts.count; i++) {
        const struct part *p = &c->parts.at[i];
        if (holds_part(r, p))
            continue;
        printf("# not so: %.*s %.*s\n", TEXT_ARG(p->word), TEXT_ARG(p->rest));
        for (uint32_t k = 0; k < r->count; k++)
            print_refusals(&r->outcome.answers[k]);
        print_refusals(&r->last);
        return false;
    }
    return true;
}

static const struct part *part_of(const struct promise_case *c, const char *word)
{
    for (size_t i = 0; i < c->parts.count; i++)
        if (text_equal(c->parts.at[i].word, text_of(word)))
            return &c->parts.at[i];
    return NULL;
}

/* `--- tampered`: a byte that the case does not give, as if it had come from somewhere else. */
static void finish_site(struct running *r, const struct promise_case *c)
{
    struct site *site = &r->outcome.site;
    if (r->outcome.passed < r->count)
        return;
    for (size_t i = 0; part_of(c, "tampered") && i < site->files.count; i++)
        if (strstr(site->files.at[i].name, "article.txt"))
            buffer_char(&site->files.at[i].bytes, '.');
    check_site(&r->opened, r->drafts, r->count, &r->outcome, &r->last);
}

static bool holds(const struct promise_case *base, const struct promise_case *c)
{
    struct running r = {.count = 0};
    add_case(&r, base);
    fill_printed(&r, c);
    add_case(&r, c);
    add_drafts(&r, c);
    if (!r.count)
        add_drafts(&r, base);
    case_open(&r.opened, buffer_text(&r.text));
    const struct part *site = part_of(c, "site");
    site_called(site ? site->rest : TEXT("The Quay"));
    publish(&r.opened, r.drafts, r.count, true, false, &r.outcome);
    finish_site(&r, c);
    twin_write(r.opened.model, r.opened.terms, 1, &r.twin);
    bool all = holds_all(&r, c);
    outcome_release(&r.outcome, r.count);
    gate_answer_release(&r.last);
    case_close(&r.opened);
    for (uint32_t i = 0; i < r.count; i++)
        buffer_release(&r.drafts[i]);
    buffer_release(&r.text);
    buffer_release(&r.twin);
    return all;
}

/* ---- the swap ---- */

enum { TWINS = 3 };

static bool swap_holds(uint64_t seed)
{
    struct buffer text = {0}, drafts[SWAP_DRAFTS] = {{0}}, where = {0};
    struct opened_case c;
    struct outcome own;
    bool differs = false;
    sample_case(seed, &text);
    case_open(&c, buffer_text(&text));
    for (unsigned i = 0; i < SWAP_DRAFTS; i++)
        sample_draft(c.model, c.terms, seed, i, &drafts[i]);
    publish(&c, drafts, SWAP_DRAFTS, false, true, &own);
    for (uint64_t twin = 0; own.passed && !differs && twin < TWINS; twin++)
        differs = swap_differs(&c, drafts, SWAP_DRAFTS, &own, true, twin, &where);
    if (differs)
        printf("# case %u: %s\n", (unsigned)seed, where.at);
    outcome_release(&own, SWAP_DRAFTS);
    for (unsigned i = 0; i < SWAP_DRAFTS; i++)
        buffer_release(&drafts[i]);
    case_close(&c);
    buffer_release(&text);
    buffer_release(&where);
    return !differs;
}

static bool tell(bool passed, size_t number, struct text name)
{
    printf("%s %zu - %.*s\n", passed ? "ok" : "not ok", number, TEXT_ARG(name));
    fflush(stdout);
    return passed;
}

/* Ends at the first failure where `first` is set. */
static void run_all(const promise_cases *cases, uint64_t swaps, bool first)
{
    bool held = true;
    for (size_t i = 1; i < cases->count && (held || !first); i++)
        held &= tell(holds(&cases->at[0], &cases->at[i]), i, cases->at[i].name);
    bool same = held || !first;
    for (uint64_t seed = 1; same && seed <= swaps; seed++)
        same = swap_holds(seed);
    if (held || !first)
        tell(same, cases->count, TEXT("the swap"));
}

int main(int count, char **arguments)
{
    struct buffer file = {0};
    promise_cases cases = {0};
    struct error error = {0};
    if (count < 2 || file_read(arguments[1], 1 << 20, &file, &error)) {
        printf("Bail out! no cases: %s\n", error.what);
        return 1;
    }
    read_cases(buffer_text(&file), &cases);
    printf("1..%zu\n", cases.count);
    run_all(&cases, count > 2 ? strtoull(arguments[2], NULL, 10) : 40, count > 3);
    for (size_t i = 0; i < cases.count; i++)
        vector_release(&cases.at[i].parts);
    vector_release(&cases);
    buffer_release(&file);
    return 0;
}
