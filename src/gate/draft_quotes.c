/* Words in quotation marks, of any language and also mixed.
 *
 * A mark closes what expects it, innermost first; else it opens, if it can. So “…”, „…“, »…«, «…» and ”…” all come
 * out right without knowing the language. Single marks are apostrophes more often than not: they count only where they
 * make a pair, and never between letters. Only the outermost quotations are kept: what they hold is quoted with them.
 */
#include "gate/drafting.h"

#include <unicode/uchar.h>

enum { DEEPEST = 8, AHEAD = 400 /* bytes */ };

/* Marks that open, and what closes each. */
static const struct {
    UChar32 open, close[3];
    bool weak; /* an apostrophe where it makes no pair */
} marks[] = {
    {0x201c, {0x201d, 0x201f}, false},         /* “ ” */
    {0x201e, {0x201c, 0x201d, 0x201f}, false}, /* „ “, „ ” */
    {0x201f, {0x201d}, false},                 /* ‟ ” */
    {0x201d, {0x201d, 0x201c}, false},         /* ” ”, ” “ */
    {0x00ab, {0x00bb}, false},                 /* « » */
    {0x00bb, {0x00ab, 0x00bb}, false},         /* » «, » » */
    {0x2039, {0x203a}, false},                 /* ‹ › */
    {0x203a, {0x2039}, false},                 /* › ‹ */
    {0x300c, {0x300d}, false},                 /* 「 」 */
    {0x300e, {0x300f}, false},                 /* 『 』 */
    {0xfe41, {0xfe42}, false},                 /* ﹁ ﹂ */
    {0xfe43, {0xfe44}, false},                 /* ﹃ ﹄ */
    {0xff62, {0xff63}, false},                 /* ｢ ｣ */
    {0x301d, {0x301e, 0x301f}, false},         /* 〝 〞 */
    {'"', {'"'}, false},
    {0xff02, {0xff02}, false}, /* ＂ */
    {0x2018, {0x2019}, true},  /* ‘ ’ */
    {0x201a, {0x2018, 0x2019}, true},
    {0x201b, {0x2019}, true},
    {'\'', {'\''}, true},
};
enum { MARKS = sizeof marks / sizeof *marks };

struct open_mark {
    uint32_t at, behind; /* first byte, and the byte behind it */
    unsigned mark;
};

struct seeking {
    struct text t;
    struct quotes *out;
    struct open_mark open[DEEPEST];
    unsigned depth;
    UChar32 before, after; /* the neighbours of the mark, 0 at either end */
};

static bool is_word(UChar32 c)
{
    return c && u_isalnum(c);
}

static bool closes(unsigned mark, UChar32 c)
{
    for (unsigned i = 0; i < 3 && marks[mark].close[i]; i++)
        if (marks[mark].close[i] == c)
            return true;
    return false;
}

static unsigned mark_of(UChar32 c)
{
    unsigned i = 0;
    while (i < MARKS && marks[i].open != c)
        i++;
    return i;
}

static bool is_closer(UChar32 c)
{
    for (unsigned i = 0; i < MARKS; i++)
        if (closes(i, c))
            return true;
    return false;
}

/* Between letters a straight or single mark is an apostrophe, or stands for a letter (o‘zbek, צה"ל). */
static bool is_apostrophe(const struct seeking *s, UChar32 c)
{
    bool can = c == '\'' || c == '"' || c == 0x2018 || c == 0x2019 || c == 0x201b;
    return can && is_word(s->before) && is_word(s->after);
}

/* A mark that could as well be an apostrophe or a measure (’90s, the guards’, 5"). */
static bool may_open(const struct seeking *s, UChar32 c)
{
    if (c == '\'')
        return !is_word(s->before) && u_isalpha(s->after);
    if (c == '"')
        return !(u_isdigit(s->before) && !is_word(s->after));
    return c != 0x2018 || !is_word(s->before);
}

/* A later mark that could close what this one would, before another opens: then this one ends a word in s. */
static bool closes_later(const struct seeking *s, size_t at, UChar32 c)
{
    UChar32 before = 0, met;
    size_t end = at + AHEAD < s->t.length ? at + AHEAD : s->t.length;
    for (int32_t i = (int32_t)at, length = (int32_t)end; i < length; before = met) {
        U8_NEXT(s->t.at, i, length, met);
        if (mark_of(met) < MARKS && met != c)
            return false;
        int32_t next = i;
        UChar32 after = 0;
        if (next < length)
            U8_NEXT(s->t.at, next, length, after);
        if (met == c && !u_isUWhiteSpace(before) && !is_word(after))
            return true;
    }
    return false;
}

static bool may_close(const struct seeking *s, size_t behind, UChar32 c, unsigned mark)
{
    if (!marks[mark].weak)
        return true;
    if (is_word(s->after) || u_isUWhiteSpace(s->before))
        return false;
    return !(s->before == 's' && closes_later(s, behind, c));
}

/* Keeps a quotation; those inside it go. */
static void keep(struct quotes *q, uint32_t start, uint32_t end)
{
    while (q->words.count && q->words.at[q->words.count - 1].start >= start)
        q->words.count--;
    if (end > start)
        vector_push(&q->words, (struct quoted_words){start, end});
}

static void blame(struct drafting *g, const struct flat *f, uint32_t at, bool opens)
{
    faults_add(g->faults, g->whole, flat_source(f, at),
               opens ? "a quotation is opened here and never closed"
                     : "a quotation is closed here and was never opened");
    faults_mend(g->faults, opens ? "put the mark that closes it behind the last word quoted"
                                 : "put the mark that opens it before the first word quoted");
}

/* Blames the strong marks that are still open, down to a depth. */
static void drop_open(struct drafting *g, const struct flat *f, struct seeking *s, unsigned depth)
{
    for (const struct open_mark *m = s->open + depth; m < s->open + s->depth; m++)
        if (!marks[m->mark].weak)
            blame(g, f, m->at, true);
    s->depth = depth;
}

/* Closes the innermost mark that expects `c`; those opened inside it are left open. */
static bool close_mark(struct drafting *g, const struct flat *f, struct seeking *s, uint32_t at, uint32_t behind,
                       UChar32 c)
{
    for (unsigned i = s->depth; i-- > 0;) {
        if (!closes(s->open[i].mark, c) || !may_close(s, behind, c, s->open[i].mark))
            continue;
        bool crosses = false; /* a weak mark never ends what a strong one inside it left open */
        for (unsigned j = i + 1; j < s->depth && marks[s->open[i].mark].weak; j++)
            crosses |= !marks[s->open[j].mark].weak;
        if (crosses)
            continue;
        bool letter = marks[s->open[i].mark].weak && s->open[i].behind + 1 >= at; /* rock 'n' roll */
        keep(s->out, letter ? at : s->open[i].behind, at);
        drop_open(g, f, s, i + 1);
        s->depth = i;
        return true;
    }
    return false;
}

static void open_mark(struct seeking *s, uint32_t at, uint32_t behind, unsigned mark)
{
    if (s->depth == DEEPEST)
        return;
    s->open[s->depth++] = (struct open_mark){at, behind, mark};
    if (!marks[mark].weak)
        vector_push(&s->out->openers, at);
}

static void take_mark(struct drafting *g, const struct flat *f, struct seeking *s, uint32_t at, uint32_t behind,
                      UChar32 c)
{
    unsigned mark = mark_of(c);
    if (is_apostrophe(s, c) || close_mark(g, f, s, at, behind, c))
        return;
    if (mark < MARKS && may_open(s, c))
        open_mark(s, at, behind, mark);
    else if (mark == MARKS && c != 0x2019 && is_closer(c))
        blame(g, f, at, false);
}

void quotes_find(struct drafting *g, const struct flat *f, struct quotes *out)
{
    struct seeking s = {.t = buffer_text(&f->text), .out = out};
    int32_t length = (int32_t)s.t.length;
    out->words.count = out->openers.count = 0;
    UChar32 c, next = 0;
    for (int32_t i = 0, at = 0; i < length; s.before = c, at = i) {
        U8_NEXT(s.t.at, i, length, c);
        if (mark_of(c) == MARKS && !is_closer(c))
            continue;
        int32_t behind = i;
        next = 0;
        if (behind < length)
            U8_NEXT(s.t.at, behind, length, next);
        s.after = next;
        take_mark(g, f, &s, (uint32_t)at, (uint32_t)i, c);
    }
    /* Of a quotation over several paragraphs each opens with the mark, and the last alone closes it. */
    if (s.depth && g->next_starts && marks[s.open[0].mark].open == g->next_starts && !marks[s.open[0].mark].weak) {
        drop_open(g, f, &s, 1);
        keep(out, s.open[0].behind, (uint32_t)length);
        return;
    }
    drop_open(g, f, &s, 0);
}
