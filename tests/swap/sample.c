/* Random cases and drafts: see sample.h. */
#include "sample.h"

enum { VOICES = 7, RECORDS = 4, CLAIMS = 5 };

struct making {
    struct chance chance;
    struct buffer *out;
    uint32_t voices, records, claims;
};

#define PICK(m, list) list[chance_below(&(m)->chance, sizeof(list) / sizeof *(list))]

static bool maybe(struct making *m, uint32_t percent)
{
    return chance_below(&m->chance, 100) < percent;
}

static void add(struct making *m, const char *s)
{
    buffer_string(m->out, s);
}

/* ---- names ---- */

static const char *const people[] = {"Ilze Brandt-Okoro",
                                     "Тимур Ягодин",
                                     "Саодат Якубжонова",
                                     "Шохрух Эргашев",
                                     "سامان رستگار",
                                     "ליאור בן-דוד",
                                     "Ġorġ Żahra",
                                     "Nguyễn Thị Vân",
                                     "O'Dalaigh",
                                     "Маргарита Львовна Щукина",
                                     "Þóra",
                                     "Keiko Ōtani",
                                     "Élodie d'Aubigny",
                                     "Jerzy Śliwiński",
                                     "X"};
static const char *const roles[] = {"A night porter at the weaving mill",
                                    "The second book-keeper",
                                    "Бывший сотрудник склада",
                                    "An officer who was on the quay",
                                    "Sobiq ombor mudiri",
                                    "A nurse of ward nine",
                                    "کارمند بایگانی"};
static const char *const descriptions[] = {"a former employee",     "somebody who saw it",    "a person at the mill",
                                           "сотрудник предприятия", "a relative of a worker", "a clerk"};
static const char *const contacts[] = {"+998 71 200 11 22", "quay@letters.example", "through the cousin, Sundays",
                                       "@saltmarsh", "https://drop.example/ana"};
static const char *const details[] = {"the linen room",      "Harbour Street 14", "2029-11-03",  "нового корпуса",
                                      "limped since spring", "unit 4471",         "blue bicycle"};
static const char *const notes[] = {"Met twice, afraid of the porter", "пишет по вторникам",
                                    "has a sister in the registry", "do not ring"};
static const char *const sentences[] = {"The doors of the weaving hall were locked",
                                        "Nine crates went to the river depot",
                                        "The management had ordered it",
                                        "Двери цеха были заперты снаружи",
                                        "The ledger for March was rewritten",
                                        "Omborda yong‘in chiqqan",
                                        "Overtime was never paid",
                                        "The inspector was not let in",
                                        "Склад опечатали за день до проверки"};
static const char *const words[] = {"It was dark, and then it was loud.",
                                    "Нам велели молчать.",
                                    "I counted them twice.",
                                    "Nobody asked us.",
                                    "Men hammasini ko‘rdim.",
                                    "They came before dawn & left late.",
                                    "He said <go home>."};
static const char *const grounds[] = {"", " saw", " did", " saw", " unstated"};
static const char *const folders[] = {"talks", "scans", "from-ana", "2030", "шкаф"};
static const char *const endings[] = {"wav", "jpg", "png", "pdf", "mp3"};

static void add_string(struct making *m, const char *s)
{
    notation_quote(text_of(s), m->out);
}

static void add_name(struct making *m)
{
    if (maybe(m, 35)) {
        struct buffer name = {0};
        invent_name(&m->chance, TEXT("a"), &name);
        add_string(m, name.at);
        buffer_release(&name);
    } else {
        add_string(m, maybe(m, 30) ? PICK(m, roles) : PICK(m, people));
    }
}

static const char *const voice_ids[VOICES] = {"mill", "ana", "bek-2", "zed", "porter", "q7", "madina"};
static const char *const record_ids[RECORDS] = {"talk", "photo-ana", "ledger", "letter"};
static const char *const claim_ids[CLAIMS] = {"locked", "c2", "ordered", "ledger", "a.pay"};

static void add_date(struct making *m, unsigned from_year, unsigned years)
{
    unsigned year = from_year + chance_below(&m->chance, years), month = 1 + chance_below(&m->chance, 12);
    buffer_format(m->out, "%u", year);
    if (maybe(m, 90))
        buffer_format(m->out, "-%02u", month);
    else
        return;
    if (maybe(m, 90))
        buffer_format(m->out, "-%02u", 1 + chance_below(&m->chance, 28));
    else
        return;
    if (maybe(m, 10))
        buffer_format(m->out, "T%02u:%02uZ", chance_below(&m->chance, 24), chance_below(&m->chance, 60));
}

static void add_on(struct making *m, uint32_t percent)
{
    if (!maybe(m, percent))
        return;
    add(m, "\n    on ");
    add_date(m, 2029, 2);
}

static const char *any_voice(struct making *m)
{
    return voice_ids[chance_below(&m->chance, m->voices)];
}

static const char *any_person(struct making *m)
{
    return voice_ids[1 + chance_below(&m->chance, m->voices - 1)];
}

static const char *any_claim(struct making *m)
{
    return claim_ids[chance_below(&m->chance, m->claims)];
}

static void add_attribute(struct making *m, uint32_t percent, const char *name, const char *value)
{
    if (!maybe(m, percent))
        return;
    buffer_format(m->out, "\n    %s ", name);
    add_string(m, value);
}

/* ---- the case ---- */

static void add_voice(struct making *m, uint32_t v)
{
    buffer_format(m->out, "voice %s ", voice_ids[v]);
    add_name(m);
    if (v && maybe(m, 25))
        add(m, "\n    of mill");
    if (v && maybe(m, 60)) {
        add(m, "\n    known-as ");
        add_name(m);
    }
    add_attribute(m, 40, "contact", PICK(m, contacts));
    add_attribute(m, 40, "note", PICK(m, notes));
    add(m, "\n");
}

static void add_record(struct making *m, uint32_t r)
{
    static const char *const kinds[RECORDS] = {"audio", "image", "document", "message"};
    buffer_format(m->out, "record %s %s ", record_ids[r], kinds[r]);
    add_string(m, maybe(m, 50) ? PICK(m, sentences) : PICK(m, people));
    if (maybe(m, 80)) {
        struct buffer path = {0};
        buffer_format(&path, "%s/%s.%s", PICK(m, folders), any_voice(m), PICK(m, endings));
        add_attribute(m, 100, "file", path.at);
        buffer_release(&path);
    }
    if (maybe(m, 30))
        buffer_format(m->out, "\n    by %s", any_voice(m));
    if (maybe(m, 60))
        buffer_format(m->out, "\n    from %s", any_voice(m));
    add_on(m, 60);
    add_attribute(m, 30, "note", PICK(m, notes));
    add(m, "\n");
}

static void add_claim(struct making *m, uint32_t c)
{
    buffer_format(m->out, "claim %s ", claim_ids[c]);
    add_string(m, sentences[(c * 2 + chance_below(&m->chance, 2)) % (sizeof sentences / sizeof *sentences)]);
    if (maybe(m, 40))
        add(m, "\n    accuses mill");
    add_on(m, 40);
    add_attribute(m, 30, "note", PICK(m, notes));
    add(m, "\n");
}

static void add_statement(struct making *m, const char *verb, const char *voice, const char *claim)
{
    buffer_format(m->out, "%s %s %s", verb, voice, claim);
    while (maybe(m, 20))
        buffer_format(m->out, " told-by %s", any_voice(m));
    add(m, PICK(m, grounds));
    if (maybe(m, 50))
        buffer_format(m->out, " at %s %u:%02u", record_ids[chance_below(&m->chance, m->records)],
                      chance_below(&m->chance, 90), chance_below(&m->chance, 60));
    if (maybe(m, 60)) {
        add(m, " ");
        add_string(m, PICK(m, words));
    }
    add_on(m, 50);
    add_attribute(m, 15, "note", PICK(m, notes));
    add(m, "\n");
}

static void add_statements(struct making *m)
{
    for (uint32_t c = 0; c < m->claims; c++) {
        for (uint32_t n = 1 + chance_below(&m->chance, 4); n; n--)
            add_statement(m, "say", any_person(m), claim_ids[c]);
        if (maybe(m, 30))
            add_statement(m, "deny", maybe(m, 70) ? "mill" : any_voice(m), claim_ids[c]);
        if (c && maybe(m, 15))
            buffer_format(m->out, "infer %s %s from %s\n", maybe(m, 50) ? "desk" : any_person(m), claim_ids[c],
                          claim_ids[c - 1]);
    }
    if (maybe(m, 20))
        buffer_format(m->out, "same? %s %s\n", voice_ids[1], voice_ids[2]);
}

static void add_terms(struct making *m, const char *voice, uint32_t on_record)
{
    static const char *const terms[] = {"off-record", "background", "unattributed", "unattributed", "on-record"};
    buffer_format(m->out, "terms %s %s", voice, maybe(m, on_record) ? "on-record" : PICK(m, terms));
    add_on(m, 40);
    if (maybe(m, 60))
        buffer_format(m->out, "\n    at %s 0:%02u", record_ids[0], chance_below(&m->chance, 60));
    if (maybe(m, 15)) {
        add(m, "\n    until ");
        add_date(m, 2030, 3);
    }
    if (maybe(m, 15))
        buffer_format(m->out, "\n    only %s", any_claim(m));
    add_attribute(m, 85, "as", PICK(m, descriptions));
    add(m, "\n");
}

static void add_promises(struct making *m)
{
    for (uint32_t v = 0; v < m->voices; v++) {
        if (maybe(m, v == 0 ? 65 : 90))
            add_terms(m, voice_ids[v], v == 0 ? 70 : 0);
        while (maybe(m, v == 0 ? 10 : 25))
            add_terms(m, voice_ids[v], 0);
        if (maybe(m, 35)) {
            buffer_format(m->out, "protect %s ", voice_ids[v]);
            add_string(m, PICK(m, details));
            add_attribute(m, 40, "why", PICK(m, notes));
            add(m, "\n");
        }
    }
}

static void add_hearings(struct making *m)
{
    for (uint32_t c = 0; c < m->claims; c++) {
        if (maybe(m, 5))
            continue;
        buffer_format(m->out, "ask mill %s\n    on ", claim_ids[c]);
        add_date(m, 2030, 1);
        add(m, "\n    by 2031-02");
        if (maybe(m, 30))
            add(m, "\n    answered 2031-01-20");
        add(m, "\n");
    }
}

/* So that standing seldom holds a draft back: it is not what is tried here. */
static void add_rules(struct making *m)
{
    add(m, maybe(m, 80) ? "rule print people >= 1\n" : "rule print cautious >= 2, asked\n");
    add(m, "rule allege any >= 1\n");
}

/* What is amended or retracted later, and what was printed before. */
static void add_changes(struct making *m)
{
    for (uint32_t c = 0; c < m->claims; c++)
        if (maybe(m, 12)) {
            buffer_format(m->out, "claim %s ", claim_ids[c]);
            add_string(m, PICK(m, sentences));
            add(m, "\n    amends\n");
        }
    for (uint32_t v = 0; v < m->voices; v++)
        if (maybe(m, 12)) {
            buffer_format(m->out, "voice %s ", voice_ids[v]);
            add_name(m);
            add(m, "\n    amends\n");
        }
    if (maybe(m, 15)) {
        buffer_format(m->out, "printed story-0 \"# An older version [desk]\\n\\nIt was dark [%s %s].\"", any_claim(m),
                      any_voice(m));
        add(m, "\n    on 2031-04-0");
        buffer_format(m->out, "%u\n", 1 + chance_below(&m->chance, 9));
    }
    if (maybe(m, 10))
        buffer_format(m->out, "retract %u\n", 1 + m->voices + m->records + m->claims + chance_below(&m->chance, 3) + 1);
}

static void add_attestations(struct making *m)
{
    static const char *const of_records[] = {"background", "camera", "voice", "hum"}, *const of_articles[] = {
                                                                                          "wording", "jigsaw",
                                                                                          "guesses", "style"};
    for (size_t k = 0; k < 4; k++) {
        for (uint32_t r = 0; r < m->records; r++)
            buffer_format(m->out, "attest %s %s \"%s\"\n    on 2031-05-02\n", of_records[k], record_ids[r],
                          PICK(m, people));
        for (unsigned a = 0; a < 2; a++)
            buffer_format(m->out, "attest %s story-%u \"%s\"\n    on 2031-05-02\n", of_articles[k], a, PICK(m, people));
    }
}

void sample_case(uint64_t seed, struct buffer *out)
{
    struct making m = {.chance = {seed}, .out = out};
    m.voices = 3 + chance_below(&m.chance, VOICES - 2);
    m.records = 2 + chance_below(&m.chance, RECORDS - 1);
    m.claims = 2 + chance_below(&m.chance, CLAIMS - 1);
    add(&m, "case ");
    add_name(&m);
    add(&m, "\n    language en\n");
    for (uint32_t v = 0; v < m.voices; v++)
        add_voice(&m, v);
    for (uint32_t r = 0; r < m.records; r++)
        add_record(&m, r);
    for (uint32_t c = 0; c < m.claims; c++)
        add_claim(&m, c);
    add_statements(&m);
    add_promises(&m);
    add_hearings(&m);
    add_rules(&m);
    add_changes(&m);
    add_attestations(&m);
}

/* ---- drafts ---- */

static const char *const openings[] = {"The desk has looked into this for a year.",
                                       "What follows rests on talks and papers.", "Мы говорили со многими людьми.",
                                       "Nothing of this was easy to establish."};

/* A string of the case as words of a draft: what CommonMark would take for markup gets a backslash. */
static void add_words(struct making *m, struct text escaped)
{
    struct buffer plain = {0};
    notation_unescape(escaped, &plain);
    for (size_t i = 0; i < plain.length; i++) {
        if (strchr("\\`*_[]<>&#", plain.at[i]))
            buffer_char(m->out, '\\');
        buffer_char(m->out, plain.at[i]);
    }
    buffer_release(&plain);
}

static void add_sentence(struct making *m, struct model *model, uint32_t claim)
{
    add_words(m, model_attribute_text(model, SPACE_CLAIM, claim, FIELD_SENTENCE));
}

static void add_cited(struct making *m, const struct model *model, uint32_t claim, uint32_t voice)
{
    buffer_format(m->out, " [%.*s", TEXT_ARG(model_id(model, SPACE_CLAIM, claim)));
    if (voice != MODEL_NONE)
        buffer_format(m->out, " %.*s", TEXT_ARG(model_id(model, SPACE_VOICE, voice)));
    add(m, "]. ");
}

/* The name or the description that may be printed, as it stands in the notation; "" where neither may. */
static struct text called(const struct model *model, const struct terms *terms, uint32_t voice)
{
    if (terms_public(terms, voice))
        return model_attribute_text(model, SPACE_VOICE, voice, FIELD_NAME);
    return terms_described(terms, voice) ? terms_of(terms, voice).as : TEXT("");
}

/* What a statement lets the draft say: “WORDS”, said NAME [claim voice]. */
static void add_said(struct making *m, struct model *model, const struct terms *terms, const struct model_entry *e)
{
    uint32_t voice = model_field(e, FIELD_VOICE)->at, claim = model_field(e, FIELD_CLAIM)->at;
    struct text who = called(model, terms, voice), quoted = model_field_text(model, model_field(e, FIELD_WORDS));
    bool may_quote = terms_words(terms, voice, claim) && quoted.length && maybe(m, 70);
    if (!terms_words(terms, voice, claim) || e->verb != VERB_SAY || !who.length)
        return;
    if (may_quote) {
        add(m, "“");
        add_words(m, quoted);
        add(m, "” said ");
        add_words(m, who);
    } else {
        add_sentence(m, model, claim);
        add(m, ", according to ");
        add_words(m, who);
    }
    add_cited(m, model, claim, voice);
}

/* Statements, and a denial of each claim that is spoken of: an article owes it. */
static void add_statements_of(struct making *m, struct model *model, const struct terms *terms, uint32_t percent)
{
    for (uint32_t n = 0; n < model_entries(model); n++) {
        struct model_entry e = model_entry(model, n);
        if ((e.verb == VERB_SAY || e.verb == VERB_DENY) && maybe(m, percent))
            add_said(m, model, terms, &e);
    }
    for (uint32_t n = 0; n < model_entries(model); n++) {
        struct model_entry e = model_entry(model, n);
        if (e.verb != VERB_DENY || !maybe(m, 90))
            continue;
        uint32_t voice = model_field(&e, FIELD_VOICE)->at;
        struct text who = called(model, terms, voice);
        if (!who.length)
            continue;
        add_words(m, who);
        add(m, " denies it");
        add_cited(m, model, model_field(&e, FIELD_CLAIM)->at, voice);
    }
}

/* Does anybody say so whose facts may be told? */
static bool stands_aloud(struct model *model, const struct terms *terms, uint32_t claim)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(model, SPACE_CLAIM, claim, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(model, mentions[i]);
        if (e.verb == VERB_SAY && terms_facts(terms, model_field(&e, FIELD_VOICE)->at, claim))
            return true;
    }
    return false;
}

static void add_head(struct making *m, unsigned number)
{
    static const char *const languages[] = {"en", "en", "ru", "uz", "fa", "be", "zh"};
    buffer_format(m->out, "---\nslug: story-%u\nlanguage: %s\n", number, PICK(m, languages));
    add(m, maybe(m, 30) ? "byline: The desk\n---\n\n" : "---\n\n");
    add(m, "# What happened at the weaving mill [desk]\n\n");
    if (maybe(m, 50))
        add(m, "*A year of asking* [desk]\n\n");
}

void sample_draft(struct model *m, const struct terms *terms, uint64_t seed, unsigned number, struct buffer *out)
{
    struct making making = {.chance = {chance_mix(seed, number, 77)}, .out = out}, *k = &making;
    add_head(k, number);
    buffer_format(out, "%s [desk]\n\n", PICK(k, openings));
    for (uint32_t c = 0; c < model_claims(m); c++)
        if (stands_aloud(m, terms, c) && maybe(k, 50)) {
            add_sentence(k, m, c);
            add_cited(k, m, c, MODEL_NONE);
        }
    add(k, "\n\n");
    add_statements_of(k, m, terms, 40);
    if (maybe(k, 40))
        add(k, "\n\n![A grey wall with a door](photo-ana \"The wall, in spring\")\n");
    if (maybe(k, 20))
        add(k, "\n\n![The talk](talk \"From the talk\")\n");
    add(k, "\n");
}
