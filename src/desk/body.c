/* The body of a request: see body.h. */
#include "desk/body.h"

static void refuse(struct exchange *x, const char *what)
{
    exchange_refuse(x, 400, what, "load the page again; it and this program may be of two versions");
}

json_t *body_read(struct exchange *x)
{
    json_error_t told;
    /* Depth is limited by jansson; doubles of one name are refused; NUL in a text is refused unless it is allowed. */
    json_t *body = json_loadb(x->body.at ? x->body.at : "", x->body.length, JSON_REJECT_DUPLICATES, &told);
    if (json_is_object(body))
        return body;
    json_decref(body);
    refuse(x, "the request is not a JSON object");
    return NULL;
}

void body_free(json_t *body)
{
    json_decref(body);
}

bool body_text_maybe(struct exchange *x, const json_t *body, const char *name, struct text *out)
{
    const json_t *value = json_object_get(body, name);
    *out = TEXT("");
    if (!value || json_is_null(value))
        return true;
    if (!json_is_string(value)) {
        struct buffer what = {0};
        buffer_format(&what, "the request's '%s' is not a text", name);
        refuse(x, what.at);
        buffer_release(&what);
        return false;
    }
    *out = (struct text){json_string_value(value), json_string_length(value)};
    return true;
}

bool body_text(struct exchange *x, const json_t *body, const char *name, struct text *out)
{
    if (json_object_get(body, name))
        return body_text_maybe(x, body, name, out);
    struct buffer what = {0};
    buffer_format(&what, "the request has no '%s'", name);
    refuse(x, what.at);
    buffer_release(&what);
    return false;
}
