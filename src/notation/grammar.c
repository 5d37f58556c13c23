/* The table: see grammar.h. */
#include "notation/grammar.h"

#define W(text)                                                                                                        \
    {                                                                                                                  \
        text, sizeof text - 1                                                                                          \
    }
#define NO_WORD                                                                                                        \
    {                                                                                                                  \
        "", 0                                                                                                          \
    }
#define NO_STEP                                                                                                        \
    {                                                                                                                  \
        NO_WORD, 0, STEP_END                                                                                           \
    }

/* A step without a word, and one with. */
#define STEP(kind, times)                                                                                              \
    {                                                                                                                  \
        NO_WORD, FIELD_##kind, STEP_##times                                                                            \
    }
#define WORDED(word, kind, times)                                                                                      \
    {                                                                                                                  \
        W(word), FIELD_##kind, STEP_##times                                                                            \
    }

#define ATTRIBUTE(word, kind, times)                                                                                   \
    {                                                                                                                  \
        {                                                                                                              \
            WORDED(word, kind, times), NO_STEP                                                                         \
        }                                                                                                              \
    }
#define ON ATTRIBUTE("on", ON, ONE)
#define NOTE ATTRIBUTE("note", NOTE, ONE)
#define WHY ATTRIBUTE("why", WHY, ONE)
#define AMENDS ATTRIBUTE("amends", AMENDS, ONE)

#define STATEMENT                                                                                                      \
    {                                                                                                                  \
        STEP(VOICE, ONE), STEP(CLAIM, ONE), WORDED("told-by", TOLD_BY, CHAIN), STEP(GROUND, GROUND),                   \
            WORDED("in", IN_PART, MAYBE), WORDED("at", AT, MAYBE), STEP(LOCATOR, FOLLOWS), STEP(WORDS, MAYBE),         \
    }

const struct grammar grammar[VERB_COUNT] = {
    [VERB_CASE] = {W("case"), "the title of the case", {STEP(TITLE, ONE)}, {ATTRIBUTE("language", LANGUAGE, ONE)}},
    [VERB_VOICE] = {W("voice"),
                    "anyone or anything that can say",
                    {STEP(VOICE, ONE), STEP(NAME, MAYBE)},
                    {ATTRIBUTE("of", OF, COMMAS), ATTRIBUTE("known-as", KNOWN_AS, COMMAS),
                     ATTRIBUTE("contact", CONTACT, ONE), NOTE, AMENDS}},
    [VERB_SAME] = {W("same?"), "these voices may be one person", {STEP(VOICE, PAIR)}, {{{NO_STEP}}}},
    [VERB_RECORD] = {W("record"),
                     "something the desk holds or knows of",
                     {STEP(RECORD, ONE), STEP(RECORD_KIND, MAYBE), STEP(TITLE, MAYBE)},
                     {ATTRIBUTE("file", FILE, ONE), ATTRIBUTE("by", BY, ONE),
                      ATTRIBUTE("vouched-by", VOUCHED_BY, COMMAS), ON, ATTRIBUTE("from", FROM, ONE),
                      ATTRIBUTE("url", URL, ONE), NOTE, AMENDS}},
    [VERB_CLAIM] = {W("claim"),
                    "one thing that is so or is not",
                    {STEP(CLAIM, ONE), STEP(SENTENCE, MAYBE)},
                    {ATTRIBUTE("accuses", ACCUSES, COMMAS), ATTRIBUTE("count", COUNT, ONE), ON,
                     ATTRIBUTE("place", PLACE, ONE), NOTE, AMENDS}},
    [VERB_SAY] = {W("say"), "a voice says that a claim is so", STATEMENT, {ON, NOTE}},
    [VERB_DENY] = {W("deny"), "a voice says that a claim is not so", STATEMENT, {ON, NOTE}},
    [VERB_INFER] = {W("infer"),
                    "a voice concludes a claim from others together",
                    {STEP(VOICE, ONE), STEP(CLAIM, ONE), WORDED("from", PREMISE, BLANKS), STEP(BECAUSE, MAYBE)},
                    {{{NO_STEP}}}},
    [VERB_CONTRADICT] = {W("contradict"), "at most one of these claims is so", {STEP(CLAIM, PAIR)}, {{{NO_STEP}}}},
    [VERB_IMPUGN] = {W("impugn"),
                     "if the claim is so, the voice is not to be relied on",
                     {STEP(VOICE, ONE), WORDED("by", CLAIM, ONE)},
                     {{{NO_STEP}}}},
    [VERB_TERMS] = {W("terms"),
                    "what was promised to a voice",
                    {STEP(VOICE, ONE), STEP(TERM, ONE)},
                    {ON,
                     {{WORDED("at", AT, ONE), STEP(LOCATOR, MAYBE), STEP(WORDS, MAYBE), NO_STEP}},
                     ATTRIBUTE("until", UNTIL, ONE),
                     ATTRIBUTE("only", ONLY, EITHER),
                     ATTRIBUTE("as", AS, ONE)}},
    [VERB_PROTECT] = {W("protect"), "a detail that must not come out", {STEP(VOICE, ONE), STEP(DETAIL, ONE)}, {WHY}},
    [VERB_ASK] = {W("ask"),
                  "a voice was given its hearing",
                  {STEP(VOICE, ONE), STEP(CLAIM, ONE)},
                  {ON,
                   ATTRIBUTE("by", DUE, ONE),
                   {{WORDED("at", AT, ONE), STEP(LOCATOR, MAYBE), NO_STEP}},
                   ATTRIBUTE("answered", ANSWERED, ONE)}},
    [VERB_RULE] = {W("rule"),
                   "what the desk demands before it prints",
                   {STEP(RULE, ONE), STEP(CONDITION, COMMAS)},
                   {{{NO_STEP}}}},
    [VERB_PRINTED] = {W("printed"),
                      "an article went out",
                      {STEP(ARTICLE, ONE), STEP(DRAFT, ONE)},
                      {ON, ATTRIBUTE("correction", CORRECTION, ONE)}},
    [VERB_ATTEST] = {W("attest"),
                     "somebody of the desk looked",
                     {STEP(CHECK, ONE), STEP(ARTICLE, SUBJECT), STEP(WHO, ONE)},
                     {ON, NOTE}},
    [VERB_KEPT] = {W("kept"),
                   "a record's file was taken into the vault",
                   {STEP(RECORD, ONE), STEP(HASH, ONE), STEP(BYTES, ONE), STEP(FILE_NAME, MAYBE)},
                   {ON, ATTRIBUTE("from", FROM, ONE), ATTRIBUTE("through", THROUGH, ONE), NOTE}},
    [VERB_DERIVED] = {W("derived"),
                      "something was read from a record's file",
                      {STEP(RECORD, ONE), STEP(DERIVED, ONE), STEP(HASH, ONE), STEP(BYTES, ONE), STEP(MAKER, ONE)},
                      {ON}},
    [VERB_PROOF] = {W("proof"),
                    "a proof of when a record's file was there",
                    {STEP(RECORD, ONE), STEP(PROOF, ONE), STEP(HASH, ONE), STEP(BYTES, ONE)},
                    {ON}},
    [VERB_LOOKED] = {W("looked"),
                     "a record's file was looked at, or given out",
                     {STEP(RECORD, ONE), STEP(LOOK, ONE)},
                     {ON, NOTE}},
    [VERB_FORGET] = {W("forget"), "a voice's protected details are destroyed", {STEP(VOICE, ONE)}, {WHY}},
    [VERB_DESTROY] = {W("destroy"), "a record's file is destroyed", {STEP(RECORD, ONE)}, {WHY}},
    [VERB_RETRACT] = {W("retract"), "an entry of the log no longer holds", {STEP(ENTRY_NUMBER, ONE)}, {WHY}},
};

const uint8_t grammar_needs[VERB_COUNT] = {
    [VERB_PRINTED] = FIELD_ON, [VERB_ATTEST] = FIELD_ON, [VERB_KEPT] = FIELD_ON,
    [VERB_DERIVED] = FIELD_ON, [VERB_PROOF] = FIELD_ON,  [VERB_LOOKED] = FIELD_ON,
};

#define STRING VALUE_STRING
#define ID VALUE_ID
#define DATE VALUE_DATE
#define VOICE_NOUN "a voice's id"

const struct grammar_field grammar_fields[FIELD_KINDS] = {
    [FIELD_VOICE] = {NO_WORD, "VOICE", VOICE_NOUN, ID},
    [FIELD_RECORD] = {NO_WORD, "RECORD", "a record's id", ID},
    [FIELD_CLAIM] = {NO_WORD, "CLAIM", "a claim's id", ID},
    [FIELD_OF] = {W("of"), "VOICE", "an organisation's id", ID},
    [FIELD_BY] = {W("by"), "VOICE", VOICE_NOUN, ID},
    [FIELD_VOUCHED_BY] = {W("vouched-by"), "VOICE", VOICE_NOUN, ID},
    [FIELD_FROM] = {W("from"), "VOICE", VOICE_NOUN, ID},
    [FIELD_ACCUSES] = {W("accuses"), "VOICE", VOICE_NOUN, ID},
    [FIELD_TOLD_BY] = {W("told-by"), NULL, VOICE_NOUN, ID},
    [FIELD_GROUND_RECORD] = {NO_WORD, NULL, "a record's id", ID},
    [FIELD_AT] = {W("at"), "RECORD", "a record's id", ID},
    [FIELD_PREMISE] = {W("from"), "CLAIM", "a claim's id", ID},
    [FIELD_ONLY] = {W("only"), "CLAIM", "a claim's id", ID},
    [FIELD_THROUGH] = {W("through"), "VOICE", VOICE_NOUN, ID},
    [FIELD_LANGUAGE] = {W("language"), "TAG", "a language tag", VALUE_LANGUAGE},
    [FIELD_RECORD_KIND] = {NO_WORD, "KIND", "a kind of record", VALUE_RECORD_KIND},
    [FIELD_GROUND] = {NO_WORD, "BASIS", "a way of knowing", VALUE_GROUND},
    [FIELD_IN_PART] = {W("in part"), NULL, "the word 'part'", VALUE_NONE},
    [FIELD_LOCATOR] = {NO_WORD, "LOCATOR", "a place in a record", VALUE_LOCATOR},
    [FIELD_COUNT] = {W("count"), "N[..M]", "a number or a range of numbers", VALUE_COUNT},
    [FIELD_ON] = {W("on"), "DATE", "a date", DATE},
    [FIELD_UNTIL] = {W("until"), "DATE", "a date", DATE},
    [FIELD_DUE] = {W("by"), "DATE", "a date", DATE},
    [FIELD_ANSWERED] = {W("answered"), "DATE", "a date", DATE},
    [FIELD_TERM] = {NO_WORD, "TERM", "a term", VALUE_TERM},
    [FIELD_RULE] = {NO_WORD, "NAME", "a rule's name", ID},
    [FIELD_CONDITION] = {NO_WORD, "CONDITION", "a condition", VALUE_CONDITION},
    [FIELD_CHECK] = {NO_WORD, "CHECK", "a check", VALUE_CHECK},
    [FIELD_ARTICLE] = {NO_WORD, "ARTICLE", "an article's slug", VALUE_SLUG},
    [FIELD_ENTRY_NUMBER] = {NO_WORD, "N", "the number of an entry, from 1", VALUE_NUMBER},
    [FIELD_HASH] = {NO_WORD, "SHA256", "a SHA-256 of 64 hex digits", VALUE_HASH},
    [FIELD_BYTES] = {NO_WORD, "BYTES", "a number of bytes", VALUE_SIZE},
    [FIELD_DERIVED] = {NO_WORD, "WHAT", "what was derived", VALUE_DERIVED},
    [FIELD_PROOF] = {NO_WORD, "FORM", "a form of proof", VALUE_PROOF},
    [FIELD_LOOK] = {NO_WORD, "HOW", "a way of looking", VALUE_LOOK},
    [FIELD_AMENDS] = {W("amends"), NULL, "nothing more", VALUE_NONE},
    [FIELD_TITLE] = {NO_WORD, "\"TITLE\"", "the title in quotation marks", STRING},
    [FIELD_NAME] = {NO_WORD, "\"NAME\"", "the name in quotation marks", STRING},
    [FIELD_SENTENCE] = {NO_WORD, "\"SENTENCE\"", "the sentence in quotation marks", STRING},
    [FIELD_WORDS] = {NO_WORD, "\"WORDS\"", "the words in quotation marks", STRING},
    [FIELD_BECAUSE] = {NO_WORD, "\"BECAUSE\"", "the reason in quotation marks", STRING},
    [FIELD_DETAIL] = {NO_WORD, "\"DETAIL\"", "the detail in quotation marks", STRING},
    [FIELD_KNOWN_AS] = {W("known-as"), "\"NAME\"", "a name in quotation marks", STRING},
    [FIELD_CONTACT] = {W("contact"), "\"CONTACT\"", "the contact in quotation marks", STRING},
    [FIELD_NOTE] = {W("note"), "\"NOTE\"", "the note in quotation marks", STRING},
    [FIELD_FILE] = {W("file"), "\"PATH\"", "the path in quotation marks", STRING},
    [FIELD_URL] = {W("url"), "\"URL\"", "the address in quotation marks", STRING},
    [FIELD_PLACE] = {W("place"), "\"PLACE\"", "the place in quotation marks", STRING},
    [FIELD_AS] = {W("as"), "\"DESCRIPTION\"", "the description in quotation marks", STRING},
    [FIELD_WHY] = {W("why"), "\"WHY\"", "the reason in quotation marks", STRING},
    [FIELD_DRAFT] = {NO_WORD, "\"DRAFT\"", "the draft in quotation marks", STRING},
    [FIELD_WHO] = {NO_WORD, "\"WHO\"", "the name of who looked in quotation marks", STRING},
    [FIELD_CORRECTION] = {W("correction"), "\"WHAT\"", "the correction in quotation marks", STRING},
    [FIELD_FILE_NAME] = {NO_WORD, "\"NAME\"", "the file's name in quotation marks", STRING},
    [FIELD_MAKER] = {NO_WORD, "\"MAKER\"", "what made it in quotation marks", STRING},
};

static const struct word grounds[] = {W("saw"), W("did"), W("inspected"), W("read"), W("unstated"), NO_WORD};
static const struct word record_kinds[] = {W("audio"), W("video"),   W("image"),  W("document"),
                                           W("page"),  W("message"), W("object"), NO_WORD};
static const struct word terms[] = {W("on-record"), W("unattributed"), W("background"), W("off-record"), NO_WORD};
/* Those about a record first. */
static const struct word checks[] = {W("background"), W("camera"),  W("voice"), W("hum"), W("wording"),
                                     W("jigsaw"),     W("guesses"), W("style"), NO_WORD};
static const struct word derivations[] = {W("text"), W("transcript"), W("peaks"), W("metadata"), NO_WORD};
static const struct word proofs[] = {W("rfc3161"), W("opentimestamps"), NO_WORD};
static const struct word looks[] = {W("opened"), W("given"), NO_WORD};
enum { CHECKS_OF_RECORDS = 4 };
const struct word grammar_measures[] = {W("people"),  W("cautious"), W("parties"),   W("any"), W("unquestioned"),
                                        W("against"), W("distance"), W("keystones"), NO_WORD};
const struct word grammar_flags[] = {W("asked"), W("answered"), W("denied"), W("contested"), NO_WORD};

const struct word *grammar_words(enum value v)
{
    switch (v) {
    case VALUE_GROUND:
        return grounds;
    case VALUE_RECORD_KIND:
        return record_kinds;
    case VALUE_TERM:
        return terms;
    case VALUE_CHECK:
        return checks;
    case VALUE_DERIVED:
        return derivations;
    case VALUE_PROOF:
        return proofs;
    case VALUE_LOOK:
        return looks;
    default:
        return NULL;
    }
}

bool grammar_ground_has_record(struct text ground)
{
    return ground.length && (ground.at[0] == 'i' || ground.at[0] == 'r');
}

bool grammar_check_has_record(struct text check)
{
    for (int i = 0; i < CHECKS_OF_RECORDS; i++)
        if (text_equal(word_text(&checks[i]), check))
            return true;
    return false;
}

const struct attribute *grammar_attribute(const struct grammar *g, struct text name)
{
    for (const struct attribute *a = g->attributes; a->steps[0].times != STEP_END; a++)
        if (text_equal(word_text(&a->steps[0].word), name))
            return a;
    return NULL;
}

const struct attribute *grammar_attribute_of(const struct grammar *g, enum field_kind kind)
{
    for (const struct attribute *a = g->attributes; a->steps[0].times != STEP_END; a++)
        if (a->steps[0].kind == kind)
            return a;
    return NULL;
}

static void step_shape(const struct step *s, struct buffer *out)
{
    const struct grammar_field *f = &grammar_fields[s->kind];
    bool optional = s->times == STEP_MAYBE || s->times == STEP_FOLLOWS;
    buffer_string(out, optional ? " [" : " ");
    if (s->word.length)
        buffer_string(out, s->kind == FIELD_IN_PART ? f->word.text : s->word.text);
    if (s->word.length && f->placeholder)
        buffer_char(out, ' ');
    if (f->placeholder)
        buffer_string(out, s->times == STEP_SUBJECT ? "SUBJECT" : f->placeholder);
    if (s->times == STEP_PAIR)
        buffer_format(out, " %s…", f->placeholder);
    if (s->times == STEP_BLANKS || s->times == STEP_EITHER)
        buffer_string(out, "…");
    if (s->times == STEP_COMMAS)
        buffer_format(out, "[, %s…]", f->placeholder);
    if (s[1].times == STEP_FOLLOWS)
        step_shape(s + 1, out);
    if (optional)
        buffer_char(out, ']');
}

void grammar_shape(const struct grammar *g, const struct attribute *a, struct buffer *out)
{
    size_t start = out->length;
    if (!a)
        buffer_string(out, g->word.text);
    for (const struct step *s = a ? a->steps : g->steps; s->times != STEP_END; s++)
        if (s->times != STEP_CHAIN && s->times != STEP_FOLLOWS)
            step_shape(s, out);
    if (a && out->length > start)
        memmove(out->at + start, out->at + start + 1, out->length-- - start);
}

const char *verb_word(enum verb v)
{
    return v < VERB_COUNT ? grammar[v].word.text : NULL;
}

const char *field_word(enum field_kind k)
{
    return k < FIELD_KINDS && grammar_fields[k].word.length ? grammar_fields[k].word.text : NULL;
}

bool field_protected(enum verb v, enum field_kind k)
{
    if (v == VERB_VOICE)
        return k == FIELD_KNOWN_AS || k == FIELD_CONTACT || k == FIELD_NOTE;
    if (v == VERB_KEPT)
        return k == FIELD_FILE_NAME || k == FIELD_NOTE;
    return v == VERB_PROTECT && (k == FIELD_DETAIL || k == FIELD_WHY);
}
