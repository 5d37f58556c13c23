/* How a thing is told: see telling.h. */
#include "ops/telling.h"

#include "base/memory.h"
#include "ops/layout.h"

#include <stdlib.h>

void telling_init(struct telling *t, struct model *m, const struct bearing *b)
{
    *t = (struct telling){.m = m, .b = b};
}

void telling_release(struct telling *t)
{
    for (size_t i = 0; i < TELLING_LASTS; i++)
        buffer_release(&t->made[i]);
    free(t->introduced);
    *t = (struct telling){0};
}

void telling_afresh(struct telling *t)
{
    t->introduced_count = 0;
}

struct buffer *telling_room(struct telling *t)
{
    struct buffer *room = &t->made[t->next];
    t->next = (t->next + 1) % TELLING_LASTS;
    buffer_clear(room);
    return room;
}

static struct text clean(struct telling *t, struct text raw)
{
    struct buffer *out = telling_room(t);
    text_clean(raw, out);
    return buffer_text(out);
}

/* True the first time that it is asked about a voice. */
static bool introduce(struct telling *t, uint32_t voice)
{
    for (size_t i = 0; i < t->introduced_count; i++)
        if (t->introduced[i] == voice)
            return false;
    if (t->introduced_count == t->introduced_room) {
        t->introduced_room = t->introduced_room * 2 + 16;
        t->introduced = memory_resize(t->introduced, t->introduced_room, sizeof *t->introduced);
    }
    t->introduced[t->introduced_count++] = voice;
    return true;
}

/* Is the id no more than the name in small letters? */
static bool same_letters(struct text id, struct text name)
{
    if (id.length != name.length)
        return false;
    for (size_t i = 0; i < id.length; i++) {
        char c = name.at[i];
        if (id.at[i] != (c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c))
            return false;
    }
    return true;
}

struct text tell_name(struct telling *t, uint32_t voice)
{
    struct buffer *raw = telling_room(t), *out = telling_room(t);
    if (voice == MODEL_DESK)
        return words_text(WORDS_DESK);
    model_voice_name(t->m, voice, raw);
    words_within(clean(t, buffer_text(raw)), out);
    return buffer_text(out);
}

struct text tell_voice(struct telling *t, uint32_t voice)
{
    struct text name = tell_name(t, voice), id = model_id(t->m, SPACE_VOICE, voice);
    if (voice == MODEL_DESK || !introduce(t, voice) || same_letters(id, name))
        return name;
    struct buffer *out = telling_room(t);
    words_say(out, WITH_ID, name, id);
    return buffer_text(out);
}

struct text tell_graph_voice(struct telling *t, uint32_t voice)
{
    uint32_t of_case, record;
    bearing_origin(t->b, voice, &of_case, &record);
    return of_case != MODEL_NONE ? tell_voice(t, of_case) : tell_record(t, record);
}

struct text tell_claim(struct telling *t, uint32_t claim)
{
    struct buffer *out = telling_room(t);
    words_say(out, QUOTED_ID, model_id(t->m, SPACE_CLAIM, claim));
    return buffer_text(out);
}

struct text tell_record(struct telling *t, uint32_t record)
{
    struct text title = tell_attribute(t, SPACE_RECORD, record, FIELD_TITLE);
    struct text id = model_id(t->m, SPACE_RECORD, record);
    struct buffer *out = telling_room(t);
    if (title.length)
        words_say(out, RECORD_NAMED, title, id);
    else
        buffer_text_add(out, id);
    return buffer_text(out);
}

struct text tell_id(struct telling *t, enum model_space space, uint32_t number)
{
    return model_id(t->m, space, number);
}

struct text tell_graph_id(struct telling *t, uint32_t voice)
{
    struct buffer *out = telling_room(t);
    bearing_name(t->b, voice, out);
    return buffer_text(out);
}

struct text tell_list(struct telling *t, tell_one *one, const uint32_t *numbers, size_t count, size_t most)
{
    struct buffer all = {0};
    size_t shown = count > most ? most : count, parts = count > most ? most + 1 : count;
    for (size_t i = 0; i < shown; i++) {
        buffer_text_add(&all, words_between(i, parts));
        buffer_text_add(&all, one(t, numbers[i]));
    }
    if (count > shown) {
        buffer_text_add(&all, words_between(shown, parts));
        words_count(&all, COUNTED_OTHER, count - shown);
    }
    struct buffer *out = telling_room(t);
    buffer_text_add(out, buffer_text(&all));
    buffer_release(&all);
    return buffer_text(out);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

void numbers_sort(uint32_t *numbers, size_t count)
{
    if (count)
        qsort(numbers, count, sizeof *numbers, by_number);
}

struct text tell_string(struct telling *t, const struct field *f)
{
    if (!f)
        return TEXT("");
    struct buffer *raw = telling_room(t);
    notation_unescape(model_field_text(t->m, f), raw);
    return clean(t, buffer_text(raw));
}

struct text tell_word(struct telling *t, const struct field *f)
{
    return f ? clean(t, model_field_text(t->m, f)) : TEXT("");
}

struct text tell_code(const struct telling *t, const struct field *f)
{
    static const struct {
        enum field_kind kind;
        const char *code;
        enum words words;
    } codes[] = {
        {FIELD_TERM, "on-record", WORDS_TERM_ON_RECORD},   {FIELD_TERM, "unattributed", WORDS_TERM_UNATTRIBUTED},
        {FIELD_TERM, "background", WORDS_TERM_BACKGROUND}, {FIELD_TERM, "off-record", WORDS_TERM_OFF_RECORD},
        {FIELD_DERIVED, "text", WORDS_DERIVED_TEXT},       {FIELD_DERIVED, "transcript", WORDS_DERIVED_TRANSCRIPT},
        {FIELD_DERIVED, "peaks", WORDS_DERIVED_PEAKS},     {FIELD_DERIVED, "metadata", WORDS_DERIVED_METADATA},
    };
    struct text code = model_field_text(t->m, f);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (f && f->kind == codes[i].kind && text_equal(code, text_of(codes[i].code)))
            return words_text(codes[i].words);
    return code;
}

struct text tell_attribute(struct telling *t, enum model_space space, uint32_t number, enum field_kind kind)
{
    struct buffer *raw = telling_room(t);
    notation_unescape(model_attribute_text(t->m, space, number, kind), raw);
    return clean(t, buffer_text(raw));
}

struct text tell_count(struct telling *t, enum counted what, uint64_t n)
{
    struct buffer *out = telling_room(t);
    words_count(out, what, n);
    return buffer_text(out);
}

struct text tell_number(struct telling *t, uint64_t n)
{
    struct buffer *out = telling_room(t);
    buffer_number(out, n);
    return buffer_text(out);
}

/* "saw or heard it happen", "examined “The sites” (sites)". */
static struct text tell_ground(struct telling *t, const struct model_entry *e)
{
    const struct field *ground = model_field(e, FIELD_GROUND), *record = model_field(e, FIELD_GROUND_RECORD);
    struct text word = model_field_text(t->m, ground);
    bool denies = e->verb == VERB_DENY;
    if (text_equal(word, TEXT("saw")))
        return words_text(denies ? WORDS_KNOWS_SAW_OTHERWISE : WORDS_KNOWS_SAW);
    if (text_equal(word, TEXT("did")))
        return words_text(WORDS_KNOWS_DID);
    struct text title = record ? tell_record(t, record->at) : TEXT("");
    struct buffer *out = telling_room(t);
    if (text_equal(word, TEXT("inspected")))
        words_say(out, KNOWS_INSPECTED, title);
    else if (text_equal(word, TEXT("read")))
        words_fill(out, denies ? WORDS_KNOWS_READ_OTHERWISE : WORDS_KNOWS_READ, (const struct text[]){{0}, title}, 2);
    return buffer_text(out);
}

/* The chain behind the speaker, each link a clause. */
static void add_chain(struct telling *t, const struct model_entry *e, struct buffer *out)
{
    uint32_t last = MODEL_NONE;
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->fields[i].kind != FIELD_TOLD_BY)
            continue;
        struct text teller = tell_voice(t, e->fields[i].at);
        if (last == MODEL_NONE)
            words_say(out, TOLD_FIRST, teller);
        else
            words_say(out, TOLD_FURTHER, teller);
        last = e->fields[i].at;
    }
    struct text ground = tell_ground(t, e);
    if (ground.length)
        words_say(out, CHAIN_END, ground);
    else
        words_say(out, CHAIN_END_UNSTATED, tell_voice(t, last));
}

struct text tell_basis(struct telling *t, const struct model_entry *e)
{
    struct buffer speaker = {0}, how = {0}; /* a long chain outlasts what is made on the way */
    buffer_text_add(&speaker, tell_voice(t, model_field(e, FIELD_VOICE)->at));
    struct text ground = tell_ground(t, e);
    bool denies = e->verb == VERB_DENY, chain = model_field(e, FIELD_TOLD_BY);
    if (chain)
        add_chain(t, e, &how);
    else if (ground.length)
        buffer_text_add(&how, ground);
    else
        words_say(&how, KNOWS_UNSTATED);
    enum words words = denies ? WORDS_BASIS_DENIED : chain || ground.length ? WORDS_BASIS : WORDS_BASIS_BARE;
    struct buffer *out = telling_room(t);
    words_fill(out, words, (const struct text[]){{0}, buffer_text(&speaker), buffer_text(&how)}, 3);
    words_begin(out, 0);
    buffer_release(&speaker);
    buffer_release(&how);
    return buffer_text(out);
}

struct text tell_source(struct telling *t, const struct model_entry *e)
{
    const struct field *at = model_field(e, FIELD_AT), *locator = model_field(e, FIELD_LOCATOR);
    const struct field *spoken = model_field(e, FIELD_WORDS), *on = model_field(e, FIELD_ON);
    struct text parts[3];
    size_t count = 0;
    if (at)
        parts[count++] = tell_record(t, at->at);
    if (locator)
        parts[count++] = tell_word(t, locator);
    if (on)
        parts[count++] = tell_word(t, on);
    struct text quote = tell_string(t, spoken);
    struct buffer *out = telling_room(t);
    if (quote.length)
        words_say(out, QUOTED_WORDS, quote);
    for (size_t i = 0; i < count; i++) {
        buffer_string(out, i ? ", " : quote.length ? " — " : "");
        buffer_text_add(out, parts[i]);
    }
    return buffer_text(out);
}
