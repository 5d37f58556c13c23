/* What state the case is in; making, opening and locking it. */
#include "desk/body.h"

#include "base/json.h"
#include "seal/seal.h"

static void count(struct buffer *out, const struct opened *o)
{
    uint64_t statements = 0, entries = model_entries(o->model);
    for (uint32_t n = 0; n < entries; n++) {
        struct model_entry e = model_entry(o->model, n);
        statements += (e.verb == VERB_SAY || e.verb == VERB_DENY) && !e.retracted && !e.is_void;
    }
    json_key(out, "counts");
    json_open(out, '{');
    json_number_field(out, "claims", model_claims(o->model));
    json_number_field(out, "voices", model_voices(o->model) - 1); /* the desk is none of them */
    json_number_field(out, "records", model_records(o->model));
    json_number_field(out, "statements", statements);
    json_number_field(out, "entries", entries);
    json_close(out, '}');
}

/* A text of the entry `case` that holds: "" where there is none. */
static void add_case_field(struct buffer *out, const struct opened *o, const char *name, enum field_kind kind)
{
    struct buffer plain = {0};
    for (uint32_t n = model_entries(o->model); n-- > 0;) {
        struct model_entry e = model_entry(o->model, n);
        const struct field *f = e.verb == VERB_CASE && !e.retracted && !e.is_void ? model_field(&e, kind) : NULL;
        if (!f)
            continue;
        notation_unescape(model_field_text(o->model, f), &plain);
        break;
    }
    json_field(out, name, buffer_text(&plain));
    buffer_release(&plain);
}

static const char *name_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? slash + 1 : file;
}

void answer_session(struct exchange *x)
{
    static const char *const words[] = {[CASE_NONE] = "none", [CASE_LOCKED] = "locked", [CASE_OPEN] = "open"};
    struct keeper *k = desk_keeper(x->desk);
    struct session *s = keeper_borrow(k);
    struct buffer *out = &x->answer;
    json_open(out, '{');
    json_text_field(out, "state", text_of(words[s ? CASE_OPEN : keeper_state(k)]));
    json_text_field(out, "file", text_of(name_of(keeper_file(k))));
    json_text_field(out, "token", text_of(desk_token(x->desk)));
    json_number_field(out, "idle", desk_idle(x->desk));
    if (s) {
        const struct opened *o = session_enter(s);
        add_case_field(out, o, "title", FIELD_TITLE);
        add_case_field(out, o, "language", FIELD_LANGUAGE);
        json_number_field(out, "epoch", session_now(s).epoch);
        json_number_field(out, "revision", session_now(s).revision);
        count(out, o);
        session_leave(s);
        keeper_return(k, s);
    }
    json_close(out, '}');
}

/* The passphrase of the body, in a secret of its own. */
static struct secret *read_passphrase(struct exchange *x)
{
    struct text given;
    json_t *body = body_read(x);
    struct secret *passphrase = NULL;
    if (body && body_text(x, body, "passphrase", &given)) {
        if (given.length == 0) {
            exchange_refuse(x, 400, "the passphrase is empty", "take a few words that nobody would guess together");
        } else {
            passphrase = secret_new(given.length);
            memcpy(secret_bytes(passphrase), given.at, given.length);
        }
        seal_wipe((char *)(uintptr_t)given.at, given.length); /* jansson's copy */
    }
    body_free(body);
    return passphrase;
}

static void open_with(struct exchange *x, int (*open)(struct keeper *k, const struct secret *p, struct error *error))
{
    struct error error = {0};
    struct secret *passphrase = read_passphrase(x);
    if (!passphrase)
        return;
    int failed = open(desk_keeper(x->desk), passphrase, &error);
    secret_free(passphrase);
    if (failed)
        exchange_fail(x, &error);
    else
        answer_session(x);
}

void answer_create(struct exchange *x)
{
    open_with(x, keeper_create);
}

void answer_unlock(struct exchange *x)
{
    if (keeper_state(desk_keeper(x->desk)) == CASE_NONE)
        exchange_refuse(x, 404, "there is no case yet", "make one first");
    else
        open_with(x, keeper_unlock);
}

void answer_lock(struct exchange *x)
{
    desk_lock(x->desk);
    answer_session(x);
}
