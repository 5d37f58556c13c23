/* What a case holds: see show.h. */
#include "ops/show.h"

#include "rules/hearing.h"
#include "ops/telling.h"

enum { MOST_LISTED = 100, MOST_ENTRIES = 200 };

struct showing {
    struct model *m;
    const struct opened *o;
    struct telling t;
    const struct screen *screen;
    struct buffer line, *out;
};

static void showing_init(struct showing *s, const struct opened *o, const struct screen *screen, struct buffer *out)
{
    *s = (struct showing){.m = o->model, .o = o, .screen = screen, .out = out};
    telling_init(&s->t, o->model, o->bearing);
}

static void showing_release(struct showing *s)
{
    telling_release(&s->t);
    buffer_release(&s->line);
}

static void head(struct showing *s, struct text t)
{
    buffer_string(s->out, s->out->length ? "\n" : "");
    screen_paint(s->screen, s->out, TONE_HEAD, t);
    buffer_char(s->out, '\n');
}

static void flush(struct showing *s, unsigned first, unsigned rest)
{
    text_wrap(buffer_text(&s->line), s->screen->width, first, rest, s->out);
    buffer_clear(&s->line);
}

/* "  ana          Ana, on record": an id and what it is. */
static void item(struct showing *s, struct text id, unsigned width)
{
    struct buffer row = {0};
    text_pad(id, width, &row);
    buffer_string(&row, "  ");
    unsigned indent = 2 + width + 2;
    struct text rest = buffer_text(&s->line);
    text_blanks(2, s->out);
    buffer_text_add(s->out, buffer_text(&row));
    buffer_text_add(s->out, text_line(&rest, s->screen->width > indent ? s->screen->width - indent : 1));
    buffer_char(s->out, '\n');
    text_wrap(rest, s->screen->width, indent, indent, s->out);
    buffer_release(&row);
    buffer_clear(&s->line);
}

static uint32_t size_of(const struct model *m, enum model_space space)
{
    return space == SPACE_VOICE ? model_voices(m) : space == SPACE_RECORD ? model_records(m) : model_claims(m);
}

static unsigned id_width(const struct showing *s, enum model_space space, uint32_t count)
{
    size_t width = 4;
    for (uint32_t i = 0; i < count; i++) {
        struct text id = model_id(s->m, space, i);
        width = id.length > width ? id.length : width;
    }
    return width > 24 ? 24 : (unsigned)width;
}

/* The newest terms of a voice, or NULL. */
static const struct field *terms_of(struct showing *s, uint32_t voice)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(s->m, SPACE_VOICE, voice, &count);
    while (count--) {
        struct model_entry e = model_entry(s->m, mentions[count]);
        if (e.verb == VERB_TERMS && !e.retracted && !e.is_void && model_field(&e, FIELD_VOICE)->at == voice)
            return model_field(&e, FIELD_TERM);
    }
    return NULL;
}

static void describe(struct showing *s, enum model_space space, uint32_t n)
{
    static const enum field_kind words[SPACE_COUNT] = {FIELD_NAME, FIELD_TITLE, FIELD_SENTENCE};
    buffer_text_add(&s->line, tell_attribute(&s->t, space, n, words[space]));
    if (space == SPACE_VOICE) {
        const struct field *terms = terms_of(s, n);
        buffer_string(&s->line, ", ");
        buffer_text_add(&s->line, terms ? tell_code(&s->t, terms) : words_text(WORDS_NO_TERMS));
    } else if (space == SPACE_RECORD) {
        buffer_string(&s->line, ", ");
        buffer_text_add(&s->line, tell_attribute(&s->t, space, n, FIELD_RECORD_KIND));
    } else if (s->o->bearing) {
        buffer_string(&s->line, " — ");
        buffer_text_add(&s->line, words_level(standing_row(bearing_graph(s->o->bearing), n).level));
    }
}

static void list(struct showing *s, enum model_space space, enum words heading, uint32_t first)
{
    uint32_t count = size_of(s->m, space), shown = count > MOST_LISTED + first ? MOST_LISTED + first : count;
    if (count <= first)
        return;
    head(s, words_text(heading));
    unsigned width = id_width(s, space, shown);
    for (uint32_t i = first; i < shown; i++) {
        describe(s, space, i);
        item(s, model_id(s->m, space, i), width);
    }
    if (count > shown) {
        words_say(&s->line, AND_MORE, tell_count(&s->t, COUNTED_OTHER, count - shown));
        flush(s, 2, 2);
    }
}

/* The newest title that the case was given. */
static struct text title(struct showing *s)
{
    for (uint32_t n = model_entries(s->m); n--;) {
        struct model_entry e = model_entry(s->m, n);
        if (e.verb == VERB_CASE && !e.retracted && !e.is_void && model_field(&e, FIELD_TITLE))
            return tell_string(&s->t, model_field(&e, FIELD_TITLE));
    }
    return words_text(WORDS_UNTITLED);
}

static void list_questions(struct showing *s)
{
    struct hearings *h = hearings_new(s->m);
    size_t before = s->out->length, told = 0;
    head(s, words_text(WORDS_HEAD_QUESTIONS));
    for (uint32_t c = 0; c < model_claims(s->m) && told < MOST_LISTED; c++) {
        uint32_t count;
        const struct hearing *all = hearings_of(h, c, &count);
        for (uint32_t i = 0; i < count && told < MOST_LISTED; i++) {
            if (all[i].answer != MODEL_NONE)
                continue;
            struct text voice = tell_voice(&s->t, all[i].voice), claim = tell_claim(&s->t, c);
            words_fill(&s->line, all[i].ask == MODEL_NONE ? WORDS_OPEN_NOT_ASKED : WORDS_OPEN_NOT_ANSWERED,
                       (const struct text[]){{0}, voice, claim}, 3);
            words_begin(&s->line, 0);
            flush(s, 2, 4);
            told++;
        }
    }
    if (!told)
        s->out->length = before;
    hearings_free(h);
}

void show_case(const struct opened *o, const struct screen *screen, struct buffer *out)
{
    struct showing s;
    uint64_t statements = 0;
    showing_init(&s, o, screen, out);
    for (uint32_t n = 0; n < model_entries(s.m); n++) {
        struct model_entry e = model_entry(s.m, n);
        statements += (e.verb == VERB_SAY || e.verb == VERB_DENY || e.verb == VERB_INFER) && !e.retracted && !e.is_void;
    }
    head(&s, title(&s));
    words_say(&s.line, OVERVIEW, tell_count(&s.t, COUNTED_VOICE, model_voices(s.m) - 1),
              tell_count(&s.t, COUNTED_RECORD, model_records(s.m)), tell_count(&s.t, COUNTED_CLAIM, model_claims(s.m)),
              tell_count(&s.t, COUNTED_STATEMENT, statements), tell_count(&s.t, COUNTED_ENTRY, model_entries(s.m)));
    words_begin(&s.line, 0);
    flush(&s, 0, 0);
    list(&s, SPACE_VOICE, WORDS_HEAD_VOICES, MODEL_DESK + 1);
    list(&s, SPACE_RECORD, WORDS_HEAD_RECORDS, 0);
    list(&s, SPACE_CLAIM, WORDS_HEAD_CLAIMS, 0);
    list_questions(&s);
    showing_release(&s);
}

/* ---- one id ---- */

static void detail(struct showing *s, enum words name, struct text value)
{
    if (!value.length)
        return;
    words_say(&s->line, DETAIL, words_text(name), value);
    flush(s, 2, 4);
}

static struct text ids_of(struct showing *s, enum model_space space, uint32_t n, enum field_kind kind)
{
    struct buffer all = {0};
    uint32_t count;
    const struct field *f = model_attribute(s->m, space, n, kind, &count);
    for (uint32_t i = 0; i < count && i < MOST_LISTED; i++) {
        buffer_text_add(&all, words_between(i, count));
        buffer_text_add(&all, model_id(s->m, SPACE_VOICE, f[i].at));
    }
    struct buffer *out = telling_room(&s->t);
    buffer_text_add(out, buffer_text(&all));
    buffer_release(&all);
    return buffer_text(out);
}

static void secret_strings(struct showing *s, uint32_t voice, enum field_kind kind, enum words name, bool secrets,
                           size_t *hidden)
{
    uint32_t count;
    const struct field *f = model_attribute(s->m, SPACE_VOICE, voice, kind, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (f[i].forgotten)
            detail(s, name, words_text(WORDS_FORGOTTEN));
        else if (secrets)
            detail(s, name, tell_string(&s->t, &f[i]));
        else
            ++*hidden;
    }
}

static void protected_details(struct showing *s, uint32_t voice, bool secrets, size_t *hidden)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(s->m, SPACE_VOICE, voice, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(s->m, mentions[i]);
        const struct field *f = model_field(&e, FIELD_DETAIL);
        if (e.verb != VERB_PROTECT || e.retracted || e.is_void || !f || model_field(&e, FIELD_VOICE)->at != voice)
            continue;
        if (f->forgotten)
            detail(s, WORDS_DETAIL_PROTECT, words_text(WORDS_FORGOTTEN));
        else if (secrets)
            detail(s, WORDS_DETAIL_PROTECT, tell_string(&s->t, f));
        else
            ++*hidden;
    }
}

static void show_voice(struct showing *s, uint32_t v, bool secrets)
{
    size_t hidden = 0;
    const struct field *terms = terms_of(s, v);
    detail(s, WORDS_DETAIL_OF, ids_of(s, SPACE_VOICE, v, FIELD_OF));
    detail(s, WORDS_DETAIL_TERMS, terms ? tell_code(&s->t, terms) : words_text(WORDS_NO_TERMS));
    secret_strings(s, v, FIELD_KNOWN_AS, WORDS_DETAIL_KNOWN_AS, secrets, &hidden);
    secret_strings(s, v, FIELD_CONTACT, WORDS_DETAIL_CONTACT, secrets, &hidden);
    secret_strings(s, v, FIELD_NOTE, WORDS_DETAIL_NOTE, secrets, &hidden);
    protected_details(s, v, secrets, &hidden);
    if (hidden) {
        words_say(&s->line, HIDDEN, tell_count(&s->t, COUNTED_DETAIL, hidden));
        words_begin(&s->line, 0);
        flush(s, 2, 4);
    }
}

static void show_record(struct showing *s, uint32_t r)
{
    static const struct {
        enum field_kind kind;
        enum words words;
    } texts[] = {{FIELD_RECORD_KIND, WORDS_DETAIL_KIND},
                 {FIELD_ON, WORDS_DETAIL_ON},
                 {FIELD_FILE, WORDS_DETAIL_FILE},
                 {FIELD_URL, WORDS_DETAIL_URL},
                 {FIELD_NOTE, WORDS_DETAIL_NOTE}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        detail(s, texts[i].words, tell_attribute(&s->t, SPACE_RECORD, r, texts[i].kind));
    detail(s, WORDS_DETAIL_BY, ids_of(s, SPACE_RECORD, r, FIELD_BY));
    detail(s, WORDS_DETAIL_FROM, ids_of(s, SPACE_RECORD, r, FIELD_FROM));
    detail(s, WORDS_DETAIL_VOUCHED, ids_of(s, SPACE_RECORD, r, FIELD_VOUCHED_BY));
}

static void show_claim(struct showing *s, uint32_t c)
{
    if (s->o->bearing)
        detail(s, WORDS_DETAIL_STANDING, words_level(standing_row(bearing_graph(s->o->bearing), c).level));
    detail(s, WORDS_DETAIL_ON, tell_attribute(&s->t, SPACE_CLAIM, c, FIELD_ON));
    detail(s, WORDS_DETAIL_PLACE, tell_attribute(&s->t, SPACE_CLAIM, c, FIELD_PLACE));
    detail(s, WORDS_DETAIL_COUNT, tell_attribute(&s->t, SPACE_CLAIM, c, FIELD_COUNT));
    detail(s, WORDS_DETAIL_ACCUSES, ids_of(s, SPACE_CLAIM, c, FIELD_ACCUSES));
    detail(s, WORDS_DETAIL_NOTE, tell_attribute(&s->t, SPACE_CLAIM, c, FIELD_NOTE));
}

/* Does the entry hold what only --secrets shows? Then it is named, not printed. */
static bool holds_secret(const struct model_entry *e)
{
    for (uint32_t i = 0; i < e->count; i++)
        if (field_protected(e->verb, e->fields[i].kind))
            return true;
    return false;
}

/* An entry in the notation, its attributes on lines of their own. */
static void show_entry(struct showing *s, uint32_t n)
{
    struct model_entry e = model_entry(s->m, n);
    struct buffer printed = {0};
    model_print_entry(s->m, n, &printed);
    for (char *at = printed.at, *end; at && *at; at = end + 1) {
        end = strchr(at, '\n');
        struct buffer *line = telling_room(&s->t);
        text_clean((struct text){at, (size_t)(end - at)}, line);
        if (at > printed.at)
            buffer_text_add(&s->line, buffer_text(line));
        else
            words_fill(&s->line, e.retracted || e.is_void ? WORDS_ENTRY_GONE : WORDS_ENTRY,
                       (const struct text[]){{0}, tell_number(&s->t, (uint64_t)n + 1), buffer_text(line)}, 3);
        flush(s, at > printed.at ? 8 : 2, 8);
    }
    buffer_release(&printed);
}

static void show_entries(struct showing *s, enum model_space space, uint32_t n, bool secrets)
{
    uint32_t count, told = 0;
    const uint32_t *mentions = model_mentions(s->m, space, n, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(s->m, mentions[i]);
        if (e.verb == VERB_VOICE || e.verb == VERB_RECORD || e.verb == VERB_CLAIM || (holds_secret(&e) && !secrets))
            continue;
        if (told++ < MOST_ENTRIES)
            show_entry(s, mentions[i]);
    }
    if (told > MOST_ENTRIES) {
        words_say(&s->line, AND_MORE, tell_count(&s->t, COUNTED_OTHER, told - MOST_ENTRIES));
        flush(s, 2, 2);
    }
}

static void show_one(struct showing *s, enum model_space space, uint32_t n, bool secrets)
{
    static const enum words kinds[SPACE_COUNT] = {WORDS_SHOW_VOICE, WORDS_SHOW_RECORD, WORDS_SHOW_CLAIM};
    struct buffer heading = {0};
    words_fill(&heading, kinds[space], (const struct text[]){{0}, model_id(s->m, space, n)}, 2);
    head(s, buffer_text(&heading));
    buffer_release(&heading);
    static const enum field_kind words[SPACE_COUNT] = {FIELD_NAME, FIELD_TITLE, FIELD_SENTENCE};
    buffer_text_add(&s->line, n == MODEL_DESK && space == SPACE_VOICE ? words_text(WORDS_DESK)
                                                                      : tell_attribute(&s->t, space, n, words[space]));
    flush(s, 2, 2);
    if (space == SPACE_VOICE)
        show_voice(s, n, secrets);
    else if (space == SPACE_RECORD)
        show_record(s, n);
    else
        show_claim(s, n);
    show_entries(s, space, n, secrets);
}

int show_id(const struct opened *o, const char *id, bool secrets, const struct screen *screen, struct buffer *out,
            struct error *error)
{
    struct showing s;
    struct text word = text_of(id), near = TEXT("");
    bool found = false;
    showing_init(&s, o, screen, out);
    for (int space = 0; space < SPACE_COUNT; space++) {
        uint32_t n = model_find(o->model, (enum model_space)space, word);
        if (n != MODEL_NONE)
            show_one(&s, (enum model_space)space, n, secrets);
        else if (!near.length)
            near = model_nearest(o->model, (enum model_space)space, word);
        found |= n != MODEL_NONE;
    }
    showing_release(&s);
    if (found)
        return 0;
    error_set(error, ERROR_MISSING, "there is no voice, record or claim '%s'", id);
    error_where(error, "%s", o->name);
    return near.length ? error_mend(error, "did you mean '%.*s'?", TEXT_ARG(near)) : -1;
}
