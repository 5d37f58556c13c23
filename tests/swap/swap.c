/* One swap: see swap.h. */
#include "swap.h"

#include "gate/inside.h"
#include "gate/twin.h"
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

/* The case whose records are asked for: a picture's bytes follow from its record's number, whatever it is called. */
static int canned(void *context, struct text record_id, struct media_ready *out, struct error *error)
{
    const struct model *m = context;
    uint32_t record = model_find(m, SPACE_RECORD, record_id);
    if (record == MODEL_NONE)
        return error_set(error, ERROR_MISSING, "no such record");
    struct text kind = model_attribute_text(m, SPACE_RECORD, record, FIELD_RECORD_KIND);
    bool sound = text_equal(kind, TEXT("audio"));
    *out =
        (struct media_ready){.width = sound ? 0 : 640 + record, .height = sound ? 0 : 480, .seconds = sound ? 61 : 0};
    buffer_format(&out->bytes, "the bytes of record %u", record);
    snprintf(out->mime, sizeof out->mime, "%s", sound ? "audio/mpeg" : "image/jpeg");
    return 0;
}

void case_open(struct opened_case *c, struct text text)
{
    struct faults faults = {0};
    c->model = model_new();
    if (model_take(c->model, text, TAKE_LOG, &faults)) {
        struct buffer lines = {0};
        faults_print(&faults, "case", &lines);
        printf("Bail out! %s\n%.*s\n", lines.at, TEXT_ARG(text));
        abort();
    }
    faults_release(&faults);
    c->bearing = bearing_new(c->model);
    if (standing_measure(bearing_graph(c->bearing), NULL))
        abort();
    c->terms = terms_new(c->model, TEXT(SAMPLE_DAY));
}

void case_close(struct opened_case *c)
{
    terms_free(c->terms);
    bearing_free(c->bearing);
    model_free(c->model);
}

static struct site_options options = {{"The Quay", 8}, {"https://quay.example/", 21}, false};

void site_called(struct text name)
{
    options.name = name;
}

static void make_site(struct outcome *o, uint32_t count, bool single_file)
{
    struct site_options mine = options;
    const struct article *articles[SWAP_DRAFTS];
    mine.single_file = single_file;
    for (uint32_t i = 0; i < count; i++)
        if (!o->answers[i].refused)
            articles[o->passed++] = &o->answers[i].article;
    site_make(articles, o->passed, &mine, &o->site);
}

static void make_requests(const struct opened_case *c, const struct buffer *drafts, uint32_t count,
                          struct gate_request *out)
{
    for (uint32_t i = 0; i < count; i++)
        out[i] = (struct gate_request){.bearing = c->bearing,
                                       .source = buffer_text(&drafts[i]),
                                       .slug = TEXT("story"),
                                       .as_of = TEXT(SAMPLE_DAY),
                                       .correction = TEXT("A number was wrong."),
                                       .media = {canned, c->model}};
}

void publish(const struct opened_case *c, const struct buffer *drafts, uint32_t count, bool with_secrets,
             bool single_file, struct outcome *out)
{
    struct gate_request requests[SWAP_DRAFTS];
    make_requests(c, drafts, count, requests);
    *out = (struct outcome){.passed = 0};
    if (with_secrets)
        gate_articles(requests, count, out->answers);
    else
        gate_articles_of_twin(requests, count, out->answers);
    make_site(out, count, single_file);
}

void check_site(const struct opened_case *c, const struct buffer *drafts, uint32_t count, const struct outcome *o,
                struct gate_answer *out)
{
    struct gate_request requests[SWAP_DRAFTS];
    make_requests(c, drafts, count, requests);
    *out = (struct gate_answer){0};
    gate_site(requests, count, &o->site, &options, out);
}

void outcome_release(struct outcome *o, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        gate_answer_release(&o->answers[i]);
    site_release(&o->site);
}

bool swap_differs(const struct opened_case *c, const struct buffer *drafts, uint32_t count, const struct outcome *own,
                  bool single_file, uint64_t seed, struct buffer *where)
{
    struct buffer text = {0}, twins[SWAP_DRAFTS] = {{0}};
    struct opened_case twin;
    struct outcome other;
    twin_write(c->model, c->terms, seed, &text);
    case_open(&twin, buffer_text(&text));
    for (uint32_t i = 0; i < count; i++)
        twin_draft(c->model, seed, buffer_text(&drafts[i]), &twins[i]);
    publish(&twin, twins, count, false, single_file, &other);
    bool differs = site_differs(&own->site, &other.site, where);
    outcome_release(&other, count);
    for (uint32_t i = 0; i < count; i++)
        buffer_release(&twins[i]);
    case_close(&twin);
    buffer_release(&text);
    return differs;
}
