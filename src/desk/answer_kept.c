/* Unfinished work, kept encrypted in the case under a name. */
#include "desk/body.h"

#include "base/json.h"
#include "base/limits.h"
#include "seal/seal.h"

/* a-z 0-9 . _ - */
static bool is_name(struct text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'))
            return false;
    }
    return name.length > 0 && name.length <= LIMIT_KEPT_NAME;
}

static bool check_name(struct exchange *x, struct text name)
{
    if (is_name(name))
        return true;
    exchange_refuse(x, 400, "this is not a name to keep a draft under",
                    "take up to 128 of a to z, 0 to 9, '.', '_' and '-'");
    return false;
}

void answer_draft(struct exchange *x)
{
    struct text name = exchange_parameter(x, "name");
    struct buffer text = {0};
    struct error error = {0};
    if (!check_name(x, name))
        return;
    if (session_kept(x->session, name, &text, &error)) {
        exchange_fail(x, &error);
    } else {
        json_open(&x->answer, '{');
        json_text_field(&x->answer, "name", name);
        json_text_field(&x->answer, "text", buffer_text(&text));
        json_close(&x->answer, '}');
    }
    if (text.at)
        seal_wipe(text.at, text.room);
    buffer_release(&text);
}

static void list_one(void *context, struct text name, struct text content)
{
    struct buffer *out = context;
    if (text_starts(name, TEXT("form.")) || text_starts(name, TEXT("seen.")))
        return;
    json_open(out, '{');
    json_text_field(out, "name", name);
    json_number_field(out, "bytes", content.length);
    json_close(out, '}');
}

void answer_drafts(struct exchange *x)
{
    struct error error = {0};
    json_open(&x->answer, '{');
    json_key(&x->answer, "drafts");
    json_open(&x->answer, '[');
    if (session_kept_each(x->session, list_one, &x->answer, &error)) {
        exchange_fail(x, &error);
        return;
    }
    json_close(&x->answer, ']');
    json_close(&x->answer, '}');
}

void answer_draft_keep(struct exchange *x)
{
    struct text name, text;
    struct error error = {0};
    json_t *body = body_read(x);
    if (body && body_text(x, body, "name", &name) && body_text(x, body, "text", &text) && check_name(x, name)) {
        if (session_keep(x->session, name, text, &error)) {
            exchange_fail(x, &error);
        } else {
            json_open(&x->answer, '{');
            json_text_field(&x->answer, "name", name);
            json_number_field(&x->answer, "bytes", text.length);
            json_close(&x->answer, '}');
        }
    }
    body_free(body);
}
