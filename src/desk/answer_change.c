/* Changes: taking notation, trying it, and showing what is protected about a voice. */
#include "desk/body.h"

#include "base/json.h"
#include "seal/seal.h"

static void add_changes(struct buffer *out, const struct session_taken *t)
{
    json_key(out, "changes");
    json_open(out, '[');
    for (size_t i = 0; i < t->change_count; i++) {
        const struct session_change *c = &t->changes[i];
        json_open(out, '{');
        json_text_field(out, "claim", text_of(c->claim));
        json_bool_field(out, "new", c->is_new);
        json_text_field(out, "from", text_of(level_word(c->from)));
        json_text_field(out, "to", text_of(level_word(c->to)));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_number_field(out, "changesTotal", t->change_total);
    if (t->unmeasured)
        json_bool_field(out, "unmeasured", true);
}

static void add_faults(struct buffer *out, const struct faults *faults)
{
    json_key(out, "faults");
    json_open(out, '[');
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *f = &faults->at[i];
        json_open(out, '{');
        json_number_field(out, "line", f->line);
        json_number_field(out, "column", f->column);
        json_text_field(out, "what", text_of(f->what));
        json_field(out, "mend", text_of(f->mend));
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void answer_taken(struct exchange *x, const struct session_taken *t, bool taken)
{
    struct buffer *out = &x->answer;
    json_open(out, '{');
    json_number_field(out, "first", (uint64_t)t->first + 1);
    json_number_field(out, "count", t->entries);
    json_number_field(out, "epoch", t->now.epoch);
    json_number_field(out, "revision", t->now.revision);
    if (!taken)
        add_faults(out, &t->faults);
    add_changes(out, t);
    json_close(out, '}');
}

static void answer_refused(struct exchange *x, const struct session_taken *t, const struct error *error)
{
    if (t->faults.count) {
        struct error first = {0};
        error_set(&first, ERROR_INPUT, "%s", t->faults.at[0].what);
        error_mend(&first, "%s", t->faults.at[0].mend);
        exchange_fail(x, &first);
        x->status = 422;
        x->answer.length--; /* into the object */
        add_faults(&x->answer, &t->faults);
        json_close(&x->answer, '}');
    } else {
        exchange_fail(x, error);
        if (t->conflict)
            x->status = 409;
    }
}

void answer_take(struct exchange *x)
{
    struct text text;
    struct session_taken taken = {0};
    struct error error = {0};
    json_t *body = body_read(x);
    if (body && body_text(x, body, "text", &text)) {
        json_int_t epoch = json_integer_value(json_object_get(body, "epoch"));
        if (epoch < 0 || epoch > UINT32_MAX)
            exchange_refuse(x, 400, "the request's 'epoch' is none", "load the page again");
        else if (session_take(x->session, text, (uint32_t)epoch, &taken, &error))
            answer_refused(x, &taken, &error);
        else
            answer_taken(x, &taken, true);
        if (x->status == 0 && taken.entries)
            desk_tell_change(x->desk, taken.now);
        session_taken_release(&taken);
    }
    body_free(body);
}

void answer_check(struct exchange *x)
{
    struct text text;
    struct session_taken taken = {0};
    struct error error = {0};
    json_t *body = body_read(x);
    if (body && body_text(x, body, "text", &text)) {
        if (!session_check(x->session, text, &taken, &error) || taken.faults.count)
            answer_taken(x, &taken, false);
        else
            exchange_fail(x, &error);
        session_taken_release(&taken);
    }
    body_free(body);
}

/* ---- what is protected ---- */

static const char *kind_word(enum verb verb, enum field_kind kind)
{
    if (verb == VERB_PROTECT)
        return kind == FIELD_WHY ? "why" : "protect";
    return kind == FIELD_KNOWN_AS ? "known-as" : kind == FIELD_CONTACT ? "contact" : "note";
}

static void add_strings(struct buffer *out, const struct opened *o, const struct model_entry *e)
{
    struct buffer plain = {0};
    for (uint32_t i = 0; i < e->count; i++) {
        const struct field *f = &e->fields[i];
        if (f->kind < FIELD_TITLE || f->forgotten || !field_protected(e->verb, (enum field_kind)f->kind))
            continue;
        buffer_clear(&plain);
        notation_unescape(model_field_text(o->model, f), &plain);
        json_open(out, '{');
        json_text_field(out, "kind", text_of(kind_word(e->verb, (enum field_kind)f->kind)));
        json_text_field(out, "text", buffer_text(&plain));
        json_close(out, '}');
    }
    if (plain.at)
        seal_wipe(plain.at, plain.room);
    buffer_release(&plain);
}

static void reveal(struct exchange *x, const struct opened *o, uint32_t voice)
{
    json_open(&x->answer, '{');
    json_key(&x->answer, "strings");
    json_open(&x->answer, '[');
    for (uint32_t n = 0; n < model_entries(o->model); n++) {
        struct model_entry e = model_entry(o->model, n);
        const struct field *about =
            e.verb == VERB_VOICE || e.verb == VERB_PROTECT ? model_field(&e, FIELD_VOICE) : NULL;
        if (about && about->at == voice && !e.retracted && !e.is_void)
            add_strings(&x->answer, o, &e);
    }
    json_close(&x->answer, ']');
    json_close(&x->answer, '}');
}

void answer_reveal(struct exchange *x)
{
    struct text id;
    json_t *body = body_read(x);
    if (body && body_text(x, body, "voice", &id)) {
        const struct opened *o = session_enter(x->session);
        uint32_t voice = model_find(o->model, SPACE_VOICE, id);
        if (voice == MODEL_NONE)
            exchange_refuse(x, 404, "there is no such voice", "look at the list of voices");
        else
            reveal(x, o, voice);
        session_leave(x->session);
    }
    body_free(body);
}
