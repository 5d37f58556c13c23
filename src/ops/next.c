/* Whom to ask next: see next.h. */
#include "ops/next.h"

#include "rules/hearing.h"
#include "ops/telling.h"

#include "base/vector.h"

enum { MOST_CLAIMS_NAMED = 6, MOST_FROM = 3 };

/* Ids need no escaping in JSON: they are small letters, digits, dots, dashes and underscores. */
void next_json(const struct opened *o, struct buffer *out)
{
    size_t count;
    struct ask_whom *asks = bearing_next(o->bearing, &count);
    for (size_t i = 0; i < count; i++) {
        struct text id = model_id(o->model, SPACE_VOICE, asks[i].voice);
        buffer_format(out, "{\"ask\":\"%.*s\",\"raises\":[", TEXT_ARG(id));
        for (uint32_t c = 0; c < asks[i].count; c++) {
            struct text claim = model_id(o->model, SPACE_CLAIM, asks[i].raises[c]);
            buffer_format(out, "%s\"%.*s\"", c ? "," : "", TEXT_ARG(claim));
        }
        buffer_string(out, "]}\n");
    }
    bearing_asks_free(asks, count);
}

size_t next_citing(struct model *m, uint32_t voice, uint32_t *who, size_t most)
{
    uint32_t mentions;
    size_t found = 0;
    const uint32_t *entries = model_mentions(m, SPACE_VOICE, voice, &mentions);
    for (uint32_t i = 0; i < mentions && found < most; i++) {
        struct model_entry e = model_entry(m, entries[i]);
        if (e.verb != VERB_SAY || e.retracted || e.is_void || model_field(&e, FIELD_IN_PART))
            continue;
        uint32_t before = model_field(&e, FIELD_VOICE)->at;
        for (uint32_t f = 0; f < e.count && found < most; f++) {
            if (e.fields[f].kind != FIELD_TOLD_BY)
                continue;
            bool known = e.fields[f].at != voice;
            for (size_t k = 0; k < found; k++)
                known |= who[k] == before;
            if (!known)
                who[found++] = before;
            before = e.fields[f].at;
        }
    }
    return found;
}

/* "Ask the officer: if that voice confirms what Ana has from it, 'order' and 'colonel' would rise to attested." */
static void ask_sentence(struct telling *t, const struct ask_whom *ask, struct buffer *line)
{
    VECTOR(uint32_t) rising = {0};
    uint32_t who[MOST_FROM];
    size_t cited = next_citing(t->m, ask->voice, who, MOST_FROM), parts = 0;
    struct text voice = tell_voice(t, ask->voice), citing = tell_list(t, tell_voice, who, cited, MOST_FROM);
    words_fill(line, cited == 1 ? WORDS_NEXT_ASK : WORDS_NEXT_ASK_MANY, (const struct text[]){{0}, voice, citing}, 3);
    for (int level = LEVEL_COUNT - 1; level > LEVEL_UNHEARD; level--) {
        rising.count = 0;
        for (uint32_t i = 0; i < ask->count; i++)
            if (ask->to[i] == level)
                vector_push(&rising, ask->raises[i]);
        if (rising.count == 0)
            continue;
        struct text claims = tell_list(t, tell_claim, rising.at, rising.count, MOST_CLAIMS_NAMED);
        buffer_text_add(line, parts++ ? words_text(WORDS_NEXT_AND) : TEXT(""));
        words_say(line, NEXT_RISE, claims, words_level((enum level)level));
    }
    buffer_char(line, '.');
    words_begin(line, 0);
    vector_release(&rising);
}

static void add_point(struct buffer *line, const struct screen *screen, struct buffer *out)
{
    words_begin(line, 0);
    struct buffer point = {0};
    words_say(&point, POINT, buffer_text(line));
    text_wrap(buffer_text(&point), screen->width, 2, 4, out);
    buffer_release(&point);
    buffer_clear(line);
}

static void add_heading(enum words head, const struct screen *screen, struct buffer *out)
{
    buffer_string(out, out->length ? "\n" : "");
    screen_paint(screen, out, TONE_HEAD, words_text(head));
    buffer_char(out, '\n');
}

static void add_asks(struct telling *t, const struct opened *o, const struct screen *screen, struct buffer *out)
{
    size_t count;
    struct buffer line = {0};
    struct ask_whom *asks = bearing_next(o->bearing, &count);
    if (count)
        add_heading(WORDS_HEAD_NEXT, screen, out);
    for (size_t i = 0; i < count; i++) {
        telling_afresh(t);
        ask_sentence(t, &asks[i], &line);
        add_point(&line, screen, out);
    }
    bearing_asks_free(asks, count);
    buffer_release(&line);
}

struct unheard {
    uint32_t voice, claim;
};

static int by_voice(const void *a, const void *b)
{
    const struct unheard *x = a, *y = b;
    if (x->voice != y->voice)
        return x->voice < y->voice ? -1 : 1;
    return x->claim < y->claim ? -1 : x->claim > y->claim;
}

/* One point a voice that is accused, with all the claims on which it was not asked. */
static void add_not_asked(struct telling *t, struct hearings *h, const struct screen *screen, struct buffer *out)
{
    VECTOR(struct unheard) all = {0};
    VECTOR(uint32_t) claims = {0};
    for (uint32_t claim = 0; claim < model_claims(t->m); claim++) {
        uint32_t count;
        const struct hearing *hearings = hearings_of(h, claim, &count);
        for (uint32_t i = 0; i < count; i++)
            if (hearings[i].ask == MODEL_NONE)
                vector_push(&all, (struct unheard){hearings[i].voice, claim});
    }
    if (all.count) {
        qsort(all.at, all.count, sizeof *all.at, by_voice);
        add_heading(WORDS_HEAD_NOT_ASKED, screen, out);
    }
    struct buffer line = {0};
    for (size_t i = 0; i < all.count;) {
        uint32_t voice = all.at[i].voice;
        for (claims.count = 0; i < all.count && all.at[i].voice == voice; i++)
            if (claims.count == 0 || claims.at[claims.count - 1] != all.at[i].claim)
                vector_push(&claims, all.at[i].claim);
        struct text list = tell_list(t, tell_claim, claims.at, claims.count, MOST_CLAIMS_NAMED);
        words_fill(&line, claims.count == 1 ? WORDS_ACCUSED_BY_ONE : WORDS_ACCUSED_BY,
                   (const struct text[]){{0}, tell_voice(t, voice), list}, 3);
        add_point(&line, screen, out);
    }
    buffer_release(&line);
    vector_release(&all);
    vector_release(&claims);
}

static void add_overdue(struct telling *t, struct hearings *h, struct text today, const struct screen *screen,
                        struct buffer *out)
{
    struct buffer line = {0};
    bool headed = false;
    for (uint32_t n = 0; n < model_entries(t->m); n++) {
        struct model_entry e = model_entry(t->m, n);
        if (e.verb != VERB_ASK || !hearings_overdue(h, n, today))
            continue;
        if (!headed)
            add_heading(WORDS_HEAD_OVERDUE, screen, out);
        headed = true;
        words_say(&line, OVERDUE, tell_voice(t, model_field(&e, FIELD_VOICE)->at),
                  tell_claim(t, model_field(&e, FIELD_CLAIM)->at), tell_word(t, model_field(&e, FIELD_DUE)));
        add_point(&line, screen, out);
    }
    buffer_release(&line);
}

void next_sentences(const struct opened *o, struct text today, const struct screen *screen, struct buffer *out)
{
    struct telling t;
    struct hearings *h = hearings_new(o->model);
    telling_init(&t, o->model, o->bearing);
    add_asks(&t, o, screen, out);
    telling_afresh(&t);
    add_not_asked(&t, h, screen, out);
    telling_afresh(&t);
    add_overdue(&t, h, today, screen, out);
    if (out->length == 0)
        text_wrap(words_text(WORDS_NEXT_NOBODY), screen->width, 0, 0, out);
    telling_release(&t);
    hearings_free(h);
}
