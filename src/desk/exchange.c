/* What goes wrong, as an answer; and the table of paths: see exchange.h. */
#include "desk/exchange.h"

#include "base/json.h"
#include "base/limits.h"

struct text exchange_parameter(const struct exchange *x, const char *name)
{
    for (size_t i = 0; i < x->parameters.count; i++)
        if (text_equal(x->parameters.at[i].name, text_of(name)))
            return x->parameters.at[i].value;
    return TEXT("");
}

static unsigned status_of(enum error_code code)
{
    switch (code) {
    case ERROR_INPUT:
    case ERROR_USAGE:
        return 400;
    case ERROR_PASSPHRASE:
        return 403;
    case ERROR_MISSING:
        return 404;
    case ERROR_EXISTS:
        return 409;
    case ERROR_LIMIT:
        return 413;
    case ERROR_BUSY:
        return 503;
    case ERROR_INTERRUPTED:
        return 423; /* long work is stopped by locking alone */
    case ERROR_FULL:
        return 507;
    default:
        return 500;
    }
}

void exchange_fail(struct exchange *x, const struct error *error)
{
    x->status = status_of(error->code);
    x->type = NULL;
    buffer_clear(&x->answer);
    json_open(&x->answer, '{');
    json_key(&x->answer, "error");
    json_open(&x->answer, '{');
    json_text_field(&x->answer, "what", text_of(error->what));
    json_field(&x->answer, "where", text_of(error->where));
    json_field(&x->answer, "mend", text_of(error->mend));
    json_close(&x->answer, '}');
    json_close(&x->answer, '}');
}

void exchange_refuse(struct exchange *x, unsigned status, const char *what, const char *mend)
{
    struct error error = {0};
    error_set(&error, ERROR_USAGE, "%s", what);
    error_mend(&error, "%s", mend);
    exchange_fail(x, &error);
    x->status = status;
}

static const struct route routes[] = {
    {"/api/session", 0, 0, answer_session},
    {"/api/create", ROUTE_CHANGE | ROUTE_WORK, LIMIT_ASKED_SMALL, answer_create},
    {"/api/unlock", ROUTE_CHANGE | ROUTE_WORK, LIMIT_ASKED_SMALL, answer_unlock},
    {"/api/lock", ROUTE_CHANGE, LIMIT_ASKED_SMALL, answer_lock},
    {"/api/take", ROUTE_CHANGE | ROUTE_WORK | ROUTE_OPEN, LIMIT_ASKED_TEXT, answer_take},
    {"/api/check", ROUTE_CHANGE | ROUTE_WORK | ROUTE_OPEN, LIMIT_ASKED_TEXT, answer_check},
    {"/api/reveal", ROUTE_CHANGE | ROUTE_OPEN, LIMIT_ASKED_SMALL, answer_reveal},
    {"/api/draft", ROUTE_WORK | ROUTE_OPEN, 0, answer_draft},
    {"/api/drafts", ROUTE_WORK | ROUTE_OPEN, 0, answer_drafts},
    {"/api/draft", ROUTE_CHANGE | ROUTE_WORK | ROUTE_OPEN, LIMIT_ASKED_DRAFT, answer_draft_keep},
    {"/api/gate", ROUTE_CHANGE | ROUTE_WORK | ROUTE_OPEN, LIMIT_ASKED_DRAFT, answer_gate},
    {"/api/publish", ROUTE_CHANGE | ROUTE_WORK | ROUTE_OPEN, LIMIT_ASKED_TEXT, answer_publish},
    {"/api/first-draft", ROUTE_CHANGE | ROUTE_WORK | ROUTE_OPEN, LIMIT_ASKED_SMALL, answer_first_draft},
    {"/api/evidence", ROUTE_CHANGE | ROUTE_WORK | ROUTE_OPEN | ROUTE_FILE, SIZE_MAX / 2, answer_evidence},
    {"/api/transcript", ROUTE_CHANGE | ROUTE_WORK | ROUTE_OPEN, LIMIT_ASKED_TEXT, answer_transcript},
    {"/api/record/text", ROUTE_WORK | ROUTE_OPEN, 0, answer_record_text},
    {"/api/record/peaks", ROUTE_WORK | ROUTE_OPEN, 0, answer_record_peaks},
    {"/api/record/file", ROUTE_WORK | ROUTE_OPEN, 0, answer_record_file},
    {"/api/record/page", ROUTE_WORK | ROUTE_OPEN, 0, answer_record_page},
    {"/api/find", ROUTE_WORK | ROUTE_OPEN, 0, answer_find},
};

const struct route *route_find(struct text path, bool change)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        if (text_equal(text_of(routes[i].path), path) && ((routes[i].flags & ROUTE_CHANGE) != 0) == change)
            return &routes[i];
    return NULL;
}
