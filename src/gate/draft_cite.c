/* Citations, taken out of the words of a block: [CLAIM], [CLAIM VOICE] and [desk].
 *
 * Brackets that are escapes are letters like any other, and so are […] and [...], by which journalists leave words
 * out. The blank before a citation goes with it, and where it opens the words, the blank behind it. */
#include "gate/drafting.h"

#include "base/limits.h"

#include <unicode/uchar.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_id(struct text t)
{
    if (!t.length || t.length > LIMIT_ID || strchr("._-", t.at[0]))
        return false;
    for (size_t i = 0; i < t.length; i++) {
        char c = t.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("._-", c))))
            return false;
    }
    return true;
}

/* The next word between blanks; "" at the end. */
static struct text take_word(struct text *t)
{
    while (t->length && is_blank(t->at[0]))
        *t = (struct text){t->at + 1, t->length - 1};
    size_t n = 0;
    while (n < t->length && !is_blank(t->at[n]))
        n++;
    struct text word = {t->at, n};
    *t = (struct text){t->at + n, t->length - n};
    return word;
}

static bool is_omission(struct text inside)
{
    return text_equal(inside, TEXT("…")) || text_equal(inside, TEXT("..."));
}

/* An id with small letters for its capitals, if that is what it lacks. */
static bool small_id(struct text word, char out[LIMIT_ID + 1])
{
    if (!word.length || word.length > LIMIT_ID)
        return false;
    for (size_t i = 0; i < word.length; i++)
        out[i] = (char)(word.at[i] >= 'A' && word.at[i] <= 'Z' ? word.at[i] - 'A' + 'a' : word.at[i]);
    out[word.length] = '\0';
    return is_id((struct text){out, word.length});
}

static void blame_id(struct drafting *g, size_t at, struct text word, const char *whose)
{
    char small[LIMIT_ID + 1];
    struct buffer quoted = {0};
    text_quote(word, 40, &quoted);
    faults_add(g->faults, g->whole, at, "'%s' is not a %s's id; expected small letters a-z, digits, '.', '_' and '-'",
               quoted.at, whose);
    if (small_id(word, small))
        faults_mend(g->faults, "did you mean '%s'? For brackets of your own write \\[ and \\]", small);
    else
        faults_mend(g->faults, "cite as [CLAIM], [CLAIM VOICE] or [desk]; for brackets of your own write \\[ and \\]");
    buffer_release(&quoted);
}

static const char how[] = "expected [CLAIM], [CLAIM VOICE] or [desk]";

/* Reads what stands in brackets; false, with a fault, where it is no citation. */
static bool read_cite(struct drafting *g, struct text inside, size_t from, struct cite *c)
{
    struct text left = inside, claim = take_word(&left), voice = take_word(&left), more = take_word(&left);
    if (!claim.length) {
        faults_add(g->faults, g->whole, from, "empty brackets cite nothing; %s", how);
        faults_mend(g->faults, "leave them out, or write \\[ and \\] for brackets of your own");
    } else if (more.length) {
        faults_add(g->faults, g->whole, from, "this is too much for one citation; %s", how);
        faults_mend(g->faults, "put each into brackets of its own; for brackets of your own write \\[ and \\]");
    } else if (!is_id(claim)) {
        blame_id(g, from, claim, "claim");
    } else if (voice.length && !is_id(voice)) {
        blame_id(g, from, voice, "voice");
    } else if (voice.length && text_equal(claim, TEXT("desk"))) {
        faults_add(g->faults, g->whole, from, "[desk] marks the desk's own words and takes no voice; %s", how);
        faults_mend(g->faults, "write [desk] alone, or name the claim");
    } else {
        bool desk = text_equal(claim, TEXT("desk"));
        c->claim = desk ? TEXT("") : drafting_keep(g, claim);
        c->voice = drafting_keep(g, voice);
        c->from = from;
        return true;
    }
    return false;
}

/* Adds the bytes from `a` to `b` of `f` to `out`, blanks joined. */
static void copy_words(const struct flat *f, uint32_t a, uint32_t b, struct flat *out)
{
    while (a < b) {
        const struct piece *p = flat_piece(f, a);
        uint32_t end = p + 1 < f->pieces.at + f->pieces.count && p[1].at < b ? p[1].at : b;
        for (; a < end; a++) {
            struct piece like = *p;
            like.from = p->alike ? p->from + (a - p->at) : p->from;
            bool blank = is_blank(f->text.at[a]);
            if (blank && (!out->text.length || out->text.at[out->text.length - 1] == ' '))
                continue;
            flat_add(out, blank ? TEXT(" ") : (struct text){f->text.at + a, 1}, like);
        }
    }
}

static void drop_blank(struct flat *out)
{
    if (!out->text.length || out->text.at[out->text.length - 1] != ' ')
        return;
    out->text.at[--out->text.length] = '\0';
    if (out->pieces.at[out->pieces.count - 1].at == out->text.length)
        out->pieces.count--;
}

/* Closes the gap that a citation leaves: the blank before it goes, unless a word follows without one; behind what opens
 * (“, «, a bracket) the blank behind it. Returns where the words go on. */
static uint32_t close_gap(const struct flat *f, uint32_t behind, struct flat *out)
{
    struct text before = buffer_text(&out->text), after = buffer_text(&f->text);
    size_t at = before.length;
    int8_t type = u_charType(sign_before(before, &at));
    bool opens = type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION;
    while (opens && behind < after.length && is_blank(after.at[behind]))
        behind++;
    if (!u_isalnum(sign_at(after, behind)))
        drop_blank(out);
    return behind;
}

/* The bracket that closes the one at `i`; 0 where there is none before the next that opens. */
static uint32_t closing(const struct flat *f, size_t i)
{
    bool closes = i + 1 < f->brackets.count && f->text.at[f->brackets.at[i + 1]] == ']';
    return closes ? f->brackets.at[i + 1] : 0;
}

static void blame_alone(struct drafting *g, const struct flat *f, uint32_t at)
{
    bool opens = f->text.at[at] == '[';
    faults_add(g->faults, g->whole, flat_source(f, at),
               opens ? "a citation is left open; it ends with ']'" : "']' closes a citation, and none is open");
    faults_mend(g->faults, opens ? "close it, or write \\[ for a bracket of your own"
                                 : "take it out, or write \\] for a bracket of your own");
}

void cites_take(struct drafting *g, const struct flat *f, struct flat *out, cites *c)
{
    uint32_t copied = 0;
    flat_clear(out);
    c->count = 0;
    for (size_t i = 0; i < f->brackets.count; i++) {
        uint32_t at = f->brackets.at[i], close = f->text.at[at] == '[' ? closing(f, i) : 0;
        if (!close) {
            blame_alone(g, f, at);
            continue;
        }
        i++;
        struct text inside = {f->text.at + at + 1, close - at - 1};
        if (is_omission(inside))
            continue;
        copy_words(f, copied, at, out);
        copied = close_gap(f, close + 1, out);
        struct cite cite = {.at = (uint32_t)out->text.length};
        if (read_cite(g, inside, flat_source(f, at), &cite))
            vector_push(c, cite);
    }
    copy_words(f, copied, (uint32_t)f->text.length, out);
    drop_blank(out);
    out->end = f->end;
}
