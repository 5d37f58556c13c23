/* The made site: no secret in any byte or name of it, and the same site, to the last byte, from a twin of the case in
 * which every secret is another. */
#include "gate/inside.h"
#include "gate/twin.h"

#include <inttypes.h>
#include <stdlib.h>

enum { TWINS = 3 }; /* what can come out in two ways only, comes out the same by chance in half of them */

/* ---- bytes ---- */

static void refuse_find(struct gate_answer *out, const struct site_file *file, size_t number, bool in_name,
                        const struct secret_find *f)
{
    struct buffer what = {0};
    if (in_name)
        buffer_format(&what, "the name of file %zu of the site gives away something protected", number + 1);
    else
        buffer_format(&what, "%s, byte %zu: the file gives away something protected", file->name, f->start);
    if (f->how != HOW_PLAIN)
        buffer_format(&what, ", %s", secret_how_words(f->how));
    refuse_site(
        out, CHECK_SECRETS, buffer_text(&what),
        TEXT("nothing is published; if no draft and no claim says it, this is a fault of Bearout: please report it"));
    buffer_release(&what);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Do the words stand in `whole`, not within other words? */
static bool has_words(struct text whole, struct text words)
{
    const char *end = whole.at + whole.length, *at = whole.at;
    while ((at = memmem(at, (size_t)(end - at), words.at, words.length))) {
        bool cut = (at > whole.at && is_letter(at[-1])) || (at + words.length < end && is_letter(at[words.length]));
        if (!cut)
            return true;
        at++;
    }
    return false;
}

/* Whether the bytes of a find are among what every site says: a person may have the name of a country in the notice, or
 * of a typeface. Where an article says the same, its text was refused before a site was made. `furniture` is made at
 * the first need. */
static bool is_furniture(struct text t, const struct secret_find *f, struct buffer *furniture)
{
    if (!furniture->length)
        site_furniture(furniture);
    return f->end > f->start && has_words(buffer_text(furniture), (struct text){t.at + f->start, f->end - f->start});
}

/* The first hit of a file is enough. */
static bool find_hit(const struct secrets *s, struct text t, struct buffer *furniture, struct secret_find *hit)
{
    secret_finds finds = {0};
    bool found = false;
    secrets_find_in_bytes(s, t, &finds);
    for (size_t i = 0; i < finds.count && !found; i++)
        if (!finds.at[i].near && !is_furniture(t, &finds.at[i], furniture)) {
            *hit = finds.at[i];
            found = true;
        }
    vector_release(&finds);
    return found;
}

static void check_bytes(struct gate *g, const struct site *site, struct gate_answer *out)
{
    struct buffer furniture = {0};
    for (size_t i = 0; i < site->files.count; i++) {
        const struct site_file *file = &site->files.at[i];
        struct secret_find hit;
        if (find_hit(g->secrets, text_of(file->name), &furniture, &hit))
            refuse_find(out, file, i, true, &hit);
        else if (find_hit(g->secrets, buffer_text(&file->bytes), &furniture, &hit))
            refuse_find(out, file, i, false, &hit);
    }
    buffer_release(&furniture);
}

/* ---- the twin ---- */

/* A twin's records have other ids; their pictures are the case's. */
struct twin_media {
    struct media_source of_case;
    struct model *m, *twin;
};

static int twin_ready(void *context, struct text id, struct media_ready *out, struct error *error)
{
    struct twin_media *t = context;
    uint32_t record = model_find(t->twin, SPACE_RECORD, id);
    if (record == MODEL_NONE || record >= model_records(t->m))
        return error_set(error, ERROR_MISSING, "there is no such record");
    return t->of_case.ready(t->of_case.context, model_id(t->m, SPACE_RECORD, record), out, error);
}

struct swapping {
    uint64_t seed;
    struct model *twin;
    struct bearing *bearing;
    VECTOR(struct buffer) drafts; /* of the requests, then of those beside them */
    VECTOR(struct text) beside;
    VECTOR(struct gate_request) requests;
    VECTOR(struct gate_answer) answers;
    struct twin_media media;
};

static struct text rewrite(struct swapping *s, const struct model *m, struct text draft)
{
    struct buffer out = {0};
    twin_draft(m, s->seed, draft, &out);
    vector_push(&s->drafts, out);
    return buffer_text(&out);
}

static int make_twin(struct gate *g, struct swapping *s)
{
    struct buffer text = {0};
    struct faults faults = {0};
    twin_write(g->m, g->terms, s->seed, &text);
    s->twin = model_new();
    int failed = model_take(s->twin, buffer_text(&text), TAKE_LOG, &faults);
    faults_release(&faults);
    buffer_release(&text);
    if (failed)
        return -1;
    s->bearing = bearing_new(s->twin);
    return standing_measure(bearing_graph(s->bearing), NULL);
}

static void make_requests(struct gate *g, const struct gate_request *requests, size_t count, struct swapping *s)
{
    s->media = (struct twin_media){requests[0].media, g->m, s->twin};
    for (size_t i = 0; i < requests[0].beside_count; i++)
        vector_push(&s->beside, rewrite(s, g->m, requests[0].beside[i]));
    for (size_t i = 0; i < count; i++) {
        struct gate_request r = requests[i];
        r.bearing = s->bearing;
        r.source = rewrite(s, g->m, requests[i].source);
        r.beside = s->beside.at;
        if (r.media.ready)
            r.media = (struct media_source){twin_ready, &s->media};
        vector_push(&s->requests, r);
        vector_push(&s->answers, (struct gate_answer){0});
    }
}

static void compare(const struct swapping *s, const struct site *site, const struct site_options *options,
                    struct gate_answer *out)
{
    struct site twin = {0};
    struct buffer where = {0}, what = {0};
    gate_make(s->answers.at, s->answers.count, options, &twin);
    if (site_differs(site, &twin, &where)) {
        buffer_string(&what, "the pages depend on something protected: they differ when it is another, first at ");
        buffer_text_add(&what, buffer_text(&where));
        refuse_site(out, CHECK_SWAP, buffer_text(&what),
                    TEXT("nothing is published; this is a fault of Bearout: please report it"));
    }
    buffer_release(&what);
    buffer_release(&where);
    site_release(&twin);
}

static void swapping_release(struct swapping *s)
{
    for (size_t i = 0; i < s->answers.count; i++)
        gate_answer_release(&s->answers.at[i]);
    for (size_t i = 0; i < s->drafts.count; i++)
        buffer_release(&s->drafts.at[i]);
    vector_release(&s->answers);
    vector_release(&s->requests);
    vector_release(&s->drafts);
    vector_release(&s->beside);
    bearing_free(s->bearing);
    model_free(s->twin);
}

/* True where the twin's site is the same. */
static bool check_twin(struct gate *g, uint64_t seed, const struct gate_request *requests, size_t count,
                       const struct site *site, const struct site_options *options, struct gate_answer *out)
{
    struct swapping s = {.seed = seed};
    bool refused = false;
    size_t before = out->refusals.count;
    if (make_twin(g, &s) == 0) {
        make_requests(g, requests, count, &s);
        gate_articles_of_twin(s.requests.at, count, s.answers.at);
    }
    for (size_t i = 0; i < s.answers.count; i++)
        refused |= s.answers.at[i].refused;
    if (refused || s.answers.count != count)
        refuse_site(out, CHECK_SWAP,
                    TEXT("whether the drafts pass depends on something protected: they do not when it is another"),
                    TEXT("nothing is published; this is a fault of Bearout: please report it"));
    else
        compare(&s, site, options, out);
    swapping_release(&s);
    return out->refusals.count == before;
}

void gate_site(const struct gate_request *requests, size_t count, const struct site *site,
               const struct site_options *options, struct gate_answer *out)
{
    struct gate g;
    if (!count)
        return;
    gate_init(&g, requests[0].bearing, requests[0].as_of, true);
    check_bytes(&g, site, out);
    for (uint64_t seed = 1; seed <= TWINS; seed++)
        if (!check_twin(&g, seed, requests, count, site, options, out))
            break;
    gate_release(&g);
}
