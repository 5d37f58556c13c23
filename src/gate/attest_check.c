/* What only a person can look at, article by article: how a protected voice writes, whether a leaked text's wording
 * marks one copy, and what several articles tell of one voice together. */
#include "gate/inside.h"

enum { MOST_QUOTED = 25 /* words of one protected voice, above which its style may be recognised */ };

static struct text attested_check(const struct checking *c, const struct model_entry *e)
{
    return model_field_text(c->m, model_field(e, FIELD_CHECK));
}

bool is_attested_record(const struct checking *c, const char *check, uint32_t record)
{
    for (size_t i = 0; i < c->gate->attested.count; i++) {
        struct model_entry e = model_entry(c->m, c->gate->attested.at[i]);
        const struct field *f = model_field(&e, FIELD_RECORD);
        if (f && f->at == record && text_equal(attested_check(c, &e), text_of(check)))
            return true;
    }
    return false;
}

/* A new version of what is out needs a new look. */
bool is_attested_article(const struct checking *c, const char *check)
{
    for (size_t i = 0; i < c->gate->attested.count; i++) {
        uint32_t n = c->gate->attested.at[i];
        struct model_entry e = model_entry(c->m, n);
        const struct field *f = model_field(&e, FIELD_ARTICLE);
        bool is_old = c->newest_printed != MODEL_NONE && !c->is_out && n < c->newest_printed;
        if (f && !is_old && text_equal(model_field_text(c->m, f), c->slug) &&
            text_equal(attested_check(c, &e), text_of(check)))
            return true;
    }
    return false;
}

static void need(struct checking *c, const char *check, struct place place, const char *what)
{
    if (is_attested_article(c, check))
        return;
    refuse(c, CHECK_ATTESTATION, place, "%s", what);
    refuse_mend(c, "have somebody of the desk look, and record it: attest %s %.*s \"WHO\", with 'on DATE' under it",
                check, TEXT_ARG(c->slug));
}

/* ---- style and wording ---- */

static size_t count_words(struct text t)
{
    struct buffer folded = {0};
    words_fold(t, &folded);
    size_t count = folded.length > 0;
    for (size_t i = 0; i < folded.length; i++)
        count += folded.at[i] == ' ';
    buffer_release(&folded);
    return count;
}

/* Was it said in a written record that somebody protected brought or wrote? */
static bool is_leaked_wording(const struct checking *c, uint32_t entry)
{
    static const char *const written[] = {"document", "page", "message"};
    static const enum field_kind people[] = {FIELD_BY, FIELD_FROM};
    struct model_entry e = model_entry(c->m, entry);
    const struct field *at = model_field(&e, FIELD_AT);
    if (!at || !model_field(&e, FIELD_WORDS))
        return false;
    struct text kind = model_attribute_text(c->m, SPACE_RECORD, at->at, FIELD_RECORD_KIND);
    bool is_written = false, is_protected = false;
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        is_written |= text_equal(kind, text_of(written[i]));
    for (size_t k = 0; k < 2; k++) {
        uint32_t count;
        const struct field *f = model_attribute(c->m, SPACE_RECORD, at->at, people[k], &count);
        for (uint32_t i = 0; i < count; i++)
            is_protected |= gate_protects(c->gate, f[i].at);
    }
    return is_written && is_protected;
}

static void check_quoted(struct checking *c, size_t sentence, size_t *quoted)
{
    const struct sentence *s = &c->draft.sentences.at[sentence];
    size_t words = 0;
    for (uint32_t i = 0; i < s->quotations; i++) {
        const struct quotation *q = &c->draft.quotations.at[s->first_quotation + i];
        words += count_words((struct text){s->text.at + q->start, q->end - q->start});
    }
    if (!words && kind_of_sentence(c, sentence) == DRAFT_PULL_QUOTE)
        words = count_words(s->text);
    for (uint32_t i = 0; i < s->citations && words; i++) {
        const struct cited *cite = &c->cited.at[s->first_citation + i];
        uint32_t entry = cite->say != MODEL_NONE ? cite->say : cite->deny;
        if (cite->claim == MODEL_NONE || cite->voice == MODEL_NONE || entry == MODEL_NONE)
            continue;
        if (is_leaked_wording(c, entry))
            need(c, "wording", place_of_sentence(c, sentence),
                 "words of a text are quoted that somebody protected brought, and nobody has compared two copies of "
                 "it: unique "
                 "wording or a planted slip can mark one");
        if (!gate_protects(c->gate, cite->voice))
            continue;
        size_t before = quoted[cite->voice];
        quoted[cite->voice] += words;
        if (before <= MOST_QUOTED && quoted[cite->voice] > MOST_QUOTED)
            need(c, "style", place_of_sentence(c, sentence),
                 "more than 25 words of one protected voice are quoted, enough to know it by how it speaks");
    }
}

/* ---- several articles together ---- */

/* Marks the protected voices that what is cited in a draft rests on. */
static void mark_voices(const struct checking *c, struct text claim_id, bool *marks)
{
    uint32_t claim = model_find(c->m, SPACE_CLAIM, claim_id), count;
    if (claim == MODEL_NONE)
        return;
    const uint32_t *mentions = model_mentions(c->m, SPACE_CLAIM, claim, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(c->m, mentions[i]);
        uint32_t voice =
            e.verb == VERB_SAY && !e.retracted && !e.is_void ? model_field(&e, FIELD_VOICE)->at : MODEL_NONE;
        if (voice != MODEL_NONE && terms_facts(c->gate->terms, voice, claim) && gate_protects(c->gate, voice))
            marks[voice] = true;
    }
}

static bool shares_voice(const struct checking *c, const bool *mine, struct text source)
{
    struct draft other = {0};
    struct faults faults = {0};
    bool *theirs = memory_array((size_t)model_voices(c->m) + 1, sizeof *theirs), shares = false;
    if (!draft_read(source, c->language, &other, &faults))
        for (size_t i = 0; i < other.citations.count; i++)
            mark_voices(c, other.citations.at[i].claim, theirs);
    bool is_same = text_equal(draft_setting(&other, "translation-of"), c->slug) ||
                   (draft_setting(&c->draft, "translation-of").length &&
                    text_equal(draft_setting(&other, "slug"), draft_setting(&c->draft, "translation-of")));
    for (uint32_t v = 0; v < model_voices(c->m) && !is_same; v++)
        shares |= mine[v] && theirs[v];
    free(theirs);
    faults_release(&faults);
    draft_release(&other);
    return shares;
}

/* Is a later version of the same article out? */
static bool is_newest(const struct checking *c, size_t printed)
{
    struct model_entry e = model_entry(c->m, c->gate->printed.at[printed]);
    struct text slug = model_field_text(c->m, model_field(&e, FIELD_ARTICLE));
    for (size_t i = printed + 1; i < c->gate->printed.count; i++) {
        struct model_entry later = model_entry(c->m, c->gate->printed.at[i]);
        if (text_equal(model_field_text(c->m, model_field(&later, FIELD_ARTICLE)), slug))
            return false;
    }
    return true;
}

static bool shares_with_any(struct checking *c, const bool *mine)
{
    struct text original = draft_setting(&c->draft, "translation-of");
    for (size_t i = 0; i < c->gate->printed.count; i++) {
        struct model_entry e = model_entry(c->m, c->gate->printed.at[i]);
        struct text slug = model_field_text(c->m, model_field(&e, FIELD_ARTICLE));
        if (text_equal(slug, c->slug) || text_equal(slug, original) || !is_newest(c, i))
            continue;
        if (shares_voice(c, mine, gate_string(c->gate, model_field(&e, FIELD_DRAFT))))
            return true;
    }
    for (size_t i = 0; i < c->request->beside_count; i++)
        if (!text_equal(c->request->beside[i], c->request->source) && shares_voice(c, mine, c->request->beside[i]))
            return true;
    return false;
}

static void check_jigsaw(struct checking *c, const bool *mine)
{
    if (!is_attested_article(c, "jigsaw") && shares_with_any(c, mine))
        need(c, "jigsaw", (struct place){0, 0, TEXT("")},
             "another article rests on a protected voice that this one rests on too, and nobody has looked at what the "
             "two tell of it together");
}

/* Once an article is out, readers guess; and what is changed in it can say yes or no to a guess. */
static void check_guesses(struct checking *c)
{
    if (c->newest_printed != MODEL_NONE && !c->is_out)
        need(c, "guesses", (struct place){0, 0, TEXT("")},
             "this changes an article that is out and rests on a protected voice, and nobody has looked whether the "
             "change answers a guess about that voice");
}

void check_attestations(struct checking *c)
{
    size_t *quoted = memory_array((size_t)model_voices(c->m) + 1, sizeof *quoted);
    bool *mine = memory_array((size_t)model_voices(c->m) + 1, sizeof *mine), any = false;
    for (size_t s = 0; s < c->draft.sentences.count; s++)
        check_quoted(c, s, quoted);
    for (size_t i = 0; i < c->used.count; i++)
        mark_voices(c, model_id(c->m, SPACE_CLAIM, c->used.at[i].claim), mine);
    for (uint32_t v = 0; v < model_voices(c->m); v++)
        any |= mine[v];
    if (any) {
        check_jigsaw(c, mine);
        check_guesses(c);
    }
    free(quoted);
    free(mine);
}
