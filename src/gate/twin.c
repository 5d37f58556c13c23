/* The twin: see twin.h. One pass over the log decides for each field what becomes of it; invent.h makes
 * what stands in its place, shift.h moves its date.
 *
 * What is kept is listed; the rest is replaced. So a kind of field that is added to the notation is replaced until
 * somebody decides here that it may be printed. */
#include "gate/twin.h"

#include "base/vector.h"
#include "gate/invent.h"
#include "gate/shift.h"

enum fate {
    FATE_KEPT,
    FATE_ID,
    FATE_NAME,
    FATE_WORDS,
    FATE_AS, /* words, the same for the same description of one voice */
    FATE_PATH,
    FATE_DATE,
    FATE_LOCATOR,
    FATE_DRAFT,
    FATE_DIGITS,
};

struct twin {
    struct model *m;
    const struct terms *terms;
    uint64_t seed;
    struct shifts *shifts;
    /* The entry that is being written: its fields' texts end to end, the fields as offsets into them. */
    struct buffer text;
    VECTOR(struct field) fields;
};

/* An entry, and what of it matters to the fate of its fields. */
struct subject {
    struct model_entry e;
    uint32_t voice, claim, record; /* that it is about, or MODEL_NONE */
    bool counts;
};

static uint32_t number_in(const struct model_entry *e, enum field_kind kind)
{
    const struct field *f = model_field(e, kind);
    return f ? f->at : MODEL_NONE;
}

static struct subject subject_of(const struct model *m, uint32_t entry)
{
    struct subject s = {.e = model_entry(m, entry)};
    s.voice = number_in(&s.e, FIELD_VOICE);
    s.claim = number_in(&s.e, FIELD_CLAIM);
    s.record = number_in(&s.e, FIELD_RECORD);
    s.counts = !s.e.retracted && !s.e.is_void;
    return s;
}

/* Does a field of a declaration still hold: was it neither amended nor retracted since? */
static bool holds(const struct model *m, const struct subject *s, const struct field *f)
{
    enum model_space space = s->e.verb == VERB_VOICE    ? SPACE_VOICE
                             : s->e.verb == VERB_RECORD ? SPACE_RECORD
                                                        : SPACE_CLAIM;
    uint32_t number = space == SPACE_VOICE ? s->voice : space == SPACE_RECORD ? s->record : s->claim, count;
    const struct field *now = model_attribute(m, space, number, (enum field_kind)f->kind, &count);
    return s->counts && now && f >= now && f < now + count;
}

/* Did nobody but voices whose names may be printed make, bring or vouch for a record? */
static bool is_public(const struct twin *t, uint32_t record)
{
    static const enum field_kind people[] = {FIELD_BY, FIELD_FROM, FIELD_VOUCHED_BY};
    for (size_t k = 0; k < sizeof people / sizeof *people; k++) {
        uint32_t count;
        const struct field *of = model_attribute(t->m, SPACE_RECORD, record, people[k], &count);
        for (uint32_t i = 0; i < count; i++)
            if (!terms_public(t->terms, of[i].at))
                return false;
    }
    return true;
}

static bool is_statement(const struct subject *s)
{
    return s->e.verb == VERB_SAY || s->e.verb == VERB_DENY || s->e.verb == VERB_INFER;
}

static bool may_be_quoted(const struct twin *t, const struct subject *s)
{
    return s->counts && is_statement(s) && terms_words(t->terms, s->voice, s->claim);
}

/* May the text of a declaration's field be printed, as far as it still holds? */
static bool may_be_shown(const struct twin *t, const struct subject *s, const struct field *f)
{
    switch (s->e.verb) {
    case VERB_VOICE:
        return terms_public(t->terms, s->voice) && holds(t->m, s, f);
    case VERB_RECORD:
        return is_public(t, s->record) && holds(t->m, s, f);
    case VERB_CLAIM:
        return holds(t->m, s, f);
    default:
        return false;
    }
}

/* A description that may be printed now is kept wherever it stands: terms are compared by it. */
static bool may_describe(const struct twin *t, const struct subject *s, const struct field *f)
{
    struct promise p = terms_of(t->terms, s->voice);
    return terms_described(t->terms, s->voice) && text_equal(p.as, model_field_text(t->m, f));
}

static bool date_is_kept(const struct twin *t, const struct subject *s, const struct field *f)
{
    switch (s->e.verb) {
    case VERB_SAY:
    case VERB_DENY:
        return s->counts && terms_public(t->terms, s->voice);
    case VERB_TERMS:
        return false;
    case VERB_RECORD:
    case VERB_CLAIM:
        return may_be_shown(t, s, f);
    default: /* when somebody was asked, answered, printed, looked */
        return true;
    }
}

static enum fate fate_of_string(const struct twin *t, const struct subject *s, const struct field *f)
{
    switch (f->kind) {
    case FIELD_NAME:
    case FIELD_KNOWN_AS:
        return may_be_shown(t, s, f) ? FATE_KEPT : FATE_NAME;
    case FIELD_TITLE:
    case FIELD_URL:
    case FIELD_SENTENCE:
    case FIELD_PLACE:
        return may_be_shown(t, s, f) ? FATE_KEPT : FATE_WORDS;
    case FIELD_WORDS:
    case FIELD_BECAUSE:
        return may_be_quoted(t, s) ? FATE_KEPT : FATE_WORDS;
    case FIELD_AS:
        return may_describe(t, s, f) ? FATE_KEPT : FATE_AS;
    case FIELD_FILE:
        return FATE_PATH;
    case FIELD_DRAFT:
        return FATE_DRAFT;
    case FIELD_CORRECTION:
    case FIELD_MAKER:
        return FATE_KEPT;
    default: /* contacts, notes, details, reasons, who of the desk looked */
        return FATE_WORDS;
    }
}

static bool is_date(enum field_kind kind)
{
    return kind == FIELD_ON || kind == FIELD_UNTIL || kind == FIELD_DUE || kind == FIELD_ANSWERED;
}

static enum fate fate_of(const struct twin *t, const struct subject *s, const struct field *f)
{
    if (field_space(f->kind) != SPACE_COUNT)
        return FATE_ID;
    if (f->forgotten || !f->length)
        return FATE_KEPT;
    if (is_date(f->kind))
        return date_is_kept(t, s, f) ? FATE_KEPT : FATE_DATE;
    if (f->kind == FIELD_LOCATOR)
        return s->e.verb == VERB_ASK || may_be_quoted(t, s) ? FATE_KEPT : FATE_LOCATOR;
    if (f->kind == FIELD_HASH || f->kind == FIELD_BYTES)
        return FATE_DIGITS;
    return f->kind >= FIELD_TITLE ? fate_of_string(t, s, f) : FATE_KEPT;
}

static void add_id(const struct model *m, uint64_t seed, enum model_space space, uint32_t number, struct buffer *out)
{
    struct chance c = {chance_mix(seed, (uint64_t)space + 1, number)};
    if (space == SPACE_VOICE && number == MODEL_DESK)
        buffer_text_add(out, model_id(m, space, number));
    else
        invent_id(&c, number, out);
}

static void add_locator(struct chance *c, struct text original, struct buffer *out)
{
    uint32_t n = 1 + chance_below(c, 900);
    if (original.at[0] == 'p')
        buffer_format(out, "p.%u", n);
    else if (original.at[0] == '@')
        buffer_format(out, "@%u+%u", n, 1 + chance_below(c, 900));
    else if (original.at[0] == 's')
        buffer_format(out, "s.part%u", n);
    else
        buffer_format(out, "%u:%02u", n, chance_below(c, 60));
}

/* Of a file's hash and size: as many digits, others. */
static void add_digits(struct chance *c, struct text original, struct buffer *out)
{
    for (size_t i = 0; i < original.length; i++)
        buffer_char(out, (char)('1' + chance_below(c, 9)));
}

static void add_draft(const struct twin *t, struct text quoted, struct buffer *out)
{
    struct buffer plain = {0}, draft = {0}, again = {0};
    notation_unescape(quoted, &plain);
    twin_draft(t->m, t->seed, buffer_text(&plain), &draft);
    notation_quote(buffer_text(&draft), &again);
    buffer_add(out, again.at + 1, again.length - 2);
    buffer_release(&plain);
    buffer_release(&draft);
    buffer_release(&again);
}

/* Nothing may stand twice in a list: what is not the first of its kind is told apart by a number. */
static void add_name(struct twin *t, struct chance *c, enum field_kind kind, struct text original)
{
    size_t before = t->fields.count;
    invent_name(c, original, &t->text);
    if (before && t->fields.at[before - 1].kind == kind)
        buffer_format(&t->text, " %zu", before);
}

static void add_text(struct twin *t, const struct subject *s, const struct field *f, struct chance *c)
{
    enum fate fate = fate_of(t, s, f);
    struct text original = fate == FATE_ID ? TEXT("") : model_field_text(t->m, f);
    struct buffer *out = &t->text;
    switch (fate) {
    case FATE_ID:
        add_id(t->m, t->seed, field_space(f->kind), f->at, out);
        break;
    case FATE_NAME:
        add_name(t, c, (enum field_kind)f->kind, original);
        break;
    case FATE_AS:
        c->state = chance_text(chance_mix(t->seed, s->voice, FIELD_AS), original);
        invent_words(c, original, out);
        break;
    case FATE_WORDS:
        invent_words(c, original, out);
        break;
    case FATE_PATH:
        invent_path(c, original, out);
        break;
    case FATE_DATE:
        buffer_text_add(out, shifts_of(t->shifts, original));
        break;
    case FATE_LOCATOR:
        add_locator(c, original, out);
        break;
    case FATE_DRAFT:
        add_draft(t, original, out);
        break;
    case FATE_DIGITS:
        add_digits(c, original, out);
        break;
    case FATE_KEPT:
        buffer_text_add(out, original);
    }
}

static void end_field(struct twin *t, struct field f, size_t start)
{
    f.at = (uint32_t)start;
    f.length = (t->text.length - start) & 0xffffff;
    vector_push(&t->fields, f);
}

/* One more of a kind that may be there or not. */
static void add_further(struct twin *t, enum field_kind kind, struct chance *c)
{
    size_t start = t->text.length;
    if (kind == FIELD_KNOWN_AS)
        add_name(t, c, kind, TEXT(""));
    else
        invent_words(c, TEXT(""), &t->text);
    end_field(t, (struct field){.kind = kind & 127}, start);
}

static bool is_left_out(const struct subject *s, const struct field *f, struct chance *c)
{
    bool may_go = (f->kind == FIELD_NOTE || f->kind == FIELD_WHY) && !f->forgotten;
    return may_go && s->e.verb != VERB_ATTEST && chance_below(c, 3) == 0;
}

static bool is_last_of_kind(const struct subject *s, uint32_t i)
{
    return i + 1 == s->e.count || s->e.fields[i + 1].kind != s->e.fields[i].kind;
}

static void write_fields(struct twin *t, const struct subject *s, struct chance *c)
{
    for (uint32_t i = 0; i < s->e.count; i++) {
        const struct field *f = &s->e.fields[i];
        size_t start = t->text.length;
        if (is_left_out(s, f, c))
            continue;
        add_text(t, s, f, c);
        end_field(t, *f, start);
        if (f->kind == FIELD_KNOWN_AS && is_last_of_kind(s, i) && !f->forgotten && fate_of(t, s, f) == FATE_NAME &&
            chance_below(c, 2))
            add_further(t, FIELD_KNOWN_AS, c);
    }
}

/* How many secrets a voice has is a secret too. */
static void write_further(struct twin *t, const struct subject *s, struct chance *c)
{
    static const enum field_kind further[] = {FIELD_KNOWN_AS, FIELD_CONTACT, FIELD_NOTE};
    for (size_t k = 0; s->e.verb == VERB_VOICE && k < sizeof further / sizeof *further; k++) {
        bool may = further[k] == FIELD_NOTE || !terms_public(t->terms, s->voice); /* a subject stays one */
        if (may && !model_field(&s->e, further[k]) && chance_below(c, 3) == 0)
            add_further(t, further[k], c);
    }
}

static void write_entry(struct twin *t, uint32_t n, struct buffer *out)
{
    struct subject s = subject_of(t->m, n);
    struct chance c = {chance_mix(t->seed, 0, n)};
    buffer_clear(&t->text);
    t->fields.count = 0;
    write_fields(t, &s, &c);
    write_further(t, &s, &c);
    struct entry e = {.verb = s.e.verb,
                      .length = (uint32_t)t->text.length,
                      .fields = t->fields.at,
                      .count = (uint32_t)t->fields.count};
    notation_print(&e, buffer_text(&t->text), out);
}

static void find_dates(struct twin *t)
{
    t->shifts = shifts_new();
    shifts_add(t->shifts, terms_as_of(t->terms), true);
    for (uint32_t n = 0; n < model_entries(t->m); n++) {
        struct subject s = subject_of(t->m, n);
        for (uint32_t i = 0; i < s.e.count; i++)
            if (is_date(s.e.fields[i].kind))
                shifts_add(t->shifts, model_field_text(t->m, &s.e.fields[i]), date_is_kept(t, &s, &s.e.fields[i]));
    }
    shifts_settle(t->shifts, t->seed);
}

void twin_write(struct model *m, const struct terms *terms, uint64_t seed, struct buffer *out)
{
    struct twin t = {.m = m, .terms = terms, .seed = seed};
    find_dates(&t);
    for (uint32_t n = 0; n < model_entries(m); n++)
        write_entry(&t, n, out);
    shifts_free(t.shifts);
    buffer_release(&t.text);
    vector_release(&t.fields);
}

/* ---- drafts ---- */

static bool in_id(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

static struct text id_at(struct text t, size_t at)
{
    size_t end = at;
    while (end < t.length && in_id(t.at[end]))
        end++;
    return (struct text){t.at + at, end - at};
}

/* The bracket that ends a citation which starts at `at`; 0 where none does: its first word is no claim, it holds
 * anything but words, or it is the text of a link. */
static size_t citation_end(const struct model *m, struct text t, size_t at)
{
    size_t end = at + 1;
    if (model_find(m, SPACE_CLAIM, id_at(t, at + 1)) == MODEL_NONE)
        return 0;
    while (end < t.length && (in_id(t.at[end]) || strchr(" \t\r\n,;", t.at[end])))
        end++;
    bool closed = end < t.length && t.at[end] == ']';
    return closed && !(end + 1 < t.length && (t.at[end + 1] == '(' || t.at[end + 1] == ':')) ? end : 0;
}

static void add_cited(const struct model *m, uint64_t seed, struct text id, bool first, struct buffer *out)
{
    uint32_t voice = first ? MODEL_NONE : model_find(m, SPACE_VOICE, id);
    uint32_t claim = voice == MODEL_NONE ? model_find(m, SPACE_CLAIM, id) : MODEL_NONE;
    if (voice != MODEL_NONE)
        add_id(m, seed, SPACE_VOICE, voice, out);
    else if (claim != MODEL_NONE)
        add_id(m, seed, SPACE_CLAIM, claim, out);
    else
        buffer_text_add(out, id);
}

/* Both of these add what starts at `at` as it is to be and return where it ends. */
static size_t add_citation(const struct model *m, uint64_t seed, struct text t, size_t at, size_t end,
                           struct buffer *out)
{
    for (size_t i = at; i < end;) {
        struct text id = id_at(t, i);
        if (id.length)
            add_cited(m, seed, id, i == at + 1, out);
        else
            buffer_char(out, t.at[i]);
        i += id.length ? id.length : 1;
    }
    return end;
}

static size_t add_picture(const struct model *m, uint64_t seed, struct text t, size_t at, struct buffer *out)
{
    size_t start = at + (at < t.length && t.at[at] == '<');
    struct text id = id_at(t, start);
    uint32_t record = model_find(m, SPACE_RECORD, id);
    if (record == MODEL_NONE)
        return at;
    buffer_add(out, t.at + at, start - at);
    add_id(m, seed, SPACE_RECORD, record, out);
    return start + id.length;
}

void twin_draft(const struct model *m, uint64_t seed, struct text draft, struct buffer *out)
{
    for (size_t i = 0; i < draft.length;) {
        bool escaped = i > 0 && draft.at[i - 1] == '\\';
        size_t end = draft.at[i] == '[' && !escaped ? citation_end(m, draft, i) : 0;
        if (end) {
            i = add_citation(m, seed, draft, i, end, out);
            continue;
        }
        buffer_char(out, draft.at[i++]);
        if (i >= 2 && draft.at[i - 2] == ']' && draft.at[i - 1] == '(')
            i = add_picture(m, seed, draft, i, out);
    }
}
