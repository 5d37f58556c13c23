/* Secrets: what must not come out of a case, and whether a draft gives any of it away.
 *
 * Ids are left out: no page has any by construction, and an id such as `officer` is an ordinary word. Of an on-record
 * voice the name and known-as are no secrets; contact, note and protected details of everybody are. */
#include "gate/inside.h"
#include "gate/mixed.h"

#include <inttypes.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { LONG_NOTE = 4 /* words, from which on a sentence of a note is a secret by itself */ };

/* ---- the index ---- */

struct adding {
    struct gate *g;
    struct secrets *s;
};

static size_t count_words(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.length; i++)
        count += t.at[i] != ' ' && (i == 0 || t.at[i - 1] == ' ');
    return count;
}

static bool next_point(struct text t, int32_t *i, UChar32 *c)
{
    if (*i >= (int32_t)t.length)
        return false;
    U8_NEXT(t.at, *i, (int32_t)t.length, *c);
    return true;
}

/* A name, as against a description: every word but the small ones between is written with a capital, and it does not
 * open with an article. Where a script has no capitals, up to four words are a name. */
static bool is_name(struct text t)
{
    static const char *const small[] = {"de",  "da",  "di",  "do",   "dos", "del", "della", "der", "den", "van",
                                        "von", "bin", "ibn", "bint", "al",  "el",  "ben",   "la",  "le",  "ter"};
    static const char *const articles[] = {"A",   "An",  "The",  "One", "Some", "Un",
                                           "Une", "Ein", "Eine", "El",  "Der",  "Die"};
    size_t words = 0, start = 0;
    if (t.length > INT32_MAX)
        return false;
    while (start < t.length) {
        size_t end = start;
        while (end < t.length && t.at[end] != ' ')
            end++;
        struct text word = {t.at + start, end - start};
        start = end + 1;
        if (!word.length)
            continue;
        UChar32 first = 0;
        int32_t i = 0;
        next_point(word, &i, &first);
        bool is_small = false;
        for (size_t k = 0; k < sizeof small / sizeof *small; k++)
            is_small |= words > 0 && text_equal(word, text_of(small[k]));
        for (size_t k = 0; words == 0 && k < sizeof articles / sizeof *articles; k++)
            if (text_equal(word, text_of(articles[k])) && end < t.length)
                return false;
        if (u_islower(first) && !is_small)
            return false;
        words++;
    }
    return words > 0 && words <= 4;
}

/* The words of a description that can be a role: "nurse", "harbour". */
static void add_roles(struct adding *a, struct text description, uint32_t voice)
{
    size_t start = 0;
    while (start < description.length) {
        size_t end = start;
        while (end < description.length && !strchr(" ,.;'", description.at[end]))
            end++;
        if (end - start >= 4)
            secrets_add_role(a->s, (struct text){description.at + start, end - start}, voice);
        start = end + 1;
    }
}

static void add_note(struct adding *a, struct text note, uint32_t voice)
{
    secrets_add(a->s, SECRET_DETAIL, note, voice);
    size_t start = 0;
    for (size_t i = 0; i <= note.length; i++) {
        if (i < note.length && !strchr(".;!?\n", note.at[i]))
            continue;
        struct text part = {note.at + start, i - start};
        if (part.length < note.length && count_words(part) >= LONG_NOTE)
            secrets_add(a->s, SECRET_DETAIL, part, voice);
        start = i + 1;
    }
}

/* A name of one word is a secret as it stands, however common it is: "Ana" may be all that the desk calls her. */
static void add_name(struct adding *a, enum secret_kind kind, struct text name, uint32_t voice)
{
    secrets_add(a->s, kind, name, voice);
    if (kind == SECRET_NAME && count_words(name) == 1)
        secrets_add(a->s, SECRET_DETAIL, name, voice);
}

static void add_voice_field(struct adding *a, const struct model_entry *e, const struct field *f, uint32_t voice)
{
    struct text t = gate_string(a->g, f);
    bool is_public = terms_public(a->g->terms, voice);
    if (!t.length)
        return;
    switch (f->kind) {
    case FIELD_NAME:
        if (is_public) {
            secrets_allow(a->s, t);
        } else {
            add_name(a, is_name(t) ? SECRET_NAME : SECRET_DETAIL, t, voice);
            add_roles(a, t, voice);
        }
        break;
    case FIELD_KNOWN_AS:
        if (is_public)
            secrets_allow(a->s, t);
        else
            add_name(a, SECRET_NAME, t, voice);
        break;
    case FIELD_CONTACT:
        secrets_add(a->s, SECRET_CONTACT, t, voice);
        break;
    case FIELD_NOTE:
        if (e->verb == VERB_VOICE)
            add_note(a, t, voice);
        break;
    case FIELD_DETAIL:
        secrets_add(a->s, SECRET_DETAIL, t, voice);
        break;
    case FIELD_WHY:
        if (e->verb == VERB_PROTECT && count_words(t) >= LONG_NOTE)
            secrets_add(a->s, SECRET_DETAIL, t, voice);
        break;
    case FIELD_AS:
        if (text_equal(model_field_text(a->g->m, f), terms_of(a->g->terms, voice).as) &&
            terms_described(a->g->terms, voice)) {
            secrets_allow(a->s, t);
            add_roles(a, t, voice);
        }
        break;
    default:
        break;
    }
}

static struct text last_part(struct text path)
{
    size_t start = path.length;
    while (start > 0 && path.at[start - 1] != '/' && path.at[start - 1] != '\\')
        start--;
    return (struct text){path.at + start, path.length - start};
}

/* A file's name is a secret whoever brought it; an address only where somebody protected made or brought what is there.
 */
static void add_record(struct adding *a, const struct model_entry *e)
{
    struct model *m = a->g->m;
    uint32_t record = model_field(e, FIELD_RECORD)->at, owner = OWNER_NOBODY;
    static const enum field_kind people[] = {FIELD_BY, FIELD_FROM};
    for (size_t k = 0; k < 2; k++) {
        uint32_t count;
        const struct field *f = model_attribute(m, SPACE_RECORD, record, people[k], &count);
        if (count && gate_protects(a->g, f->at))
            owner = f->at;
    }
    struct text file = gate_string(a->g, model_field(e, FIELD_FILE)),
                url = gate_string(a->g, model_field(e, FIELD_URL));
    if (file.length)
        secrets_add(a->s, SECRET_FILE, file, owner);
    if (file.length && last_part(file).length && last_part(file).length < file.length)
        secrets_add(a->s, SECRET_FILE, last_part(file), owner);
    if (url.length && owner != OWNER_NOBODY)
        secrets_add(a->s, SECRET_CONTACT, url, owner);
}

/* Amended and retracted ones too: what was a secret stays one. */
static void add_entry(struct adding *a, uint32_t n)
{
    struct model_entry e = model_entry(a->g->m, n);
    if (e.verb == VERB_RECORD)
        add_record(a, &e);
    if (e.verb != VERB_VOICE && e.verb != VERB_PROTECT && e.verb != VERB_TERMS)
        return;
    uint32_t voice = model_field(&e, FIELD_VOICE)->at;
    for (uint32_t i = 0; i < e.count; i++)
        add_voice_field(a, &e, &e.fields[i], voice);
}

struct secrets *secrets_of_case(struct gate *g)
{
    struct adding a = {g, secrets_new()};
    for (uint32_t n = 0; n < model_entries(g->m); n++)
        add_entry(&a, n);
    secrets_ready(a.s);
    return a.s;
}

/* ---- the draft ---- */

static const char *kind_words(enum secret_kind k)
{
    switch (k) {
    case SECRET_NAME:
        return "the name of somebody who is not on record";
    case SECRET_CONTACT:
        return "a way to reach somebody";
    case SECRET_FILE:
        return "the name of a file of the case";
    default:
        return "a protected detail";
    }
}

static const char *kind_mend(enum secret_kind k)
{
    switch (k) {
    case SECRET_NAME:
        return "leave it out, or call the voice by the description that was agreed with it (terms … as)";
    case SECRET_FILE:
        return "leave it out: a picture is cited by its record's id alone";
    default:
        return "leave it out; other words for the same would pass here and give it away all the same";
    }
}

/* How many words stand before byte `at`, and one. */
static size_t word_number(struct text t, size_t at)
{
    return count_words((struct text){t.at, at}) + (at == 0 || t.at[at - 1] == ' ');
}

static void add_find(struct checking *c, struct place place, struct text t, const struct secret_find *f,
                     const char *where)
{
    const char *how = f->how == HOW_PLAIN ? "" : secret_how_words(f->how);
    size_t word = word_number(t, f->start);
    if (f->near) {
        warn(c, CHECK_SECRETS, place, "%s, from word %zu on: close to %s%s%s", where, word, kind_words(f->kind),
             *how ? ", " : "", how);
        refuse_mend(c, "look whether it is; if so, leave it out");
        return;
    }
    refuse(c, CHECK_SECRETS, place, "%s gives away %s%s%s, from word %zu on", where, kind_words(f->kind),
           *how ? ", " : "", how, word);
    refuse_mend(c, "%s", kind_mend(f->kind));
}

/* One of each kind a text, and a hit before a near one: a name of two words is one secret. */
static void find_in(struct checking *c, struct place place, struct text t, const char *where)
{
    secret_finds finds = {0};
    size_t at;
    uint32_t sign;
    if (!c->gate->secrets || !t.length)
        return;
    if (secrets_hidden_sign(t, &at, &sign)) {
        refuse(c, CHECK_SECRETS, place, "%s holds a sign that is not seen, U+%04" PRIX32 ", at word %zu", where, sign,
               word_number(t, at));
        refuse_mend(c, "take it out: unseen signs can mark a copy, and show who passed it on");
    }
    if (mixed_find(t, &at)) {
        refuse(c, CHECK_SECRETS, place, "%s holds a word of letters from two alphabets that look alike, word %zu",
               where, word_number(t, at));
        refuse_mend(c, "write the word anew: such a letter can mark a copy, and show who passed it on");
    }
    secrets_find(c->gate->secrets, t, &finds);
    bool told[2][SECRET_FILE + 1] = {{false}};
    for (int near = 0; near < 2; near++)
        for (size_t i = 0; i < finds.count; i++) {
            const struct secret_find *f = &finds.at[i];
            if (f->near != near || told[0][f->kind] || told[near][f->kind])
                continue;
            told[near][f->kind] = true;
            add_find(c, place, t, f, where);
        }
    vector_release(&finds);
}

/* What runs over the end of a sentence: a name whose halves stand on both sides of a full stop. */
static void find_across(struct checking *c, const struct draft_block *b)
{
    struct buffer joined = {0};
    VECTOR(size_t) ends = {0};
    for (uint32_t i = 0; i < b->count; i++) {
        buffer_string(&joined, i ? " " : "");
        buffer_text_add(&joined, c->draft.sentences.at[b->first + i].text);
        vector_push(&ends, joined.length);
    }
    secret_finds finds = {0};
    secrets_find(c->gate->secrets, buffer_text(&joined), &finds);
    for (size_t i = 0, s = 0; i < finds.count; i++) {
        const struct secret_find *f = &finds.at[i];
        while (s + 1 < ends.count && ends.at[s] <= f->start)
            s++;
        if (f->near || f->end <= ends.at[s])
            continue;
        size_t start = s ? ends.at[s - 1] + 1 : 0;
        struct secret_find inside = *f;
        inside.start -= start;
        add_find(c, place_of_sentence(c, b->first + s), c->draft.sentences.at[b->first + s].text, &inside,
                 "this and the next sentence together");
    }
    vector_release(&finds);
    vector_release(&ends);
    buffer_release(&joined);
}

static void check_block(struct checking *c, const struct draft_block *b)
{
    for (uint32_t i = 0; i < b->count; i++) {
        const struct sentence *s = &c->draft.sentences.at[b->first + i];
        struct place place = place_of_sentence(c, b->first + i);
        find_in(c, place, s->text, "this sentence");
        for (uint32_t k = 0; k < s->spans; k++)
            find_in(c, place, c->draft.spans.at[s->first_span + k].href, "the address of a link");
    }
    if (b->count > 1)
        find_across(c, b);
}

static void check_draft_media(struct checking *c, const struct draft_media *media)
{
    struct place place = {media->line, media->column, TEXT("")};
    find_in(c, place, media->alt, "the words for those who do not see the picture");
    find_in(c, place, media->caption, "the caption");
}

void check_secrets(struct checking *c)
{
    if (!c->gate->secrets)
        return;
    for (size_t i = 0; i < c->draft.blocks.count; i++)
        if (c->draft.blocks.at[i].kind != DRAFT_MEDIA)
            check_block(c, &c->draft.blocks.at[i]);
    for (size_t i = 0; i < c->draft.media.count; i++)
        check_draft_media(c, &c->draft.media.at[i]);
    for (size_t i = 0; i < c->draft.settings.count; i++) {
        struct place place = {c->draft.settings.at[i].line, 1, TEXT("")};
        find_in(c, place, c->draft.settings.at[i].value, "this setting");
    }
    if (!draft_setting(&c->draft, "slug").length)
        find_in(c, (struct place){0, 0, TEXT("")}, c->slug, "the article's name in addresses");
    find_in(c, (struct place){0, 0, TEXT("")}, c->request->correction, "the correction");
}

/* ---- what the page adds of the case's own ---- */

void check_composed(struct checking *c)
{
    struct article *a = &c->out->article;
    for (size_t i = 0; i < a->findings.count; i++) {
        struct finding *f = &a->findings.at[i];
        struct place place = place_of_used(c, &c->used.at[i]);
        find_in(c, place, f->sentence, "the claim's own sentence, which is printed under 'how we know',");
        for (uint32_t k = 0; k < f->bearers; k++) {
            find_in(c, place, a->bearers.at[f->first_bearer + k].who, "what a voice is called under 'how we know'");
            find_in(c, place, a->bearers.at[f->first_bearer + k].words, "the words quoted");
        }
        for (uint32_t k = 0; k < f->denials; k++) {
            find_in(c, place, a->denials.at[f->first_denial + k].who, "what a voice that denies it is called");
            find_in(c, place, a->denials.at[f->first_denial + k].words, "the words of the denial");
        }
        for (uint32_t k = 0; k < f->hearings; k++)
            find_in(c, place, a->hearings.at[f->first_hearing + k].who, "what a voice that was asked is called");
    }
    for (size_t i = 0; i < a->transcript.count; i++) {
        find_in(c, (struct place){0, 0, TEXT("")}, a->transcript.at[i].words, "a line of a transcript");
        find_in(c, (struct place){0, 0, TEXT("")}, a->transcript.at[i].speaker, "the speaker of a transcript's line");
    }
}
