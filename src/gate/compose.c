/* The article: what a draft that nothing was refused of becomes, with what the case adds under 'how we know'.
 *
 * Everything of the case that gets here passes one of four doors: gate_name() for voices, a claim's own sentence,
 * words that terms_words() allows, and dates of hearings and denials. Order is that of the draft, and of the log. */
#include "gate/inside.h"

#include <stdlib.h>

struct composing {
    struct checking *c;
    struct article *a;
    uint32_t pictures, sounds;
    struct hearings *hearings; /* in which only public voices answer */
};

static struct text keep(struct composing *x, struct text t)
{
    return article_keep(x->a, t);
}

static struct text keep_string(struct composing *x, const struct field *f)
{
    return keep(x, gate_string(x->c->gate, f));
}

static struct text keep_word(struct composing *x, const struct field *f)
{
    return f ? keep(x, model_field_text(x->c->m, f)) : TEXT("");
}

static struct text attribute_string(struct composing *x, uint32_t claim, enum field_kind kind)
{
    uint32_t count;
    return keep_string(x, model_attribute(x->c->m, SPACE_CLAIM, claim, kind, &count));
}

/* ---- text ---- */

static void add_span(struct composing *x, struct text t, uint8_t style, struct text href)
{
    if (t.length || (style & SPAN_BREAK))
        vector_push(&x->a->spans, (struct span){keep(x, t), keep(x, href), ARTICLE_NONE, style});
}

/* What stands between the runs of a sentence is plain. */
static void add_text(struct composing *x, const struct sentence *s)
{
    uint32_t done = 0;
    for (uint32_t i = 0; i < s->spans; i++) {
        const struct draft_span *span = &x->c->draft.spans.at[s->first_span + i];
        if (span->start > done)
            add_span(x, (struct text){s->text.at + done, span->start - done}, 0, TEXT(""));
        add_span(x, (struct text){s->text.at + span->start, span->end - span->start}, span->style, span->href);
        done = span->end > done ? span->end : done;
    }
    if (done < s->text.length)
        add_span(x, (struct text){s->text.at + done, s->text.length - done}, 0, TEXT(""));
}

/* The last span bears the first finding; further ones get a span of their own without text. */
static void add_findings(struct composing *x, const struct sentence *s)
{
    uint32_t last = ARTICLE_NONE;
    for (uint32_t i = 0; i < s->citations; i++) {
        uint32_t claim = x->c->cited.at[s->first_citation + i].claim;
        uint32_t finding = claim == MODEL_NONE ? ARTICLE_NONE : x->c->used_as[claim] - 1;
        if (finding == ARTICLE_NONE || finding == last)
            continue;
        if (last != ARTICLE_NONE || !x->a->spans.count)
            vector_push(&x->a->spans, (struct span){TEXT(""), TEXT(""), finding, 0});
        else
            x->a->spans.at[x->a->spans.count - 1].finding = finding;
        last = finding;
    }
}

static struct block add_sentences(struct composing *x, const struct draft_block *from)
{
    struct block b = {.level = from->level, .ordered = from->ordered, .first = (uint32_t)x->a->spans.count};
    b.attribution = TEXT("");
    for (uint32_t i = 0; i < from->count; i++) {
        const struct sentence *s = &x->c->draft.sentences.at[from->first + i];
        if (i)
            add_span(x, TEXT(" "), 0, TEXT(""));
        add_text(x, s);
        if (!x->c->runs_on[from->first + i])
            add_findings(x, s);
    }
    b.count = (uint32_t)x->a->spans.count - b.first;
    return b;
}

/* Who says what a pull quote quotes: the one voice that it cites. */
static struct text attribution(struct composing *x, const struct draft_block *from)
{
    for (uint32_t i = 0; i < from->count; i++) {
        const struct sentence *s = &x->c->draft.sentences.at[from->first + i];
        for (uint32_t k = 0; k < s->citations; k++) {
            const struct cited *cite = &x->c->cited.at[s->first_citation + k];
            if (cite->claim != MODEL_NONE && cite->voice != MODEL_NONE)
                return keep(x, gate_name(x->c->gate, cite->voice, cite->claim));
        }
    }
    return TEXT("");
}

static struct text joined(struct composing *x, const struct draft_block *from)
{
    struct buffer text = {0};
    for (uint32_t i = 0; i < from->count; i++) {
        buffer_string(&text, i ? " " : "");
        buffer_text_add(&text, x->c->draft.sentences.at[from->first + i].text);
    }
    struct text result = keep(x, buffer_text(&text));
    buffer_release(&text);
    return result;
}

/* ---- pictures and sound ---- */

static struct text media_name(struct composing *x, const char *what, uint32_t number, const char *mime)
{
    static const struct {
        const char *mime, *ending;
    } endings[] = {{"image/jpeg", "jpg"}, {"image/png", "png"},   {"audio/mpeg", "mp3"}, {"audio/ogg", "ogg"},
                   {"audio/wav", "wav"},  {"audio/x-wav", "wav"}, {"audio/flac", "flac"}};
    const char *ending = "bin";
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strcmp(mime, endings[i].mime) == 0)
            ending = endings[i].ending;
    struct buffer name = {0};
    buffer_format(&name, "%s-%u.%s", what, number, ending);
    struct text result = keep(x, buffer_text(&name));
    buffer_release(&name);
    return result;
}

/* The bytes become the article's. */
static struct text take_bytes(struct composing *x, struct media_ready *ready)
{
    if (!ready->bytes.at)
        return TEXT("");
    vector_push(&x->a->kept, ready->bytes.at);
    return buffer_text(&ready->bytes);
}

static bool make_ready(struct composing *x, const struct draft_media *media, struct media_ready *out)
{
    struct error error = {0};
    return x->c->request->media.ready(x->c->request->media.context, media->record, out, &error) == 0;
}

static void add_picture(struct composing *x, const struct draft_media *media)
{
    struct media_ready ready = {0};
    if (!make_ready(x, media, &ready))
        return;
    struct picture p = {.width = ready.width, .height = ready.height};
    p.name = media_name(x, "picture", ++x->pictures, ready.mime);
    p.bytes = take_bytes(x, &ready);
    p.alt = keep(x, media->alt);
    p.caption = keep(x, media->caption);
    vector_push(&x->a->pictures, p);
}

static void add_transcript(struct composing *x, uint32_t record, struct sound *s)
{
    heard_list heard = {0};
    media_heard(x->c, record, &heard);
    s->first_line = (uint32_t)x->a->transcript.count;
    s->lines = (uint32_t)heard.count;
    for (size_t i = 0; i < heard.count; i++) {
        struct model_entry e = model_entry(x->c->m, heard.at[i].entry);
        uint32_t voice = model_field(&e, FIELD_VOICE)->at, claim = model_field(&e, FIELD_CLAIM)->at;
        struct text speaker = gate_name(x->c->gate, voice, claim);
        vector_push(&x->a->transcript, (struct transcript_line){heard.at[i].second, keep(x, speaker),
                                                                keep_string(x, model_field(&e, FIELD_WORDS))});
    }
    vector_release(&heard);
}

static void add_sound(struct composing *x, const struct draft_media *media, bool transcript_only, uint32_t record)
{
    struct media_ready ready = {0};
    struct sound s = {.bytes = TEXT(""), .mime = TEXT(""), .name = TEXT("")};
    x->sounds++;
    if (!transcript_only && make_ready(x, media, &ready)) {
        s.seconds = ready.seconds;
        s.mime = keep(x, text_of(ready.mime));
        s.name = media_name(x, "sound", x->sounds, ready.mime);
        s.bytes = take_bytes(x, &ready);
    }
    s.caption = keep(x, media->caption.length ? media->caption : media->alt);
    add_transcript(x, record, &s);
    vector_push(&x->a->sounds, s);
}

/* Pictures in a row are one block; a sound is one by itself. */
static void add_media(struct composing *x, const struct draft_block *from)
{
    struct block pictures = {.kind = BLOCK_PICTURES, .attribution = TEXT("")};
    for (uint32_t i = 0; i < from->count; i++) {
        const struct draft_media *media = &x->c->draft.media.at[from->first + i];
        uint32_t record;
        enum media_way way = media_way(x->c, media, &record);
        if (way == MEDIA_PICTURE) {
            if (!pictures.count++)
                pictures.first = (uint32_t)x->a->pictures.count;
            add_picture(x, media);
            continue;
        }
        if (pictures.count)
            vector_push(&x->a->blocks, pictures);
        pictures.count = 0;
        vector_push(&x->a->blocks, (struct block){.kind = BLOCK_SOUND,
                                                  .first = (uint32_t)x->a->sounds.count,
                                                  .count = 1,
                                                  .attribution = TEXT("")});
        add_sound(x, media, way == MEDIA_TRANSCRIPT, record);
    }
    if (pictures.count)
        vector_push(&x->a->blocks, pictures);
}

static void add_block(struct composing *x, const struct draft_block *from)
{
    static const enum block_kind kinds[] = {[DRAFT_PARAGRAPH] = BLOCK_PARAGRAPH,
                                            [DRAFT_HEADING] = BLOCK_HEADING,
                                            [DRAFT_PULL_QUOTE] = BLOCK_PULL_QUOTE,
                                            [DRAFT_ITEM] = BLOCK_ITEM};
    if (from->kind == DRAFT_HEADLINE) {
        x->a->headline = joined(x, from);
    } else if (from->kind == DRAFT_STANDFIRST) {
        x->a->standfirst = joined(x, from);
    } else if (from->kind == DRAFT_MEDIA) {
        add_media(x, from);
    } else {
        struct block b = add_sentences(x, from);
        b.kind = kinds[from->kind];
        if (from->kind == DRAFT_PULL_QUOTE)
            b.attribution = attribution(x, from);
        if (b.count)
            vector_push(&x->a->blocks, b);
    }
}

/* ---- how we know ---- */

static enum ground ground_of(const struct composing *x, const struct model_entry *e)
{
    if (model_field(e, FIELD_TOLD_BY))
        return GROUND_TOLD;
    struct text word = model_field_text(x->c->m, model_field(e, FIELD_GROUND));
    switch (word.length ? word.at[0] : 'u') {
    case 's':
        return GROUND_SAW;
    case 'd':
        return GROUND_DID;
    case 'i':
        return GROUND_INSPECTED;
    case 'r':
        return GROUND_READ;
    default:
        return GROUND_UNSTATED;
    }
}

/* A voice is listed once a claim, at its first statement that counts. */
static bool is_listed(const struct composing *x, const struct finding *f, const uint32_t *voices, uint32_t voice)
{
    (void)x;
    for (uint32_t i = 0; i < f->bearers + f->more_bearers; i++)
        if (voices[i] == voice)
            return true;
    return false;
}

static void add_bearers(struct composing *x, uint32_t claim, struct finding *f)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(x->c->m, SPACE_CLAIM, claim, &count);
    uint32_t *voices = memory_array((size_t)count + 1, sizeof *voices);
    f->first_bearer = (uint32_t)x->a->bearers.count;
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(x->c->m, mentions[i]);
        if (e.verb != VERB_SAY || !aloud_counts(x->c->gate->aloud, mentions[i]) || model_field(&e, FIELD_IN_PART))
            continue;
        uint32_t voice = model_field(&e, FIELD_VOICE)->at;
        struct text who = gate_name(x->c->gate, voice, claim);
        if (voice == MODEL_DESK || is_listed(x, f, voices, voice))
            continue;
        voices[f->bearers + f->more_bearers] = voice;
        if (!who.length) {
            f->more_bearers++;
            continue;
        }
        f->bearers++;
        vector_push(&x->a->bearers, (struct bearer){keep(x, who), ground_of(x, &e), TEXT("")});
    }
    free(voices);
}

static void add_denials(struct composing *x, uint32_t claim, struct finding *f)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(x->c->m, SPACE_CLAIM, claim, &count);
    f->first_denial = (uint32_t)x->a->denials.count;
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(x->c->m, mentions[i]);
        if (e.verb != VERB_DENY || e.retracted || e.is_void)
            continue;
        uint32_t voice = model_field(&e, FIELD_VOICE)->at;
        struct text who = gate_name(x->c->gate, voice, claim);
        if (!who.length || !gate_may_deny(x->c->gate, voice, claim))
            continue;
        bool quoted = terms_words(x->c->gate->terms, voice, claim), dated = terms_public(x->c->gate->terms, voice);
        vector_push(&x->a->denials,
                    (struct denial){keep(x, who), quoted ? keep_string(x, model_field(&e, FIELD_WORDS)) : TEXT(""),
                                    dated ? keep_word(x, model_field(&e, FIELD_ON)) : TEXT("")});
        f->denials++;
    }
}

static struct text answered(struct composing *x, const struct hearing *h)
{
    if (h->answer == MODEL_NONE)
        return TEXT("");
    struct model_entry e = model_entry(x->c->m, h->answer);
    uint32_t voice = model_field(&e, FIELD_VOICE)->at;
    const struct field *on = model_field(&e, h->answer == h->ask ? FIELD_ANSWERED : FIELD_ON);
    bool dated = h->answer == h->ask || terms_public(x->c->gate->terms, voice);
    return on && dated ? keep_word(x, on) : TEXT("-");
}

static void add_hearings(struct composing *x, uint32_t claim, struct finding *f)
{
    uint32_t count;
    const struct hearing *all = hearings_of(x->hearings, claim, &count);
    f->first_hearing = (uint32_t)x->a->hearings.count;
    for (uint32_t i = 0; i < count; i++) {
        struct text who = gate_name(x->c->gate, all[i].voice, MODEL_NONE);
        if (all[i].ask == MODEL_NONE || !who.length)
            continue;
        struct model_entry ask = model_entry(x->c->m, all[i].ask);
        vector_push(&x->a->hearings, (struct hearing_told){keep(x, who), keep_word(x, model_field(&ask, FIELD_ON)),
                                                           answered(x, &all[i])});
        f->hearings++;
    }
}

static bool is_inferred(const struct composing *x, uint32_t claim)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(x->c->m, SPACE_CLAIM, claim, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(x->c->m, mentions[i]);
        if (e.verb == VERB_INFER && model_field(&e, FIELD_CLAIM)->at == claim &&
            aloud_counts(x->c->gate->aloud, mentions[i]))
            return true;
    }
    return false;
}

static enum finding_level level_of(enum level l)
{
    return l == LEVEL_BORNE_OUT ? FINDING_BORNE_OUT : l == LEVEL_ATTESTED ? FINDING_ATTESTED : FINDING_ALLEGED_ONLY;
}

static void add_finding(struct composing *x, const struct used *u)
{
    struct row row = aloud_row(x->c->gate->aloud, u->claim);
    struct finding f = {.form = u->as_fact ? FINDING_FACT : FINDING_ALLEGED,
                        .level = level_of(row.level),
                        .people_low = row.measures[PEOPLE].low,
                        .people_high = row.measures[PEOPLE].high,
                        .parties = row.measures[PARTIES].low,
                        .hops = row.distance == GRAPH_NONE ? ARTICLE_NONE : row.distance};
    f.sentence = attribute_string(x, u->claim, FIELD_SENTENCE);
    uint32_t count;
    f.on = keep_word(x, model_attribute(x->c->m, SPACE_CLAIM, u->claim, FIELD_ON, &count));
    f.inferred = is_inferred(x, u->claim);
    add_bearers(x, u->claim, &f);
    add_denials(x, u->claim, &f);
    add_hearings(x, u->claim, &f);
    vector_push(&x->a->findings, f);
}

/* The first quotation of a sentence, with what of it stands in the sentences before. */
static struct text quoted(struct composing *x, size_t sentence)
{
    struct buffer words = {0};
    size_t first = sentence;
    while (first > 0 && x->c->runs_on[first - 1])
        first--;
    for (size_t i = first; i <= sentence; i++) {
        const struct sentence *s = &x->c->draft.sentences.at[i];
        const struct quotation *q =
            &x->c->draft.quotations.at[s->first_quotation + (i < sentence ? s->quotations - 1 : 0)];
        buffer_string(&words, words.length ? " " : "");
        buffer_add(&words, s->text.at + q->start, q->end - q->start);
    }
    struct text result = keep(x, buffer_text(&words));
    buffer_release(&words);
    return result;
}

/* Words quoted in the text are shown beside the voice that said them, once. */
static void add_quoted(struct composing *x, size_t sentence)
{
    const struct sentence *s = &x->c->draft.sentences.at[sentence];
    for (uint32_t i = 0; i < s->citations && s->quotations && !x->c->runs_on[sentence]; i++) {
        const struct cited *cite = &x->c->cited.at[s->first_citation + i];
        if (cite->claim == MODEL_NONE || cite->say == MODEL_NONE ||
            !terms_words(x->c->gate->terms, cite->voice, cite->claim))
            continue;
        const struct finding *f = &x->a->findings.at[x->c->used_as[cite->claim] - 1];
        struct text who = gate_name(x->c->gate, cite->voice, cite->claim);
        for (uint32_t k = 0; k < f->bearers; k++) {
            struct bearer *b = &x->a->bearers.at[f->first_bearer + k];
            if (text_equal(b->who, who) && !b->words.length) {
                b->words = quoted(x, sentence);
                return;
            }
        }
    }
}

/* ---- what was printed before ---- */

static void add_history(struct composing *x)
{
    struct checking *c = x->c;
    struct text first = draft_setting(&c->draft, "date"), last = TEXT("");
    size_t versions = 0;
    if (!first.length)
        first = c->gate->as_of;
    for (size_t i = 0; i < c->gate->printed.count; i++) {
        struct model_entry e = model_entry(c->m, c->gate->printed.at[i]);
        if (!text_equal(model_field_text(c->m, model_field(&e, FIELD_ARTICLE)), c->slug))
            continue;
        struct text on = model_field_text(c->m, model_field(&e, FIELD_ON));
        const struct field *what = model_field(&e, FIELD_CORRECTION);
        if (!versions++ && on.length)
            first = on;
        last = on;
        if (what)
            vector_push(&x->a->corrections, (struct correction){keep(x, on), keep_string(x, what)});
    }
    bool is_change = versions && !c->is_out;
    if (is_change && c->request->correction.length)
        vector_push(&x->a->corrections, (struct correction){keep(x, c->gate->as_of), keep(x, c->request->correction)});
    x->a->published = keep(x, first);
    x->a->changed = keep(x, is_change ? c->gate->as_of : versions > 1 ? last : TEXT(""));
}

void compose(struct checking *c)
{
    struct composing x = {.c = c, .a = &c->out->article, .hearings = hearings_new(c->m)};
    bool *public = memory_array(model_voices(c->m), sizeof *public);
    for (uint32_t v = 0; v < model_voices(c->m); v++)
    public[v] = terms_public(c->gate->terms, v);
    hearings_answer_by(x.hearings, public);
    *x.a = (struct article){0};
    x.a->slug = keep(&x, c->slug);
    x.a->language = keep(&x, c->language);
    x.a->byline = keep(&x, draft_setting(&c->draft, "byline"));
    x.a->headline = x.a->standfirst = TEXT("");
    for (size_t i = 0; i < c->draft.blocks.count; i++)
        add_block(&x, &c->draft.blocks.at[i]);
    for (size_t i = 0; i < c->used.count; i++)
        add_finding(&x, &c->used.at[i]);
    for (size_t i = 0; i < c->draft.sentences.count; i++)
        add_quoted(&x, i);
    add_history(&x);
    hearings_free(x.hearings);
    free(public);
}
