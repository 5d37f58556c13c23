/* The gate: see gate.h. Here is what all drafts of a publication share, and the order of the checks; each check is a
 * file of its own. */
#include "gate/inside.h"

#include <stdlib.h>

/* ---- what all drafts share ---- */

static void index_entries(struct gate *g)
{
    for (uint32_t n = 0; n < model_entries(g->m); n++) {
        struct model_entry e = model_entry(g->m, n);
        if (e.retracted || e.is_void)
            continue;
        if (e.verb == VERB_PRINTED)
            vector_push(&g->printed, n);
        else if (e.verb == VERB_ATTEST)
            vector_push(&g->attested, n);
    }
}

void gate_init(struct gate *g, const struct bearing *bearing, struct text as_of, bool with_secrets)
{
    *g = (struct gate){.bearing = bearing, .m = bearing_model(bearing), .as_of = as_of};
    g->terms = terms_new(g->m, as_of);
    g->rules = rules_new(g->m);
    g->aloud = aloud_new(bearing, g->terms);
    index_entries(g);
    if (with_secrets)
        g->secrets = secrets_of_case(g);
}

void gate_release(struct gate *g)
{
    secrets_free(g->secrets);
    aloud_free(g->aloud);
    rules_free(g->rules);
    terms_free(g->terms);
    buffer_release(&g->titles);
    vector_release(&g->printed);
    vector_release(&g->attested);
    for (size_t i = 0; i < g->kept.count; i++)
        free(g->kept.at[i]);
    vector_release(&g->kept);
}

struct text gate_string(struct gate *g, const struct field *f)
{
    if (!f || f->forgotten)
        return TEXT("");
    struct buffer plain = {0};
    notation_unescape(model_field_text(g->m, f), &plain);
    char *copy = memory_copy(plain.at ? plain.at : "", plain.length);
    struct text result = {copy, plain.length};
    vector_push(&g->kept, copy);
    buffer_release(&plain);
    return result;
}

static struct text name_of(struct gate *g, uint32_t voice)
{
    uint32_t count;
    const struct field *name = model_attribute(g->m, SPACE_VOICE, voice, FIELD_NAME, &count);
    return count ? gate_string(g, name) : TEXT("");
}

static struct text description_of(struct gate *g, uint32_t voice)
{
    struct promise p = terms_of(g->terms, voice);
    for (uint32_t n = p.entry + 1; n-- > 0;) { /* the entry that agreed it may be an earlier one */
        struct model_entry e = model_entry(g->m, n);
        const struct field *as = e.verb == VERB_TERMS ? model_field(&e, FIELD_AS) : NULL;
        if (as && model_field(&e, FIELD_VOICE)->at == voice && text_equal(model_field_text(g->m, as), p.as))
            return gate_string(g, as);
    }
    return TEXT("");
}

struct text gate_name(struct gate *g, uint32_t voice, uint32_t claim)
{
    if (voice == MODEL_DESK)
        return TEXT("");
    bool beside = claim == MODEL_NONE || terms_words(g->terms, voice, claim) || !terms_name(g->terms, voice);
    if (terms_public(g->terms, voice))
        return beside ? name_of(g, voice) : TEXT("");
    if (!terms_described(g->terms, voice))
        return TEXT("");
    bool described = claim == MODEL_NONE || terms_words(g->terms, voice, claim);
    return described ? description_of(g, voice) : TEXT("");
}

static bool is_accused(struct gate *g, uint32_t voice, uint32_t claim)
{
    uint32_t count;
    struct hearings *h = rules_hearings(g->rules);
    const struct field *accused = model_attribute(g->m, SPACE_CLAIM, claim, FIELD_ACCUSES, &count);
    size_t tops, others;
    const uint32_t *list = hearings_tops(h, voice, &tops);
    VECTOR(uint32_t) mine = {0};
    for (size_t i = 0; i < tops; i++)
        vector_push(&mine, list[i]);
    bool found = false;
    for (uint32_t i = 0; i < count && !found; i++) {
        const uint32_t *theirs = hearings_tops(h, accused[i].at, &others);
        for (size_t k = 0; k < others && !found; k++)
            for (size_t j = 0; j < mine.count && !found; j++)
                found = mine.at[j] == theirs[k];
    }
    vector_release(&mine);
    return found;
}

bool gate_may_deny(const struct gate *g, uint32_t voice, uint32_t claim)
{
    if (terms_facts(g->terms, voice, claim) || voice == MODEL_DESK)
        return true;
    return terms_of(g->terms, voice).entry == MODEL_NONE && terms_public(g->terms, voice) &&
           is_accused((struct gate *)g, voice, claim);
}

bool gate_protects(const struct gate *g, uint32_t voice)
{
    return voice != MODEL_DESK && !terms_public(g->terms, voice);
}

/* ---- one draft ---- */

static void add_faults(struct checking *c, const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *f = &faults->at[i];
        refuse(c, CHECK_DRAFT, (struct place){f->line, f->column, TEXT("")}, "%s", f->what);
        if (*f->mend)
            refuse_mend(c, "%s", f->mend);
    }
    if (faults->beyond) {
        refuse(c, CHECK_DRAFT, (struct place){0, 0, TEXT("")}, "%zu further faults are not listed", faults->beyond);
        refuse_mend(c, "mend these first");
    }
}

static bool is_slug(struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        char ch = t.at[i];
        if (!((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || (ch == '-' && i > 0 && i + 1 < t.length)))
            return false;
    }
    return t.length > 0 && t.length <= LIMIT_ID;
}

static struct place place_of_setting(const struct checking *c, const char *name)
{
    for (size_t i = 0; i < c->draft.settings.count; i++)
        if (text_equal(c->draft.settings.at[i].name, text_of(name)))
            return (struct place){c->draft.settings.at[i].line, 1, TEXT("")};
    return (struct place){0, 0, TEXT("")};
}

static struct text case_language(struct gate *g)
{
    struct text language = TEXT("en");
    for (uint32_t n = 0; n < model_entries(g->m); n++) {
        struct model_entry e = model_entry(g->m, n);
        const struct field *f = model_field(&e, FIELD_LANGUAGE);
        if (e.verb == VERB_CASE && f && !e.retracted && !e.is_void)
            language = model_field_text(g->m, f);
    }
    return language;
}

static void find_printed(struct checking *c)
{
    c->newest_printed = MODEL_NONE;
    for (size_t i = 0; i < c->gate->printed.count; i++) {
        struct model_entry e = model_entry(c->m, c->gate->printed.at[i]);
        if (text_equal(model_field_text(c->m, model_field(&e, FIELD_ARTICLE)), c->slug))
            c->newest_printed = c->gate->printed.at[i];
    }
    if (c->newest_printed == MODEL_NONE)
        return;
    struct model_entry e = model_entry(c->m, c->newest_printed);
    c->is_out = text_equal(gate_string(c->gate, model_field(&e, FIELD_DRAFT)), c->request->source);
}

static void check_settings(struct checking *c)
{
    c->slug = draft_setting(&c->draft, "slug");
    if (!c->slug.length)
        c->slug = c->request->slug;
    if (!is_slug(c->slug)) {
        refuse(c, CHECK_DRAFT, place_of_setting(c, "slug"), "the article has no name that can stand in an address");
        refuse_mend(c,
                    "give it one of small letters a-z, digits and '-', at most %u: --slug NAME, or 'slug: NAME' in "
                    "the draft",
                    LIMIT_ID);
    }
    c->language = draft_setting(&c->draft, "language");
    if (!c->language.length)
        c->language = case_language(c->gate);
    find_printed(c);
    if (c->newest_printed != MODEL_NONE && !c->is_out && !c->request->correction.length) {
        refuse(c, CHECK_DRAFT, (struct place){0, 0, TEXT("")},
               "an article '%.*s' is out already, and this draft differs from it", TEXT_ARG(c->slug));
        refuse_mend(c, "say what it puts right: --correction \"WHAT\"; or give it another --slug");
    }
}

/* A quotation of several sentences is cited once, at its end: a sentence that ends with it still open has the citations
 * of the one behind it. */
static void tie_quotations(struct checking *c, const struct draft_block *b)
{
    for (uint32_t i = b->count; i-- > 1;) {
        size_t n = b->first + i - 1;
        struct sentence *s = &c->draft.sentences.at[n];
        const struct sentence *next = s + 1;
        if (s->citations || s->desk || !s->quotations || !next->citations ||
            c->draft.quotations.at[s->first_quotation + s->quotations - 1].end < s->text.length)
            continue;
        s->first_citation = next->first_citation;
        s->citations = next->citations;
        c->runs_on[n] = true;
    }
}

static void note_kinds(struct checking *c)
{
    c->kinds = memory_array(c->draft.sentences.count + 1, sizeof *c->kinds);
    c->runs_on = memory_array(c->draft.sentences.count + 1, sizeof *c->runs_on);
    for (size_t i = 0; i < c->draft.blocks.count; i++) {
        const struct draft_block *b = &c->draft.blocks.at[i];
        for (uint32_t k = 0; k < b->count && b->kind != DRAFT_MEDIA; k++)
            c->kinds[b->first + k] = (unsigned char)b->kind;
        if (b->kind != DRAFT_MEDIA)
            tie_quotations(c, b);
    }
}

static void run_checks(struct checking *c)
{
    note_kinds(c);
    check_settings(c);
    check_citations(c);
    check_standing(c);
    check_quotations(c);
    check_media(c);
    check_attestations(c);
    check_secrets(c);
    check_crowd(c);
    if (c->out->refused)
        return;
    compose(c);
    check_composed(c);
}

void gate_check(struct gate *g, const struct gate_request *request, struct gate_answer *out)
{
    struct checking c = {.gate = g, .m = g->m, .request = request, .out = out, .newest_printed = MODEL_NONE};
    struct faults faults = {0};
    *out = (struct gate_answer){0};
    c.used_as = memory_array((size_t)model_claims(g->m) + 1, sizeof *c.used_as);
    if (draft_read(request->source, case_language(g), &c.draft, &faults))
        add_faults(&c, &faults);
    else
        run_checks(&c);
    struct text original = draft_setting(&c.draft, "translation-of");
    out->translation_of = answer_keep(out, original.at, original.length);
    refusals_settle(g, out);
    if (out->refused)
        article_release(&out->article);
    faults_release(&faults);
    draft_release(&c.draft);
    vector_release(&c.cited);
    vector_release(&c.used);
    free(c.used_as);
    free(c.kinds);
    free(c.runs_on);
}

/* ---- the outside ---- */

static bool is_translation(const struct gate_answer *a, const struct gate_answer *b)
{
    struct text x = a->translation_of.length ? a->translation_of : a->article.slug;
    struct text y = b->translation_of.length ? b->translation_of : b->article.slug;
    return text_equal(x, y);
}

static void tie_translations(struct gate_answer *answers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            if (i == k || answers[i].refused || answers[k].refused || !is_translation(&answers[i], &answers[k]))
                continue;
            struct article *a = &answers[i].article, *b = &answers[k].article;
            vector_push(&a->translations, (struct translation){article_keep(a, b->language), article_keep(a, b->slug),
                                                               article_keep(a, b->headline)});
        }
}

static void refuse_same_slugs(struct gate_answer *answers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (!answers[i].refused && text_equal(answers[i].article.slug, answers[k].article.slug)) {
                refuse_site(&answers[i], CHECK_DRAFT, TEXT("two drafts have one name in addresses"),
                            TEXT("give each its own: a line 'slug: NAME' between lines '---' at its top"));
                article_release(&answers[i].article);
            }
}

static void check_all(const struct gate_request *requests, size_t count, struct gate_answer *answers, bool is_twin)
{
    if (!count)
        return;
    struct gate g;
    gate_init(&g, requests[0].bearing, requests[0].as_of, !is_twin);
    for (size_t i = 0; i < count; i++)
        gate_check(&g, &requests[i], &answers[i]);
    gate_release(&g);
    refuse_same_slugs(answers, count);
    tie_translations(answers, count);
}

void gate_articles(const struct gate_request *requests, size_t count, struct gate_answer *answers)
{
    check_all(requests, count, answers, false);
}

void gate_articles_of_twin(const struct gate_request *requests, size_t count, struct gate_answer *answers)
{
    check_all(requests, count, answers, true);
}

void gate_article(const struct gate_request *request, struct gate_answer *out)
{
    gate_articles(request, 1, out);
}

void gate_answer_release(struct gate_answer *a)
{
    article_release(&a->article);
    vector_release(&a->refusals);
    for (size_t i = 0; i < a->kept.count; i++)
        free(a->kept.at[i]);
    vector_release(&a->kept);
    *a = (struct gate_answer){0};
}

void gate_make(const struct gate_answer *answers, size_t count, const struct site_options *options, struct site *out)
{
    VECTOR(const struct article *) articles = {0};
    for (size_t i = 0; i < count; i++)
        vector_push(&articles, &answers[i].article);
    site_make(articles.at, articles.count, options, out);
    vector_release(&articles);
}
