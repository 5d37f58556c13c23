/* A first draft: see first_draft.h. It is written, gated, and written again without what was refused, until nothing is.
 */
#include "gate/first_draft.h"

#include "gate/inside.h"

enum { ROUNDS_MOST = 8 };

struct writing {
    struct gate *g;
    unsigned char *left_out;  /* by claim */
    bool plain_headline;      /* the case's title does not pass */
    VECTOR(uint32_t) of_line; /* by line, from 1: the claim + 1 whose paragraph it is in; 0 */
    struct buffer *out;
};

/* What CommonMark would take for markup is escaped; line ends become blanks. */
static void write_plain(struct text t, struct buffer *out)
{
    for (size_t i = 0; i < t.length; i++) {
        char c = t.at[i] == '\n' || t.at[i] == '\r' || t.at[i] == '\t' ? ' ' : t.at[i];
        if (strchr("\\`*_[]<>#!&~|", c) && c)
            buffer_char(out, '\\');
        buffer_char(out, c);
    }
}

static struct text without_stop(struct text t)
{
    while (t.length && (t.at[t.length - 1] == '.' || t.at[t.length - 1] == ' '))
        t.length--;
    return t;
}

static void write_citation(struct writing *w, uint32_t claim, uint32_t voice)
{
    buffer_string(w->out, " [");
    buffer_text_add(w->out, model_id(w->g->m, SPACE_CLAIM, claim));
    if (voice != MODEL_NONE) {
        buffer_char(w->out, ' ');
        buffer_text_add(w->out, model_id(w->g->m, SPACE_VOICE, voice));
    }
    buffer_string(w->out, "].");
}

/* "A former clerk" as it stands within a sentence. */
static void write_within(struct text name, struct buffer *out)
{
    static const char *const articles[] = {"A ", "An ", "The "};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (text_starts(name, text_of(articles[i]))) {
            buffer_char(out, (char)(name.at[0] - 'A' + 'a'));
            write_plain((struct text){name.at + 1, name.length - 1}, out);
            return;
        }
    write_plain(name, out);
}

static struct text sentence_of(struct writing *w, uint32_t claim)
{
    uint32_t count;
    return gate_string(w->g, model_attribute(w->g->m, SPACE_CLAIM, claim, FIELD_SENTENCE, &count));
}

static bool meets(struct writing *w, size_t rule, uint32_t claim)
{
    struct row row = standing_row(bearing_graph(w->g->bearing), claim);
    if (!rules_meets(w->g->rules, rule, claim, &row))
        return false;
    row = aloud_row(w->g->aloud, claim);
    return rules_meets(w->g->rules, rule, claim, &row);
}

/* The first voice that says or denies the claim and may be told of beside it. */
static uint32_t teller(struct writing *w, uint32_t claim, enum verb verb)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(w->g->m, SPACE_CLAIM, claim, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(w->g->m, mentions[i]);
        if (e.verb != verb || e.retracted || e.is_void || model_field(&e, FIELD_IN_PART))
            continue;
        uint32_t voice = model_field(&e, FIELD_VOICE)->at;
        bool may = verb == VERB_DENY ? gate_may_deny(w->g, voice, claim) : terms_words(w->g->terms, voice, claim);
        if (may && gate_name(w->g, voice, claim).length)
            return voice;
    }
    return MODEL_NONE;
}

/* A sentence that is several cites with each of them. */
static void write_sentences(struct writing *w, uint32_t claim, uint32_t voice, struct text last)
{
    struct buffer plain = {0};
    struct draft draft = {0};
    struct faults faults = {0};
    write_plain(sentence_of(w, claim), &plain);
    draft_read(buffer_text(&plain), TEXT("en"), &draft, &faults);
    size_t count = draft.sentences.count;
    for (size_t i = 0; i < count || i == 0; i++) {
        struct text t = count ? draft.sentences.at[i].text : sentence_of(w, claim);
        buffer_string(w->out, i ? " " : "");
        write_plain(without_stop(t), w->out);
        if (i + 1 >= count && last.length) {
            buffer_string(w->out, ", says ");
            write_within(last, w->out);
        }
        write_citation(w, claim, voice);
    }
    draft_release(&draft);
    faults_release(&faults);
    buffer_release(&plain);
}

/* The claim's paragraph. False where it may not be printed. */
static bool write_claim(struct writing *w, uint32_t claim)
{
    if (w->left_out[claim] || !model_declared(w->g->m, SPACE_CLAIM, claim) || !sentence_of(w, claim).length)
        return false;
    uint32_t voice = MODEL_NONE, denier = teller(w, claim, VERB_DENY);
    if (!meets(w, RULE_PRINT, claim)) {
        voice = meets(w, RULE_ALLEGE, claim) ? teller(w, claim, VERB_SAY) : MODEL_NONE;
        if (voice == MODEL_NONE)
            return false;
    }
    write_sentences(w, claim, voice, voice == MODEL_NONE ? TEXT("") : gate_name(w->g, voice, claim));
    if (denier != MODEL_NONE) {
        buffer_char(w->out, '\n');
        write_plain(gate_name(w->g, denier, claim), w->out);
        buffer_string(w->out, " denies it");
        write_citation(w, claim, denier);
    }
    buffer_string(w->out, "\n\n");
    return true;
}

static struct text title_of(struct writing *w)
{
    struct text title = TEXT("");
    for (uint32_t n = 0; n < model_entries(w->g->m); n++) {
        struct model_entry e = model_entry(w->g->m, n);
        if (e.verb == VERB_CASE && !e.retracted && !e.is_void && model_field(&e, FIELD_TITLE))
            title = gate_string(w->g, model_field(&e, FIELD_TITLE));
    }
    return title;
}

static void note_lines(struct writing *w, size_t from, uint32_t mark)
{
    for (size_t i = from; i < w->out->length; i++)
        if (w->out->at[i] == '\n')
            vector_push(&w->of_line, mark);
}

static void write_draft(struct writing *w, struct first_draft *told)
{
    struct text title = title_of(w);
    buffer_clear(w->out);
    w->of_line.count = 0;
    *told = (struct first_draft){0};
    buffer_string(w->out, "# ");
    if (w->plain_headline || !title.length)
        buffer_string(w->out, "A first draft");
    else
        write_plain(without_stop(title), w->out);
    buffer_string(w->out, "\n\n");
    note_lines(w, 0, 0);
    for (uint32_t c = 0; c < model_claims(w->g->m); c++) {
        size_t from = w->out->length;
        bool fits = write_claim(w, c) && w->out->length <= LIMIT_DRAFT;
        if (!fits)
            w->out->length = from;
        told->claims += fits;
        told->left_out += !fits && model_declared(w->g->m, SPACE_CLAIM, c);
        note_lines(w, from, c + 1);
    }
}

/* Leaves out what was refused; false where nothing more can be. */
static bool leave_out(struct writing *w, const struct gate_answer *answer)
{
    bool any = false;
    for (size_t i = 0; i < answer->refusals.count; i++) {
        const struct refusal *r = &answer->refusals.at[i];
        if (r->warning || !r->line || r->line > w->of_line.count)
            continue;
        uint32_t mark = w->of_line.at[r->line - 1];
        if (mark) {
            any |= !w->left_out[mark - 1];
            w->left_out[mark - 1] = 1;
        } else {
            any |= !w->plain_headline;
            w->plain_headline = true;
        }
    }
    return any;
}

void gate_first_draft(const struct bearing *b, struct text as_of, struct buffer *out, struct first_draft *told)
{
    struct gate g;
    struct buffer draft = {0};
    gate_init(&g, b, as_of, true);
    struct writing w = {.g = &g, .out = &draft, .left_out = memory_array((size_t)model_claims(g.m) + 1, 1)};
    bool again = true;
    for (unsigned round = 0; again && round < ROUNDS_MOST; round++) {
        struct gate_answer answer;
        write_draft(&w, told);
        struct gate_request request = {
            .bearing = b, .source = buffer_text(&draft), .slug = TEXT("first-draft"), .as_of = as_of};
        gate_check(&g, &request, &answer);
        told->passes = !answer.refused;
        again = answer.refused && leave_out(&w, &answer);
        gate_answer_release(&answer);
    }
    while (draft.length > 1 && draft.at[draft.length - 1] == '\n' && draft.at[draft.length - 2] == '\n')
        draft.length--;
    buffer_text_add(out, buffer_text(&draft));
    buffer_release(&draft);
    vector_release(&w.of_line);
    free(w.left_out);
    gate_release(&g);
}
