/* What is odd in a case: see check.h. */
#include "ops/check.h"

#include "rules/hearing.h"
#include "ops/telling.h"
#include "ops/twins.h"

#include "base/json.h"
#include "base/vector.h"

enum { MOST_SHOWN = 20 };

/* What a voice, record or claim is to the case. */
enum use { USED = 1, SAID = 2, SAID_IN_PART = 4, DENIED = 8 };

struct checking {
    struct model *m;
    struct telling t;
    struct checked *out;
    unsigned char *uses[SPACE_COUNT]; /* by number, enum use */
    uint32_t *declared[SPACE_COUNT];  /* by number: the entry that declares it */
    VECTOR(uint32_t) speakers;
};

static const char *const odd_words[ODD_COUNT] = {
    [ODD_VOICE_UNUSED] = "voice-unused",
    [ODD_CLAIM_UNMADE] = "claim-unmade",
    [ODD_SAYS_AND_DENIES] = "says-and-denies",
    [ODD_CHAIN_TWICE] = "chain-twice",
    [ODD_UNSTATED] = "unstated",
    [ODD_NAME_TWICE] = "name-twice",
    [ODD_ID_TWICE] = "id-twice",
    [ODD_DECLARED_ANEW] = "declared-anew",
    [ODD_VOID] = "void",
    [ODD_TERMS_LOOSENED] = "terms-loosened",
    [ODD_NOT_ASKED] = "not-asked",
    [ODD_OVERDUE] = "overdue",
    [ODD_RECORD_UNUSED] = "record-unused",
};

static const struct {
    enum words head, mend;
} odd_sentences[ODD_COUNT] = {
    [ODD_VOICE_UNUSED] = {WORDS_ODD_VOICE_UNUSED, WORDS_MEND_VOICE_UNUSED},
    [ODD_CLAIM_UNMADE] = {WORDS_ODD_CLAIM_UNMADE, WORDS_MEND_CLAIM_UNMADE},
    [ODD_SAYS_AND_DENIES] = {WORDS_ODD_SAYS_AND_DENIES, WORDS_MEND_SAYS_AND_DENIES},
    [ODD_CHAIN_TWICE] = {WORDS_ODD_CHAIN_TWICE, WORDS_MEND_CHAIN_TWICE},
    [ODD_UNSTATED] = {WORDS_ODD_UNSTATED, WORDS_MEND_UNSTATED},
    [ODD_NAME_TWICE] = {WORDS_ODD_NAME_TWICE, WORDS_MEND_NAME_TWICE},
    [ODD_ID_TWICE] = {WORDS_ODD_ID_TWICE, WORDS_MEND_ID_TWICE},
    [ODD_DECLARED_ANEW] = {WORDS_ODD_DECLARED_ANEW, WORDS_MEND_DECLARED_ANEW},
    [ODD_VOID] = {WORDS_ODD_VOID, WORDS_MEND_VOID},
    [ODD_TERMS_LOOSENED] = {WORDS_ODD_TERMS_LOOSENED, WORDS_MEND_TERMS_LOOSENED},
    [ODD_NOT_ASKED] = {WORDS_ODD_NOT_ASKED, WORDS_MEND_NOT_ASKED},
    [ODD_OVERDUE] = {WORDS_ODD_OVERDUE, WORDS_MEND_OVERDUE},
    [ODD_RECORD_UNUSED] = {WORDS_ODD_RECORD_UNUSED, WORDS_MEND_RECORD_UNUSED},
};

const char *odd_word(enum odd odd)
{
    return odd_words[odd];
}

struct text odd_mend(enum odd odd)
{
    return words_text(odd_sentences[odd].mend);
}

void checked_release(struct checked *c)
{
    free(c->findings);
    buffer_release(&c->texts);
    *c = (struct checked){0};
}

/* Adds a finding whose sentence is a template with up to three texts. */
static void find(struct checking *k, enum odd odd, uint32_t entry, enum words w, struct text a, struct text b,
                 struct text c)
{
    struct checked *out = k->out;
    if (out->count == out->room)
        out->findings = vector_grow(out->findings, out->count, &out->room, 1, sizeof *out->findings);
    size_t at = out->texts.length;
    words_fill(&out->texts, w, (const struct text[]){{0}, a, b, c}, 4);
    out->findings[out->count++] = (struct finding){odd, entry, at, out->texts.length - at};
}

static bool counts(const struct model_entry *e)
{
    return !e->retracted && !e->is_void;
}

static struct text quoted_id(struct checking *k, enum model_space space, uint32_t number)
{
    struct buffer *out = telling_room(&k->t);
    words_say(out, QUOTED_ID, model_id(k->m, space, number));
    return buffer_text(out);
}

/* ---- uses ---- */

/* Being declared, promised terms or protected, or taken for somebody else, is not being heard. */
static bool uses_voice(enum verb verb, enum field_kind kind)
{
    if (kind == FIELD_VOICE)
        return verb == VERB_SAY || verb == VERB_DENY || verb == VERB_INFER || verb == VERB_ASK;
    return true;
}

static void note_uses(struct checking *k, uint32_t n, const struct model_entry *e)
{
    bool declares = e->verb == VERB_VOICE || e->verb == VERB_RECORD || e->verb == VERB_CLAIM;
    if (declares && k->declared[field_space(e->fields[0].kind)][e->fields[0].at] == MODEL_NONE)
        k->declared[field_space(e->fields[0].kind)][e->fields[0].at] = n;
    for (uint32_t i = declares ? 1 : 0; i < e->count; i++) {
        enum field_kind kind = e->fields[i].kind;
        enum model_space space = field_space(kind);
        if (space == SPACE_RECORD || (space == SPACE_VOICE && uses_voice(e->verb, kind)))
            k->uses[space][e->fields[i].at] |= USED;
    }
    if (e->verb != VERB_SAY && e->verb != VERB_DENY && e->verb != VERB_INFER)
        return;
    unsigned char how = e->verb == VERB_DENY ? DENIED : model_field(e, FIELD_IN_PART) ? SAID_IN_PART : SAID;
    k->uses[SPACE_CLAIM][model_field(e, FIELD_CLAIM)->at] |= how;
}

static void find_unused(struct checking *k)
{
    for (uint32_t v = MODEL_DESK + 1; v < model_voices(k->m); v++)
        if (!k->uses[SPACE_VOICE][v])
            find(k, ODD_VOICE_UNUSED, k->declared[SPACE_VOICE][v], WORDS_FOUND_ID, quoted_id(k, SPACE_VOICE, v),
                 tell_attribute(&k->t, SPACE_VOICE, v, FIELD_NAME), TEXT(""));
    for (uint32_t c = 0; c < model_claims(k->m); c++) {
        unsigned char uses = k->uses[SPACE_CLAIM][c];
        if (uses & SAID)
            continue;
        enum words w = uses & SAID_IN_PART ? WORDS_FOUND_IN_PART : uses & DENIED ? WORDS_FOUND_DENIED : WORDS_FOUND_ID;
        find(k, ODD_CLAIM_UNMADE, k->declared[SPACE_CLAIM][c], w, quoted_id(k, SPACE_CLAIM, c),
             tell_attribute(&k->t, SPACE_CLAIM, c, FIELD_SENTENCE), TEXT(""));
    }
    for (uint32_t r = 0; r < model_records(k->m); r++)
        if (!k->uses[SPACE_RECORD][r])
            find(k, ODD_RECORD_UNUSED, k->declared[SPACE_RECORD][r], WORDS_FOUND_ID, quoted_id(k, SPACE_RECORD, r),
                 tell_attribute(&k->t, SPACE_RECORD, r, FIELD_TITLE), TEXT(""));
}

/* ---- statements ---- */

/* The speaker and the chain behind: is anybody in it twice? */
static void check_chain(struct checking *k, uint32_t n, const struct model_entry *e)
{
    k->speakers.count = 0;
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == FIELD_TOLD_BY || e->fields[i].kind == FIELD_VOICE)
            vector_push(&k->speakers, e->fields[i].at);
    numbers_sort(k->speakers.at, k->speakers.count);
    for (size_t i = 1; i < k->speakers.count; i++)
        if (k->speakers.at[i] == k->speakers.at[i - 1]) {
            find(k, ODD_CHAIN_TWICE, n, WORDS_FOUND_CHAIN, quoted_id(k, SPACE_VOICE, k->speakers.at[i]),
                 tell_claim(&k->t, model_field(e, FIELD_CLAIM)->at), TEXT(""));
            return;
        }
}

static void check_statement(struct checking *k, uint32_t n, const struct model_entry *e)
{
    check_chain(k, n, e);
    struct text ground = model_field_text(k->m, model_field(e, FIELD_GROUND));
    if (ground.length && !text_equal(ground, TEXT("unstated")))
        return;
    uint32_t last = MODEL_NONE;
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == FIELD_TOLD_BY)
            last = e->fields[i].at;
    struct text speaker = quoted_id(k, SPACE_VOICE, model_field(e, FIELD_VOICE)->at);
    struct text claim = tell_claim(&k->t, model_field(e, FIELD_CLAIM)->at);
    if (last == MODEL_NONE)
        find(k, ODD_UNSTATED, n, e->verb == VERB_DENY ? WORDS_FOUND_BARE_DENIAL : WORDS_FOUND_BARE, speaker, claim,
             TEXT(""));
    else
        find(k, ODD_UNSTATED, n, WORDS_FOUND_BARE_CHAIN, quoted_id(k, SPACE_VOICE, last), claim, speaker);
}

struct spoken {
    uint32_t claim, voice, entry;
    bool denies;
};

static int by_claim(const void *a, const void *b)
{
    const struct spoken *x = a, *y = b;
    if (x->claim != y->claim)
        return x->claim < y->claim ? -1 : 1;
    if (x->voice != y->voice)
        return x->voice < y->voice ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* `spoken`: all statements. One finding a voice and claim, at the entry that turned it round. */
static void find_says_and_denies(struct checking *k, struct spoken *spoken, size_t count)
{
    if (count)
        qsort(spoken, count, sizeof *spoken, by_claim);
    for (size_t i = 1, told = 0; i < count; i++) {
        const struct spoken *s = &spoken[i], *before = s - 1;
        if (s->claim != before->claim || s->voice != before->voice)
            told = 0;
        else if (s->denies != before->denies && told++ == 0)
            find(k, ODD_SAYS_AND_DENIES, s->entry, WORDS_FOUND_BOTH, quoted_id(k, SPACE_VOICE, s->voice),
                 tell_claim(&k->t, s->claim), tell_number(&k->t, (uint64_t)before->entry + 1));
    }
}

/* ---- declarations and terms ---- */

static enum field_kind words_of(enum verb verb)
{
    return verb == VERB_VOICE ? FIELD_NAME : verb == VERB_CLAIM ? FIELD_SENTENCE : FIELD_TITLE;
}

/* `given`: by number, the entry that gave the words so far. */
static void check_declared(struct checking *k, uint32_t n, const struct model_entry *e, uint32_t *given)
{
    const struct field *now = model_field(e, words_of(e->verb));
    uint32_t id = e->fields[0].at;
    if (!now)
        return;
    if (given[id] != MODEL_NONE) {
        struct model_entry first = model_entry(k->m, given[id]);
        const struct field *before = model_field(&first, words_of(e->verb));
        if (!text_equal(model_field_text(k->m, before), model_field_text(k->m, now)))
            find(k, ODD_DECLARED_ANEW, n, WORDS_FOUND_ANEW, quoted_id(k, field_space(e->fields[0].kind), id),
                 tell_string(&k->t, now), tell_string(&k->t, before));
    }
    given[id] = n;
}

/* How much a term lets out. */
static int looseness(struct text term)
{
    static const char *const terms[] = {"off-record", "background", "unattributed", "on-record"};
    for (int i = 0; i < 4; i++)
        if (text_equal(term, text_of(terms[i])))
            return i;
    return 0;
}

/* `terms`: by voice, the entry with the terms so far. */
static void check_terms(struct checking *k, uint32_t n, const struct model_entry *e, uint32_t *terms)
{
    uint32_t voice = model_field(e, FIELD_VOICE)->at, before = terms[voice];
    struct text now = model_field_text(k->m, model_field(e, FIELD_TERM));
    terms[voice] = n;
    if (before == MODEL_NONE)
        return;
    struct model_entry last = model_entry(k->m, before);
    struct text then = model_field_text(k->m, model_field(&last, FIELD_TERM));
    bool shown = model_field(e, FIELD_AT) && (model_field(e, FIELD_LOCATOR) || model_field(e, FIELD_WORDS));
    if (looseness(now) > looseness(then) && !shown)
        find(k, ODD_TERMS_LOOSENED, n, WORDS_FOUND_LOOSENED, quoted_id(k, SPACE_VOICE, voice),
             tell_code(&k->t, model_field(&last, FIELD_TERM)), tell_code(&k->t, model_field(e, FIELD_TERM)));
}

/* ---- names ---- */

enum { TAG_NAME, TAG_KNOWN_AS, TAG_ID };

static void add_names(struct checking *k, struct twins *names, uint32_t voice)
{
    uint32_t count;
    twins_add(names, tell_attribute(&k->t, SPACE_VOICE, voice, FIELD_NAME), voice, TAG_NAME);
    const struct field *known = model_attribute(k->m, SPACE_VOICE, voice, FIELD_KNOWN_AS, &count);
    for (uint32_t i = 0; i < count; i++)
        twins_add(names, tell_string(&k->t, &known[i]), voice, TAG_KNOWN_AS);
}

static void found_names(void *context, struct twin a, struct twin b, bool equal)
{
    struct checking *k = context;
    enum words w = a.tag == TAG_KNOWN_AS || b.tag == TAG_KNOWN_AS ? WORDS_FOUND_KNOWN_AS
                   : equal                                        ? WORDS_FOUND_ONE_NAME
                                                                  : WORDS_FOUND_TWO_NAMES;
    struct text first = tell_attribute(&k->t, SPACE_VOICE, a.owner, FIELD_NAME);
    struct text second = tell_attribute(&k->t, SPACE_VOICE, b.owner, FIELD_NAME);
    struct buffer *names = telling_room(&k->t);
    words_say(names, TWO_QUOTED, first, second);
    find(k, ODD_NAME_TWICE, k->declared[SPACE_VOICE][b.owner], w, quoted_id(k, SPACE_VOICE, a.owner),
         quoted_id(k, SPACE_VOICE, b.owner), buffer_text(names));
}

static void found_ids(void *context, struct twin a, struct twin b, bool equal)
{
    struct checking *k = context;
    (void)equal;
    enum model_space space = (enum model_space)a.tag;
    find(k, ODD_ID_TWICE, k->declared[space][b.owner], WORDS_FOUND_IDS, quoted_id(k, space, a.owner),
         quoted_id(k, space, b.owner), TEXT(""));
}

static uint32_t space_size(const struct model *m, enum model_space space)
{
    return space == SPACE_VOICE ? model_voices(m) : space == SPACE_RECORD ? model_records(m) : model_claims(m);
}

static void find_twins(struct checking *k)
{
    struct twins *names = twins_new();
    for (uint32_t v = MODEL_DESK + 1; v < model_voices(k->m); v++)
        add_names(k, names, v);
    twins_find(names, found_names, k);
    twins_free(names);
    for (int space = 0; space < SPACE_COUNT; space++) {
        struct twins *ids = twins_new();
        for (uint32_t i = 0; i < space_size(k->m, (enum model_space)space); i++)
            twins_add(ids, model_id(k->m, (enum model_space)space, i), i, (uint32_t)space);
        twins_find(ids, found_ids, k);
        twins_free(ids);
    }
}

/* ---- hearings ---- */

static void find_unheard(struct checking *k, struct text today)
{
    struct hearings *h = hearings_new(k->m);
    for (uint32_t claim = 0; claim < model_claims(k->m); claim++) {
        uint32_t count;
        const struct hearing *all = hearings_of(h, claim, &count);
        for (uint32_t i = 0; i < count; i++)
            if (all[i].ask == MODEL_NONE)
                find(k, ODD_NOT_ASKED, k->declared[SPACE_CLAIM][claim], WORDS_FOUND_NOT_ASKED,
                     quoted_id(k, SPACE_VOICE, all[i].voice), tell_claim(&k->t, claim), TEXT(""));
    }
    for (uint32_t n = 0; n < model_entries(k->m); n++) {
        struct model_entry e = model_entry(k->m, n);
        if (e.verb == VERB_ASK && hearings_overdue(h, n, today))
            find(k, ODD_OVERDUE, n, WORDS_FOUND_OVERDUE, quoted_id(k, SPACE_VOICE, model_field(&e, FIELD_VOICE)->at),
                 tell_claim(&k->t, model_field(&e, FIELD_CLAIM)->at), tell_word(&k->t, model_field(&e, FIELD_DUE)));
    }
    hearings_free(h);
}

/* ---- all of it ---- */

static uint32_t *numbers_new(uint32_t count)
{
    uint32_t *numbers = memory_array((size_t)count + 1, sizeof *numbers);
    memset(numbers, 0xFF, ((size_t)count + 1) * sizeof *numbers); /* MODEL_NONE each */
    return numbers;
}

static void check_entries(struct checking *k)
{
    VECTOR(struct spoken) spoken = {0};
    uint32_t *given[SPACE_COUNT], *terms = numbers_new(model_voices(k->m));
    for (int s = 0; s < SPACE_COUNT; s++)
        given[s] = numbers_new(space_size(k->m, (enum model_space)s));
    for (uint32_t n = 0; n < model_entries(k->m); n++) {
        struct model_entry e = model_entry(k->m, n);
        if (e.is_void && !e.retracted)
            find(k, ODD_VOID, n, WORDS_FOUND_VOID, text_of(verb_word(e.verb)), TEXT(""), TEXT(""));
        if (!counts(&e))
            continue;
        note_uses(k, n, &e);
        if (e.verb == VERB_SAY || e.verb == VERB_DENY) {
            check_statement(k, n, &e);
            vector_push(&spoken, (struct spoken){model_field(&e, FIELD_CLAIM)->at, model_field(&e, FIELD_VOICE)->at, n,
                                                 e.verb == VERB_DENY});
        } else if (e.verb == VERB_TERMS) {
            check_terms(k, n, &e, terms);
        } else if (e.verb == VERB_VOICE || e.verb == VERB_RECORD || e.verb == VERB_CLAIM) {
            check_declared(k, n, &e, given[field_space(e.fields[0].kind)]);
        }
    }
    find_says_and_denies(k, spoken.at, spoken.count);
    vector_release(&spoken);
    free(terms);
    for (int s = 0; s < SPACE_COUNT; s++)
        free(given[s]);
}

static int by_kind(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    if (x->odd != y->odd)
        return x->odd < y->odd ? -1 : 1;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

void check_case(const struct opened *o, struct text today, struct checked *out)
{
    struct checking k = {.m = o->model, .out = out};
    *out = (struct checked){0};
    telling_init(&k.t, o->model, NULL);
    for (int s = 0; s < SPACE_COUNT; s++) {
        uint32_t size = space_size(o->model, (enum model_space)s);
        k.uses[s] = memory_array((size_t)size + 1, 1);
        k.declared[s] = numbers_new(size);
    }
    check_entries(&k);
    find_unused(&k);
    find_twins(&k);
    find_unheard(&k, today);
    if (out->count)
        qsort(out->findings, out->count, sizeof *out->findings, by_kind);
    for (int s = 0; s < SPACE_COUNT; s++) {
        free(k.uses[s]);
        free(k.declared[s]);
    }
    vector_release(&k.speakers);
    telling_release(&k.t);
}

/* ---- telling ---- */

static struct text sentence_of(const struct checked *c, const struct finding *f)
{
    return (struct text){c->texts.at + f->at, f->length};
}

static void tell_finding(const struct checked *c, const struct finding *f, const struct screen *screen,
                         struct buffer *out)
{
    struct buffer line = {0}, number = {0};
    buffer_number(&number, (uint64_t)f->entry + 1);
    if (f->entry == MODEL_NONE)
        words_say(&line, POINT, sentence_of(c, f));
    else
        words_say(&line, POINT_ENTRY, buffer_text(&number), sentence_of(c, f));
    text_wrap(buffer_text(&line), screen->width, 2, 4, out);
    buffer_release(&line);
    buffer_release(&number);
}

static void tell_kind(const struct checked *c, size_t first, size_t behind, const struct screen *screen,
                      struct buffer *out)
{
    struct buffer line = {0}, more = {0};
    enum odd odd = c->findings[first].odd;
    buffer_char(out, '\n');
    screen_paint(screen, out, TONE_HEAD, words_text(odd_sentences[odd].head));
    buffer_char(out, '\n');
    for (size_t i = first; i < behind && i < first + MOST_SHOWN; i++)
        tell_finding(c, &c->findings[i], screen, out);
    if (behind - first > MOST_SHOWN) {
        words_count(&more, COUNTED_OTHER, behind - first - MOST_SHOWN);
        words_say(&line, POINT_MORE, buffer_text(&more));
        text_wrap(buffer_text(&line), screen->width, 2, 4, out);
    }
    buffer_clear(&line);
    text_wrap(words_text(odd_sentences[odd].mend), screen->width, 2, 2, &line);
    screen_paint(screen, out, TONE_FAINT, buffer_text(&line));
    buffer_release(&line);
    buffer_release(&more);
}

void check_tell(const struct checked *c, const struct opened *o, const struct screen *screen, struct buffer *out)
{
    struct telling t;
    struct buffer line = {0};
    telling_init(&t, o->model, NULL);
    words_say(&line, CHECKED, tell_count(&t, COUNTED_ENTRY, model_entries(o->model)),
              tell_count(&t, COUNTED_VOICE, model_voices(o->model) - 1),
              tell_count(&t, COUNTED_CLAIM, model_claims(o->model)));
    buffer_char(&line, ' ');
    buffer_text_add(&line, words_text(c->count ? WORDS_CHECKED_ODD : WORDS_CHECKED_FINE));
    text_wrap(buffer_text(&line), screen->width, 0, 0, out);
    for (size_t i = 0, behind; i < c->count; i = behind) {
        for (behind = i + 1; behind < c->count && c->findings[behind].odd == c->findings[i].odd;)
            behind++;
        tell_kind(c, i, behind, screen, out);
    }
    buffer_release(&line);
    telling_release(&t);
}

void check_json(const struct checked *c, struct buffer *out)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct finding *f = &c->findings[i];
        buffer_string(out, "{\"entry\":");
        if (f->entry == MODEL_NONE)
            buffer_string(out, "null");
        else
            buffer_number(out, (uint64_t)f->entry + 1);
        buffer_format(out, ",\"odd\":\"%s\",\"what\":", odd_words[f->odd]);
        json_text(out, sentence_of(c, f));
        buffer_string(out, "}\n");
    }
}
