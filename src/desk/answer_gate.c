/* The gate as a draft is written, publishing, and a first draft. */
#include "desk/body.h"

#include "base/json.h"
#include "ops/publish.h"

#include <sys/stat.h>

enum { DRAFTS = 64 };

static void add_refusal(struct buffer *out, const char *draft, const struct refusal *r)
{
    json_open(out, '{');
    json_text_field(out, "kind", r->warning ? TEXT("warning") : TEXT("refused"));
    json_text_field(out, "check", text_of(gate_check_word(r->check)));
    json_field(out, "draft", text_of(draft));
    if (r->line) {
        json_number_field(out, "line", r->line);
        json_number_field(out, "column", r->column);
    }
    json_field(out, "quote", r->sentence);
    json_text_field(out, "what", r->what);
    json_field(out, "mend", r->mend);
    json_close(out, '}');
}

static void add_published(struct buffer *out, const struct published *p, const char *to)
{
    json_key(out, "published");
    json_open(out, '{');
    json_number_field(out, "files", p->files);
    json_number_field(out, "bytes", p->bytes);
    json_number_field(out, "fresh", p->fresh);
    json_text_field(out, "to", text_of(to));
    json_close(out, '}');
}

/* `to`: NULL where nothing was to be written. */
static void answer_published(struct exchange *x, const struct published *p, const char *to)
{
    struct buffer *out = &x->answer;
    json_open(out, '{');
    json_bool_field(out, "refused", p->refused);
    json_key(out, "answers");
    json_open(out, '[');
    for (size_t i = 0; i < p->answers.count; i++)
        for (size_t k = 0; k < p->answers.at[i].refusals.count; k++)
            add_refusal(out, p->drafts.at[i].name, &p->answers.at[i].refusals.at[k]);
    for (size_t k = 0; k < p->whole.refusals.count; k++)
        add_refusal(out, "", &p->whole.refusals.at[k]);
    json_close(out, ']');
    json_field(out, "preview", buffer_text(&p->page));
    if (to && !p->refused)
        add_published(out, p, to);
    json_close(out, '}');
}

static int append(void *context, struct text notation, struct error *error)
{
    return session_append(context, notation, error);
}

/* Runs the gate over an open case; `wish` without its file. */
static void run(struct exchange *x, struct publish_wish *wish)
{
    struct error error = {0};
    bool write = !wish->dry;
    wish->file = keeper_file(desk_keeper(x->desk));
    const struct opened *o = session_work(x->session, write, &error);
    if (!o) {
        exchange_fail(x, &error);
        return;
    }
    struct published p;
    struct publish_case open = {o, append, x->session};
    int failed = ops_publish_open(wish, &open, keeper_stop(desk_keeper(x->desk), x->session), &p, &error);
    bool recorded = p.recorded;
    if (failed)
        exchange_fail(x, &error);
    else
        answer_published(x, &p, write ? wish->to : NULL);
    published_release(&p);
    session_work_end(x->session);
    if (recorded)
        desk_tell_change(x->desk, session_now(x->session));
}

void answer_gate(struct exchange *x)
{
    struct text name, text, correction;
    json_t *body = body_read(x);
    if (body && body_text(x, body, "name", &name) && body_text(x, body, "text", &text) &&
        body_text_maybe(x, body, "correction", &correction)) {
        const struct publish_given given = {name.length ? name.at : "draft", text};
        struct publish_wish wish = {.given = &given, .given_count = 1, .dry = true, .page = true, .single_file = true,
                                    .correction = correction.length ? correction.at : NULL};
        run(x, &wish);
    }
    body_free(body);
}

/* ---- publishing ---- */

static bool read_drafts(struct exchange *x, const json_t *body, struct publish_given *given, size_t *count)
{
    const json_t *list = json_object_get(body, "drafts");
    *count = json_array_size(list);
    if (*count == 0 || *count > DRAFTS) {
        exchange_refuse(x, 400, "the request names no drafts, or too many", "publish 1 to 64 at once");
        return false;
    }
    for (size_t i = 0; i < *count; i++) {
        struct text name;
        const json_t *one = json_array_get(list, i);
        if (!body_text(x, one, "name", &name) || !body_text(x, one, "text", &given[i].source))
            return false;
        given[i].name = name.at;
    }
    return true;
}

/* A folder beside the case, or an absolute one. */
static bool find_folder(struct exchange *x, struct text to, struct buffer *out)
{
    const char *file = keeper_file(desk_keeper(x->desk)), *slash = strrchr(file, '/');
    if (!to.length) {
        exchange_refuse(x, 400, "nobody said where the site is to stand", "name a folder");
        return false;
    }
    if (to.at[0] != '/' && slash)
        buffer_add(out, file, (size_t)(slash - file) + 1);
    buffer_text_add(out, to);
    return true;
}

void answer_publish(struct exchange *x)
{
    struct publish_given given[DRAFTS];
    struct publish_wish wish = {.given = given};
    struct text to, correction;
    struct buffer folder = {0};
    json_t *body = body_read(x);
    if (body && read_drafts(x, body, given, &wish.given_count) && body_text(x, body, "to", &to) &&
        body_text_maybe(x, body, "correction", &correction) && find_folder(x, to, &folder)) {
        wish.to = folder.at;
        wish.correction = correction.length ? correction.at : NULL;
        run(x, &wish);
    }
    buffer_release(&folder);
    body_free(body);
}

void answer_first_draft(struct exchange *x)
{
    struct error error = {0};
    struct buffer text = {0};
    struct first_draft told;
    const struct opened *o = session_work(x->session, false, &error);
    if (!o || ops_draft(o, NULL, &text, &told, &error)) {
        exchange_fail(x, &error);
    } else {
        json_open(&x->answer, '{');
        json_text_field(&x->answer, "text", buffer_text(&text));
        json_number_field(&x->answer, "claims", told.claims);
        json_number_field(&x->answer, "leftOut", told.left_out);
        json_bool_field(&x->answer, "passes", told.passes);
        json_close(&x->answer, '}');
    }
    if (o)
        session_work_end(x->session);
    buffer_release(&text);
}
