/* The table of views, and what all of them read of a request: see view.h. */
#include "desk/view_inside.h"

#define JSON "application/json"

const struct view_path view_paths[] = {
    {"/api/claims", view_claims, JSON},
    {"/api/claim", view_claim, JSON},
    {"/api/without", view_without, JSON},
    {"/api/weakest", view_weakest, JSON},
    {"/api/voices", view_voices, JSON},
    {"/api/voice", view_voice, JSON},
    {"/api/records", view_records, JSON},
    {"/api/record", view_record, JSON},
    {"/api/record/text", view_record_text, JSON},
    {"/api/record/peaks", view_record_peaks, JSON},
    {"/api/timeline", view_timeline, JSON},
    {"/api/next", view_next, JSON},
    {"/api/questions", view_questions, JSON},
    {"/api/diary", view_diary, JSON},
    {"/api/odd", view_odd, JSON},
    {"/api/articles", view_articles, JSON},
    {"/api/names", view_names, JSON},
    {NULL, NULL, NULL},
};

struct text view_parameter(const struct view_request *q, const char *name)
{
    for (size_t i = 0; i < q->parameter_count; i++)
        if (text_equal(q->parameters[i].name, text_of(name)))
            return q->parameters[i].value;
    return TEXT("");
}

const struct view_path *view_find(struct text path)
{
    for (const struct view_path *p = view_paths; p->path; p++)
        if (text_equal(path, text_of(p->path)))
            return p;
    return NULL;
}

int view_answer(const struct view_path *path, struct view_request *q, struct buffer *out, struct error *error)
{
    size_t before = out->length;
    q->media_type = path->media_type;
    views_refresh(q->views, q->o, q->now);
    enum words_language usual = words_use(q->language); /* for this answer alone: all else stays as it was */
    int result = path->answer(q, out, error);
    words_use(usual);
    if (result) {
        out->length = before;
        if (out->at)
            out->at[before] = '\0';
    }
    return result;
}

int view_number(const struct view_request *q, const char *name, uint32_t usual, uint32_t *number, struct error *error)
{
    struct text value = view_parameter(q, name);
    uint64_t n = 0;
    *number = usual;
    if (!value.length)
        return 0;
    for (size_t i = 0; i < value.length; i++) {
        if (value.at[i] < '0' || value.at[i] > '9') {
            error_set(error, ERROR_INPUT, "'%s' has to be a number, and is '%.*s'", name, TEXT_ARG(value));
            return error_mend(error, "write it in digits, or leave it out");
        }
        n = n > UINT32_MAX ? n : n * 10 + (uint64_t)(value.at[i] - '0');
    }
    *number = n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
    return 0;
}

int view_page(const struct view_request *q, struct page *page, struct error *error)
{
    if (view_number(q, "offset", 0, &page->offset, error) || view_number(q, "limit", VIEW_USUAL, &page->limit, error))
        return -1;
    page->limit = page->limit > VIEW_MOST ? VIEW_MOST : page->limit;
    return 0;
}

int view_choice(const struct view_request *q, const char *name, const char *const *words, unsigned count,
                unsigned *which, struct error *error)
{
    struct text value = view_parameter(q, name);
    for (*which = 0; *which < count; ++*which)
        if (value.length && text_equal(value, text_of(words[*which])))
            return 0;
    if (!value.length)
        return 0;
    struct buffer all = {0};
    for (unsigned i = 0; i < count; i++)
        buffer_format(&all, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", words[i]);
    error_set(error, ERROR_INPUT, "'%s' cannot be '%.*s'", name, TEXT_ARG(value));
    error_mend(error, "it is one of %s", all.at);
    buffer_release(&all);
    return -1;
}

int view_unknown(const struct opened *o, enum model_space space, struct text id, struct error *error)
{
    static const char *const nouns[SPACE_COUNT] = {"voice", "record", "claim"};
    struct text near = model_nearest(o->model, space, id);
    error_set(error, ERROR_MISSING, "there is no %s '%.*s'", nouns[space], TEXT_ARG(id));
    return near.length ? error_mend(error, "did you mean '%.*s'?", TEXT_ARG(near)) : -1;
}

int view_id(const struct view_request *q, const char *name, enum model_space space, uint32_t *number,
            struct error *error)
{
    struct text id = view_parameter(q, name);
    *number = id.length <= LIMIT_ID ? model_find(q->o->model, space, id) : MODEL_NONE;
    return *number == MODEL_NONE ? view_unknown(q->o, space, id, error) : 0;
}
