/* Claims in lists: filtered, sorted, and as they would stand without some voices. */
#include "desk/view_inside.h"

#include "ops/stand.h"

/* What a request asks of the list. */
struct wish {
    struct page page;
    enum claim_sort sort;
    bool turned;
    bool accepts[CODES];
    uint32_t since;
    const uint64_t *words; /* NULL: all */
};

/* The list as it is, or as it would be without some voices. */
struct board {
    struct stand_changes changes;
    bool changed;
    uint8_t *codes;  /* where changed: yours */
    uint32_t *order; /* likewise */
    uint32_t by_code[CODES];
};

static const char *const level_words[] = {"unheard", "alleged", "attested", "borne-out"};
static const char *const print_words[] = {"not-yet", "allegation", "fact"};
static const char *const denial_words[] = {"none", "denied", "contested"};

/* ---- what is asked ---- */

static int read_filters(const struct view_request *q, struct wish *w, struct error *error)
{
    unsigned level, print, denial;
    if (view_choice(q, "level", level_words, LEVEL_COUNT, &level, error) ||
        view_choice(q, "print", print_words, PRINT_COUNT, &print, error) ||
        view_choice(q, "denial", denial_words, DENIAL_COUNT, &denial, error))
        return -1;
    for (unsigned c = 0; c < CODES; c++)
        w->accepts[c] = (level == LEVEL_COUNT || (c & 3) == level) && (print == PRINT_COUNT || (c >> 2 & 3) == print) &&
                        (denial == DENIAL_COUNT || c >> 4 == denial);
    return 0;
}

static int read_sort(const struct view_request *q, struct wish *w, struct error *error)
{
    static const char *const words[] = {"standing",  "people",  "newest",  "order",
                                        "-standing", "-people", "-newest", "-order"};
    unsigned which;
    if (view_choice(q, "sort", words, 8, &which, error))
        return -1;
    w->turned = which >= 4 && which < 8;
    w->sort = which < 8 ? (enum claim_sort)(which % 4) : SORT_CASE;
    return 0;
}

/* Those touched since, among the words' claims: they are the first of the newest. Yours. */
static uint64_t *touched_since(const struct view_request *q, const struct wish *w)
{
    const struct views *v = q->views;
    uint64_t *found = memory_array(v->claims.count / 64 + 1, sizeof *found);
    for (size_t i = 0; i < v->claims.count; i++) {
        uint32_t claim = v->orders[SORT_NEWEST][i];
        if (v->claims.at[claim].touched <= w->since)
            break;
        if (found_has(w->words, claim))
            found[claim / 64] |= UINT64_C(1) << claim % 64;
    }
    return found;
}

/* ---- the board ---- */

static void board_change(struct board *b, const struct view_request *q, enum claim_sort sort)
{
    struct views *v = q->views;
    size_t count = b->changes.rows.count;
    struct claim_facts *then = memory_array(count + 1, sizeof *then);
    uint32_t *claims = memory_array(count + 1, sizeof *claims);
    b->codes = (uint8_t *)memory_copy((const char *)v->codes.at, v->codes.count);
    for (size_t i = 0; i < count; i++) {
        uint32_t claim = claims[i] = b->changes.rows.at[i].claim;
        then[i] = v->claims.at[claim];
        claim_facts_of_row(v, claim, &b->changes.rows.at[i].after, &then[i]);
        b->by_code[b->codes[claim]]--;
        b->codes[claim] = claim_code(&then[i]);
        b->by_code[b->codes[claim]]++;
    }
    if (sort != SORT_CASE)
        b->order = order_moved(v, sort, v->orders[sort], (uint32_t)v->claims.count, claims, count, then);
    free(then);
    free(claims);
}

static int board_open(struct board *b, const struct view_request *q, enum claim_sort sort, struct error *error)
{
    *b = (struct board){0};
    memcpy(b->by_code, q->views->by_code, sizeof b->by_code);
    struct text without = view_parameter(q, "without");
    if (!without.length)
        return 0;
    uint32_t *voices;
    size_t count;
    char *list = memory_copy(without.at, without.length);
    int result = stand_find_voices(q->o, list, &voices, &count, error);
    free(list);
    if (result)
        return -1;
    stand_changes_find(&b->changes, q->o, voices, count);
    free(voices);
    b->changed = true;
    board_change(b, q, sort);
    return 0;
}

static void board_release(struct board *b)
{
    stand_changes_release(&b->changes);
    free(b->codes);
    free(b->order);
}

/* ---- the answer ---- */

static void put_summary(struct buffer *out, const struct board *b)
{
    uint32_t levels[4] = {0}, prints[4] = {0}, denials[4] = {0};
    for (unsigned c = 0; c < CODES; c++) {
        levels[c & 3] += b->by_code[c];
        prints[c >> 2 & 3] += b->by_code[c];
        denials[c >> 4] += b->by_code[c];
    }
    json_key(out, "summary");
    json_open(out, '{');
    for (int l = LEVEL_COUNT - 1; l >= 0; l--)
        json_number_field(out, level_words[l], levels[l]);
    json_number_field(out, "denied", (uint64_t)denials[DENIAL_DENIED] + denials[DENIAL_CONTESTED]);
    json_number_field(out, "contested", denials[DENIAL_CONTESTED]);
    for (int p = PRINT_COUNT - 1; p >= 0; p--)
        json_number_field(out, print_words[p], prints[p]);
    json_close(out, '}');
}

static uint64_t count_matching(const struct views *v, const struct board *b, const struct wish *w)
{
    const uint8_t *codes = b->codes ? b->codes : v->codes.at;
    uint64_t count = 0;
    if (!w->words) {
        for (unsigned c = 0; c < CODES; c++)
            count += w->accepts[c] ? b->by_code[c] : 0;
        return count;
    }
    for (size_t i = 0; i < v->claims.count / 64 + 1; i++)
        for (uint64_t left = w->words[i]; left; left &= left - 1)
            count += w->accepts[codes[i * 64 + (size_t)__builtin_ctzll(left)]];
    return count;
}

static void put_row(const struct view_request *q, const struct board *b, uint32_t claim, struct buffer *out)
{
    struct row now = standing_row(bearing_graph(q->o->bearing), claim);
    const struct stand_change *change = b->changed ? stand_changes_of(&b->changes, claim) : NULL;
    put_claim(q, out, claim, change ? &change->after : &now, b->changed ? &now : NULL);
}

static void put_page(const struct view_request *q, const struct board *b, const struct wish *w, uint64_t matching,
                     struct buffer *out)
{
    const struct views *v = q->views;
    const uint8_t *codes = b->codes ? b->codes : v->codes.at;
    const uint32_t *order = w->sort == SORT_CASE ? NULL : b->order ? b->order : v->orders[w->sort];
    uint32_t count = (uint32_t)v->claims.count, seen = 0, put = 0;
    bool all = matching == count;
    for (uint32_t i = all ? w->page.offset : 0; i < count && put < w->page.limit && w->page.offset < matching; i++) {
        uint32_t at = w->turned ? count - 1 - i : i, claim = order ? order[at] : at;
        if (!all && (!w->accepts[codes[claim]] || !found_has(w->words, claim)))
            continue;
        if (!all && seen++ < w->page.offset)
            continue;
        put_row(q, b, claim, out);
        put++;
    }
}

int view_claims(const struct view_request *q, struct buffer *out, struct error *error)
{
    struct wish w = {0};
    struct board b;
    if (view_page(q, &w.page, error) || read_filters(q, &w, error) || read_sort(q, &w, error) ||
        view_number(q, "since", 0, &w.since, error) || board_open(&b, q, w.sort, error))
        return -1;
    w.words = views_find(q->views, q->o->model, SPACE_CLAIM, view_parameter(q, "q"));
    uint64_t *since = w.since ? touched_since(q, &w) : NULL;
    w.words = since ? since : w.words;
    uint64_t matching = count_matching(q->views, &b, &w);
    json_open(out, '{');
    json_number_field(out, "revision", q->now.revision);
    json_number_field(out, "total", q->views->claims.count);
    json_number_field(out, "matching", matching);
    put_summary(out, &b);
    json_key(out, "claims");
    json_open(out, '[');
    put_page(q, &b, &w, matching, out);
    json_close(out, ']');
    json_close(out, '}');
    free(since);
    board_release(&b);
    return 0;
}

/* ---- what changes ---- */

struct fallen {
    uint64_t key; /* the weakest first; as weak as before last */
    const struct stand_change *change;
};

static int by_fallen(const void *a, const void *b)
{
    const struct fallen *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->change->claim < y->change->claim ? -1 : x->change->claim > y->change->claim;
}

static void put_change(const struct view_request *q, struct buffer *out, const struct stand_change *c)
{
    struct row now = standing_row(bearing_graph(q->o->bearing), c->claim);
    json_open(out, '{');
    put_id(out, q->o->model, SPACE_CLAIM, c->claim);
    json_key(out, "from");
    put_claim(q, out, c->claim, &now, NULL);
    json_key(out, "to");
    put_claim(q, out, c->claim, &c->after, NULL);
    json_close(out, '}');
}

int view_without(const struct view_request *q, struct buffer *out, struct error *error)
{
    struct page page;
    struct stand_changes c = {0};
    uint32_t *voices = NULL;
    size_t count = 0;
    struct text names = view_parameter(q, "voices");
    if (view_page(q, &page, error))
        return -1;
    char *list = memory_copy(names.at ? names.at : "", names.length);
    int result = names.length ? stand_find_voices(q->o, list, &voices, &count, error) : 0;
    free(list);
    if (result)
        return -1;
    if (count)
        stand_changes_find(&c, q->o, voices, count);
    struct fallen *fallen = memory_array(c.rows.count + 1, sizeof *fallen);
    for (size_t i = 0; i < c.rows.count; i++) {
        const struct stand_change *change = &c.rows.at[i];
        struct claim_facts f = {.level = (uint8_t)change->after.level, .people = change->after.measures[PEOPLE].low};
        bool falls = change->after.level < q->views->claims.at[change->claim].level;
        fallen[i] = (struct fallen){(uint64_t)!falls << 62 | claim_key(SORT_STANDING, &f), change};
    }
    qsort(fallen, c.rows.count, sizeof *fallen, by_fallen);
    json_open(out, '{');
    json_number_field(out, "total", c.rows.count);
    json_key(out, "changes");
    json_open(out, '[');
    for (size_t i = page.offset; i < c.rows.count && i - page.offset < page.limit; i++)
        put_change(q, out, fallen[i].change);
    json_close(out, ']');
    json_close(out, '}');
    stand_changes_release(&c);
    free(fallen);
    free(voices);
    return 0;
}
