/* Reading what is looked for: see query.h. One pass; an item is what stands between blanks or quotation marks. */
#include "search/query.h"

#include "base/limits.h"
#include "base/vector.h"
#include "search/fold.h"

#include <unicode/utf8.h>

enum { NEAR_USUAL = 10, NEAR_MOST = 1000, SHORTEST_OPEN = 2 };

struct reading {
    struct text typed;
    size_t at;
    bool typing;
    VECTOR(struct query_term) terms;
    VECTOR(struct query_phrase) phrases;
    VECTOR(struct text) words; /* `at` is an offset into the pool until all is read */
    VECTOR(size_t) offsets;
    VECTOR(char) pool;
    uint32_t group;
    uint32_t near; /* the next phrase belongs to the term before, within that distance; 0: no */
    bool either;   /* the next term is an alternative to the one before */
    struct error *error;
};

static int bad(struct reading *r, const char *what, const char *mend)
{
    error_set(r->error, ERROR_USAGE, "%s", what);
    return error_mend(r->error, "%s", mend);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A quotation mark at `at`, straight or curved: its length, or 0. */
static size_t quote_at(struct text t, size_t at)
{
    static const char *const marks[] = {"\"", "“", "”", "„", "«", "»"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        if (t.length - at >= n && memcmp(t.at + at, marks[i], n) == 0)
            return n;
    }
    return 0;
}

/* Adds the words of a text as one phrase; false where it has none. */
static bool add_phrase(struct reading *r, struct text t, bool open)
{
    struct fold f = fold_of(t);
    struct fold_word w;
    struct query_phrase p = {.first = (uint32_t)r->offsets.count, .open = open};
    while (fold_next(&f, &w)) {
        vector_push(&r->offsets, r->pool.count);
        vector_push(&r->words, (struct text){NULL, w.length});
        for (uint32_t i = 0; i < w.length; i++)
            vector_push(&r->pool, w.at[i]);
        p.count++;
    }
    if (p.count)
        vector_push(&r->phrases, p);
    return p.count != 0;
}

/* Puts the phrase read last where it belongs: to the term before, as its alternative, or by itself. */
static int place_phrase(struct reading *r, bool excluded)
{
    uint32_t phrase = (uint32_t)r->phrases.count - 1;
    if (r->near) {
        struct query_term *t = &r->terms.at[r->terms.count - 1];
        if (excluded)
            return bad(r, "what is near a word cannot be left out", "put the - in front of a word of its own");
        t->count++;
        t->distance = r->near > t->distance ? r->near : t->distance;
    } else {
        if (r->either && (excluded || r->terms.at[r->terms.count - 1].excluded))
            return bad(r, "OR stands beside a word that is left out", "leave out each word by itself, without OR");
        if (!r->either)
            r->group++;
        vector_push(&r->terms,
                    (struct query_term){.first = phrase, .count = 1, .group = r->group, .excluded = excluded});
    }
    r->near = 0;
    r->either = false;
    return 0;
}

/* NEAR, NEAR/5: the distance; 0 where it is another word; NEAR_MOST + 1 where it is none that can be. */
static uint32_t near_of(struct text item)
{
    uint32_t n = 0;
    if (!text_starts(item, TEXT("NEAR")))
        return 0;
    if (item.length == 4)
        return NEAR_USUAL;
    if (item.at[4] != '/')
        return 0;
    for (size_t i = 5; i < item.length; i++) {
        if (item.at[i] < '0' || item.at[i] > '9' || n > NEAR_MOST)
            return NEAR_MOST + 1;
        n = n * 10 + (uint32_t)(item.at[i] - '0');
    }
    return n ? n : NEAR_MOST + 1;
}

/* OR and NEAR stand between two things. */
static int read_between(struct reading *r, struct text item, bool *was)
{
    uint32_t near = near_of(item);
    *was = near || text_equal(item, TEXT("OR"));
    if (!*was)
        return 0;
    if (near > NEAR_MOST)
        return bad(r, "NEAR/ needs a number of words, from 1 to 1000", "write NEAR/5");
    if (!r->terms.count || r->near || r->either)
        return bad(r, near ? "NEAR stands between two words" : "OR stands between two words",
                   "put a word on either side, or write it in small letters to look for the word itself");
    if (near && r->terms.at[r->terms.count - 1].excluded)
        return bad(r, "NEAR stands beside a word that is left out", "leave out a word by itself");
    r->near = near;
    r->either = !near;
    return 0;
}

static size_t item_end(const struct reading *r)
{
    size_t at = r->at;
    while (at < r->typed.length && !is_blank(r->typed.at[at]) && !quote_at(r->typed, at))
        at++;
    return at;
}

/* A star behind what was read: it may go on. */
static bool takes_star(struct reading *r)
{
    bool star = r->at < r->typed.length && r->typed.at[r->at] == '*';
    r->at += star;
    return star;
}

static int check_open(struct reading *r, bool star)
{
    const struct query_phrase *p = &r->phrases.at[r->phrases.count - 1];
    struct text last = r->words.at[p->first + p->count - 1];
    if (!p->open || last.length >= SHORTEST_OPEN)
        return 0;
    r->phrases.at[r->phrases.count - 1].open = false;
    return star ? bad(r, "one letter and a star would find nearly all", "write at least two letters before the star")
                : 0;
}

static int read_quoted(struct reading *r, bool excluded)
{
    size_t start = r->at += quote_at(r->typed, r->at), mark = 0;
    while (r->at < r->typed.length && !(mark = quote_at(r->typed, r->at)))
        r->at++;
    struct text inside = {r->typed.at + start, r->at - start};
    if (!mark && !r->typing)
        return bad(r, "a quotation mark is not closed", "write \" at the end of the words that belong together");
    r->at += mark;
    bool inner = inside.length && inside.at[inside.length - 1] == '*', star = (mark && takes_star(r)) || inner;
    if (!add_phrase(r, inside, star || !mark))
        return r->typing ? 0 : bad(r, "there are no words between the quotation marks", "write words there");
    return check_open(r, star) ? -1 : place_phrase(r, excluded);
}

static int read_item(struct reading *r)
{
    bool between;
    bool excluded = r->typed.at[r->at] == '-' && r->at + 1 < r->typed.length && !is_blank(r->typed.at[r->at + 1]);
    r->at += excluded;
    if (quote_at(r->typed, r->at))
        return read_quoted(r, excluded);
    struct text item = {r->typed.at + r->at, item_end(r) - r->at};
    r->at += item.length;
    if (!excluded) {
        if (read_between(r, item, &between))
            return -1;
        if (between)
            return 0;
    }
    bool star = item.length && item.at[item.length - 1] == '*';
    bool last = r->typing && r->at == r->typed.length;
    if (!add_phrase(r, item, star || last)) /* signs alone: they part words, and are none */
        return 0;
    return check_open(r, star && !last) ? -1 : place_phrase(r, excluded);
}

static int check_whole(struct reading *r)
{
    bool wanted = false;
    if (r->offsets.count > LIMIT_QUERY_WORDS)
        return bad(r, "that is more words than can be looked for at once, 64", "look for fewer");
    if ((r->near || r->either) && !r->typing)
        return bad(r, r->near ? "NEAR stands between two words" : "OR stands between two words",
                   "put a word behind it");
    for (size_t i = 0; i < r->terms.count; i++)
        wanted |= !r->terms.at[i].excluded;
    if (!r->terms.count)
        return bad(r, "there is no word to look for", "write words, or their beginnings with a star: yak*");
    if (!wanted)
        return bad(r, "only words to leave out were given", "write also a word that is to be found");
    return 0;
}

static int read_all(struct reading *r)
{
    int32_t at = 0, length = (int32_t)r->typed.length;
    while (at < length) {
        UChar32 c;
        U8_NEXT(r->typed.at, at, length, c);
        if (c < 0)
            return bad(r, "what is looked for is not UTF-8", "type it in a terminal or a page that uses UTF-8");
    }
    while (r->at < r->typed.length && r->offsets.count <= LIMIT_QUERY_WORDS)
        if (is_blank(r->typed.at[r->at]))
            r->at++;
        else if (read_item(r))
            return -1;
    return check_whole(r);
}

int query_read(struct text typed, bool typing, struct query *out, struct error *error)
{
    struct reading r = {.typed = typed, .typing = typing, .error = error};
    *out = (struct query){0};
    if (typed.length > LIMIT_QUERY)
        return bad(&r, "that is more than can be looked for at once, 4096 bytes", "look for fewer words");
    int result = read_all(&r);
    for (size_t i = 0; i < r.words.count; i++)
        r.words.at[i].at = r.pool.at + r.offsets.at[i];
    *out = (struct query){.terms = r.terms.at,
                          .term_count = r.terms.count,
                          .phrases = r.phrases.at,
                          .phrase_count = r.phrases.count,
                          .words = r.words.at,
                          .word_count = r.words.count,
                          .pool = r.pool.at};
    vector_release(&r.offsets);
    return result;
}

void query_release(struct query *q)
{
    free(q->terms);
    free(q->phrases);
    free(q->words);
    free(q->pool);
    *q = (struct query){0};
}
