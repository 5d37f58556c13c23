/* Taking entries into the log: protected strings sealed apart, the rest cut into batches, all in one transaction.
 *
 * One pass over the text. Each batch is read back, verified and opened before the next one is made. The state in memory
 * runs ahead of the file while this goes on; where anything fails the file is rolled back and the
 * state is loaded anew from it. */
#include "log/inner.h"

#include "base/limits.h"
#include "log/batch.h"
#include "notation/notation.h"

#include <assert.h>
#include <stdlib.h>
#include <time.h>

static const size_t BATCH = 1 << 20; /* bytes of entries after which a batch is closed */

struct append {
    struct log *log;
    struct text text; /* prepared */
    struct payload_draft draft;
    struct buffer owner; /* of the entry that is being taken */
    struct secret *voice_key;
    uint32_t key_of;       /* the slot whose key that is */
    VECTOR(uint32_t) made; /* slots to be written */
};

static uint64_t next_time(const struct state *s)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t time = ((uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000) << 16;
    uint64_t newest = s->order.count ? s->batches.at[s->order.at[s->order.count - 1]].payload.time : 0;
    return time > newest ? time : newest + 1;
}

static int by_device(const void *a, const void *b)
{
    return memcmp(((const struct payload_head *)a)->device, ((const struct payload_head *)b)->device, SEAL_PUBLIC);
}

/* All that this copy holds of the other devices. */
static void add_heads(struct append *a)
{
    const struct state *s = &a->log->state;
    VECTOR(struct payload_head) heads = {0};
    for (uint32_t i = 0; i < s->chains.count; i++)
        if (i != a->log->chain && s->chains.at[i].batches.count)
            vector_push(&heads, (struct payload_head){s->chains.at[i].device, s->chains.at[i].batches.count});
    if (heads.count)
        qsort(heads.at, heads.count, sizeof *heads.at, by_device);
    for (size_t i = 0; i < heads.count; i++)
        payload_add_head(&a->draft, &heads.at[i]);
    vector_release(&heads);
}

/* Takes a batch that was written from the file again, as any reader would, into the state. */
static int read_back(struct append *a, const struct store_batch *written, struct text payload, struct error *error)
{
    struct state *s = &a->log->state;
    struct store_batch b;
    unsigned char hash[SEAL_HASH];
    uint32_t index;
    int got = store_batch(a->log->store, written->device, written->sequence, &b, error);
    if (got < 0)
        return -1;
    char *plain = state_room(s, payload.length);
    if (got == 1 && text_equal(b.cipher, written->cipher) && memcmp(b.prev, written->prev, SEAL_HASH) == 0 &&
        batch_signed(s->case_id, &b, hash) && batch_open(s->case_id, a->log->key, &b, plain) == 0 &&
        memcmp(plain, payload.at, payload.length) == 0 &&
        state_add_batch(s, &b, hash, (struct text){plain, payload.length}, &index) == 0) {
        state_show_batch(s, index);
        return 0;
    }
    error_set(error, ERROR_IO, "what was written to '%s' reads back as something else", store_path(a->log->store));
    return error_mend(error, "check the disk; nothing was changed");
}

static int close_batch(struct append *a, struct error *error)
{
    struct state *s = &a->log->state;
    const struct chain *chain = &s->chains.at[a->log->chain];
    unsigned char prev[SEAL_HASH] = {0}, signature[SEAL_SIGNATURE], hash[SEAL_HASH];
    if (chain->batches.count)
        memcpy(prev, s->batches.at[chain->batches.at[chain->batches.count - 1]].hash, SEAL_HASH);
    a->draft.time = next_time(s);
    add_heads(a);
    struct buffer payload = {0};
    payload_encode(&a->draft, &payload);
    size_t length = payload.length + SEAL_OVERHEAD;
    char *cipher = memory_resize(NULL, length, 1);
    struct store_batch b = {.device = chain->device, .prev = prev, .sequence = chain->batches.count + 1};
    batch_seal(s->case_id, a->log->key, a->log->signer, &b, buffer_text(&payload), cipher, signature, hash);
    b.cipher = (struct text){cipher, length};
    b.signature = signature;
    int result = -1;
    if (length > LIMIT_BATCH || s->bytes + a->draft.text.length > LIMIT_TEXT || s->batches.count >= LIMIT_BATCHES) {
        error_set(error, ERROR_LIMIT, "this is more than one case may hold");
        error_mend(error, "make a second case");
    } else {
        result = store_batch_add(a->log->store, &b, error);
    }
    if (result == 0)
        result = read_back(a, &b, buffer_text(&payload), error);
    free(cipher);
    seal_wipe(payload.at, payload.room);
    buffer_release(&payload);
    payload_draft_clear(&a->draft);
    return result;
}

/* The slot for a voice's next string, with its key in voice_key. */
static int open_slot(struct append *a, struct text voice_id, uint32_t *slot, struct error *error)
{
    struct state *s = &a->log->state;
    uint32_t voice = state_voice(s, voice_id);
    for (*slot = s->voices.at[voice].slots; *slot != STATE_NONE; *slot = s->slots.at[*slot].next)
        if (!s->slots.at[*slot].condemned)
            break;
    uint32_t adopted;
    if (log_adopted(a->log, voice_id, &adopted, error) < 0)
        return -1;
    if (adopted != STATE_NONE)
        *slot = adopted;
    if (*slot != STATE_NONE && *slot == a->key_of)
        return 0;
    if (*slot != STATE_NONE) {
        a->key_of = *slot;
        return log_voice_key(a->log, *slot, a->voice_key, error);
    }
    char id[PAYLOAD_SLOT];
    seal_random(id, sizeof id);
    seal_random(secret_bytes(a->voice_key), SEAL_KEY);
    *slot = a->key_of = state_slot(s, (struct text){id, sizeof id});
    slot_voice_make(a->log->key, s->case_id, (struct text){id, sizeof id}, a->voice_key, s->slots.at[*slot].wrapped);
    state_give_slot(s, *slot, voice);
    vector_push(&a->made, *slot);
    if (s->slots.count <= LIMIT_SLOTS)
        return 0;
    return error_set(error, ERROR_LIMIT, "more voices have protected details than a case may hold");
}

static int seal_string(struct append *a, struct text voice, struct text inner, struct error *error)
{
    uint32_t slot;
    if (open_slot(a, voice, &slot, error) < 0)
        return -1;
    struct text id = names_text(&a->log->state.slot_ids, slot);
    struct buffer beside = {0}, sealed = {0};
    log_string_context(a->log, id, &beside);
    buffer_reserve(&sealed, inner.length + SEAL_OVERHEAD);
    seal_close(a->voice_key, buffer_text(&beside), inner, sealed.at);
    sealed.length = inner.length + SEAL_OVERHEAD;
    struct payload_string row = {(uint32_t)a->draft.text.length, voice, id, buffer_text(&sealed)};
    payload_add_string(&a->draft, &row);
    buffer_release(&sealed);
    buffer_release(&beside);
    return 0;
}

/* Whose key an entry's protected strings are under: its voice, or `:` and its record. Empty where it has none. */
static void owner_of(const struct append *a, const struct entry *e, struct buffer *out)
{
    const struct field *voice = entry_field(e, FIELD_VOICE), *record = entry_field(e, FIELD_RECORD);
    if (voice)
        buffer_text_add(out, field_text(voice, a->text));
    else if (record)
        log_record_owner(field_text(record, a->text), out);
}

void log_record_owner(struct text record, struct buffer *out)
{
    buffer_char(out, ':');
    buffer_text_add(out, record);
}

static void forget_voice(struct append *a, struct text id)
{
    struct state *s = &a->log->state;
    uint32_t voice = state_voice(s, id);
    payload_add_forget(&a->draft, &(struct payload_forget){(uint32_t)a->draft.text.length, id});
    for (uint32_t slot = s->voices.at[voice].slots; slot != STATE_NONE; slot = s->slots.at[slot].next)
        s->slots.at[slot].condemned = true;
    a->key_of = STATE_NONE;
}

/* Notes where the number of a `retract` will stand, once the entry is copied. */
static int note_retract(struct append *a, const struct entry *e, const struct field *f, struct error *error)
{
    struct text digits = field_text(f, a->text);
    uint64_t number = 0, there = (uint64_t)a->log->state.entries + a->draft.entries;
    for (size_t i = 0; i < digits.length && number <= there; i++)
        number = number * 10 + (uint64_t)(digits.at[i] - '0');
    if (number < 1 || number > there) {
        error_set(error, ERROR_INPUT, "there is no entry %.*s to retract", TEXT_ARG(digits));
        return error_mend(error, "entries are numbered from 1 to %llu here", (unsigned long long)there);
    }
    struct payload_retract row = {(uint32_t)(a->draft.text.length + (f->at - e->at)), f->length, number};
    payload_add_retract(&a->draft, &row);
    return 0;
}

/* Copies an entry into the batch, its protected strings sealed into the table instead. */
static int copy_entry(struct append *a, const struct entry *e, struct text owner, struct error *error)
{
    uint32_t at = e->at;
    for (uint32_t i = 0; i < e->count; i++) {
        const struct field *f = &e->fields[i];
        if (f->kind < FIELD_TITLE || f->forgotten || !field_protected(e->verb, (enum field_kind)f->kind))
            continue;
        assert(f->at > at); /* fields come in the order of the text; the quote stands before */
        buffer_add(&a->draft.text, a->text.at + at, f->at - 1 - at);
        if (seal_string(a, owner, field_text(f, a->text), error) < 0)
            return -1;
        at = f->at + f->length + 1;
    }
    buffer_add(&a->draft.text, a->text.at + at, e->at + e->length - at);
    buffer_char(&a->draft.text, '\n');
    a->draft.entries++;
    return 0;
}

static int take_entry(struct append *a, const struct entry *e, struct error *error)
{
    buffer_clear(&a->owner);
    owner_of(a, e, &a->owner);
    if (e->verb == VERB_FORGET || e->verb == VERB_DESTROY)
        forget_voice(a, buffer_text(&a->owner));
    int result = e->verb == VERB_RETRACT ? note_retract(a, e, entry_field(e, FIELD_ENTRY_NUMBER), error) : 0;
    if (result == 0)
        result = copy_entry(a, e, buffer_text(&a->owner), error);
    if (result < 0)
        return -1;
    if (a->draft.text.length + a->draft.strings.length < BATCH)
        return 0;
    return close_batch(a, error);
}

/* What was met is not quoted: an error may travel, and the text may hold secrets. */
static int refuse_faults(const struct faults *faults, struct error *error)
{
    error_set(error, ERROR_INPUT, "the text has %zu mistakes, the first on line %u", faults->count + faults->beyond,
              faults->at[0].line);
    return error_mend(error, "check the text first");
}

static int take_entries(struct append *a, struct text notation, struct error *error)
{
    struct faults faults = {0};
    struct buffer normal = {0};
    struct entry entry;
    int result = notation_prepare(notation, &normal, &a->text, &faults);
    struct parser *parser = result == 0 ? parser_new(a->text, &faults) : NULL;
    while (result == 0 && parser_next(parser, &entry))
        result = entry.faulty ? -1 : take_entry(a, &entry, error);
    if (faults.count)
        result = refuse_faults(&faults, error);
    if (result == 0 && a->draft.entries)
        result = close_batch(a, error);
    if (parser)
        parser_free(parser);
    seal_wipe(normal.at, normal.room);
    buffer_release(&normal);
    faults_release(&faults);
    return result;
}

static int write_head(struct append *a, struct error *error)
{
    const struct state *s = &a->log->state;
    struct chain *chain = &a->log->state.chains.at[a->log->chain];
    if (!chain->batches.count)
        return 0;
    struct slot_head head = {.sequence = chain->batches.count};
    memcpy(head.hash, s->batches.at[chain->batches.at[head.sequence - 1]].hash, SEAL_HASH);
    struct buffer body = {0};
    slot_head_make(a->log->signer, s->case_id, chain->device, &head, &body);
    struct slot_id id = slot_id(SLOT_HEAD, (struct text){(const char *)chain->device, SEAL_PUBLIC});
    int result = slot_write(a->log->store, &id, buffer_text(&body), error);
    chain->head = head;
    buffer_release(&body);
    return result;
}

/* Keys made and dropped in one text are never written at all. */
static int write_slots(struct append *a, struct error *error)
{
    struct state *s = &a->log->state;
    for (size_t i = 0; i < a->made.count; i++) {
        struct voice_slot *slot = &s->slots.at[a->made.at[i]];
        if (slot->condemned)
            continue;
        struct slot_id id = slot_id(SLOT_VOICE, names_text(&s->slot_ids, a->made.at[i]));
        struct text body = {(const char *)slot->wrapped, SLOT_VOICE_BODY};
        if (slot_write(a->log->store, &id, body, error) < 0)
            return -1;
        slot->stored = true;
    }
    return log_destroy_condemned(a->log, error);
}

int log_destroy_condemned(struct log *log, struct error *error)
{
    struct state *s = &log->state;
    VECTOR(struct slot_id) ids = {0};
    for (uint32_t i = 0; i < s->slots.count; i++) {
        if (!s->slots.at[i].condemned || !s->slots.at[i].stored)
            continue;
        vector_push(&ids, slot_id(SLOT_VOICE, names_text(&s->slot_ids, i)));
        s->slots.at[i].stored = false;
        seal_wipe(s->slots.at[i].wrapped, SLOT_VOICE_BODY);
    }
    struct text *texts = memory_array(ids.count, sizeof *texts);
    for (size_t i = 0; i < ids.count; i++)
        texts[i] = slot_id_text(&ids.at[i]);
    int result = ids.count ? store_slots_destroy(log->store, texts, ids.count, error) : 0;
    free(texts);
    vector_release(&ids);
    return result;
}

int log_append(struct log *log, struct text notation, struct error *error)
{
    assert(log->mode == LOG_WRITE || log->mode == LOG_SHARED);
    if (log_begin(log, error) < 0)
        return -1;
    struct append a = {.log = log, .voice_key = secret_new(SEAL_KEY), .key_of = STATE_NONE};
    int result = log_become_device(log, error);
    if (result == 0)
        result = take_entries(&a, notation, error);
    if (result == 0)
        result = write_head(&a, error);
    if (result == 0)
        result = write_slots(&a, error);
    if (result == 0)
        result = log_write_vouchings(log, error);
    if (result == 0)
        result = store_commit(log->store, error);
    log->stale = result < 0;
    log->adoptions.count = log->vouchings.count = 0;
    store_rollback(log->store);
    if (log->mode == LOG_WRITE)
        log_begin(log, NULL); /* where this fails, the next append tries again */
    payload_draft_release(&a.draft);
    buffer_release(&a.owner);
    secret_free(a.voice_key);
    vector_release(&a.made);
    return result;
}
