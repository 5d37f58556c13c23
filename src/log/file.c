/* Keys of files, and what devices sign of them: see file.h. */
#include "log/inner.h"

#include "base/limits.h"
#include "log/wire.h"

#include <assert.h>
#include <stdio.h>

static struct text bytes_of(const unsigned char *at, size_t length)
{
    return (struct text){(const char *)at, length};
}

const char *log_path(const struct log *log)
{
    return store_path(log->store);
}

const unsigned char *log_case_id(const struct log *log)
{
    return log->state.case_id;
}

struct slot_id log_file_slot(const unsigned char id[LOG_FILE])
{
    return slot_id(SLOT_VOICE, bytes_of(id, LOG_FILE));
}

void log_file_new(const struct log *log, unsigned char id[LOG_FILE], struct secret *key, struct slot_id *slot,
                  unsigned char body[SLOT_VOICE_BODY])
{
    static_assert(LOG_FILE == PAYLOAD_SLOT, "a file's key is in a slot like a voice's");
    seal_random(id, LOG_FILE);
    seal_random(secret_bytes(key), SEAL_KEY);
    slot_voice_make(log->key, log->state.case_id, bytes_of(id, LOG_FILE), key, body);
    *slot = log_file_slot(id);
}

int log_file_key(const struct log *log, struct store *store, const unsigned char id[LOG_FILE], struct secret *key,
                 struct error *error)
{
    struct slot_id slot = log_file_slot(id);
    struct store_slot stored;
    struct text body;
    int got = store_slot(store, slot_id_text(&slot), &stored, error);
    if (got != 1)
        return got;
    if (slot_body(stored, &body) == 0 &&
        slot_voice_open(body, log->key, log->state.case_id, bytes_of(id, LOG_FILE), key) == 0)
        return 1;
    error_set(error, ERROR_DAMAGED, "the case file is damaged: the key of a file is not as it was written");
    error_where(error, "%s, among its keys", store_path(log->store));
    return error_mend(error, "take a copy or a backup of it");
}

int log_record_key(const struct log *log, struct text record, unsigned n, unsigned char id[LOG_FILE])
{
    const struct state *s = &log->state;
    struct buffer owner = {0};
    log_record_owner(record, &owner);
    uint32_t voice = names_find(&s->voice_ids, buffer_text(&owner));
    buffer_release(&owner);
    uint32_t slot = voice == NAMES_NONE ? STATE_NONE : s->voices.at[voice].slots;
    for (; slot != STATE_NONE; slot = s->slots.at[slot].next) {
        if (s->slots.at[slot].condemned || s->slots.at[slot].lost || n-- > 0)
            continue;
        memcpy(id, names_text(&s->slot_ids, slot).at, LOG_FILE);
        return 1;
    }
    return 0;
}

static uint32_t slot_of(const struct state *s, struct text name)
{
    return name.length < LOG_FILE ? NAMES_NONE : names_find(&s->slot_ids, (struct text){name.at, LOG_FILE});
}

enum log_owner log_file_owner(const struct log *log, struct text name)
{
    const struct state *s = &log->state;
    uint32_t slot = slot_of(s, name);
    if (slot == NAMES_NONE || s->slots.at[slot].voice == STATE_NONE)
        return LOG_STRAY;
    return s->slots.at[slot].condemned ? LOG_DESTROYED : LOG_OWNED;
}

void log_file_adopt(struct log *log, struct text record, const unsigned char id[LOG_FILE])
{
    struct adoption a = {0};
    assert(record.length <= LIMIT_ID);
    memcpy(a.record, record.at, record.length);
    memcpy(a.id, id, LOG_FILE);
    vector_push(&log->adoptions, a);
}

void log_file_vouch(struct log *log, const struct log_object *object)
{
    vector_push(&log->vouchings, *object);
}

/* Takes a key that was written since the state was loaded into it. */
static int load_slot(struct log *log, const unsigned char id[LOG_FILE], uint32_t *slot, struct error *error)
{
    struct slot_id name = log_file_slot(id);
    struct store_slot stored;
    struct text body = {0};
    int got = store_slot(log->store, slot_id_text(&name), &stored, error);
    if (got < 0)
        return -1;
    if (got == 0 || slot_body(stored, &body) < 0 || body.length != SLOT_VOICE_BODY) {
        error_set(error, ERROR_BUSY, "what was taken in of a file has been cleared away again");
        return error_mend(error, "take the file again, while nobody clears up");
    }
    *slot = state_slot(&log->state, bytes_of(id, LOG_FILE));
    memcpy(log->state.slots.at[*slot].wrapped, body.at, SLOT_VOICE_BODY);
    log->state.slots.at[*slot].stored = true;
    return 0;
}

int log_adopted(struct log *log, struct text owner, uint32_t *slot, struct error *error)
{
    *slot = STATE_NONE;
    if (!owner.length || owner.at[0] != ':')
        return 0;
    for (size_t i = 0; i < log->adoptions.count; i++) {
        const struct adoption *a = &log->adoptions.at[i];
        if (!text_equal(text_of(a->record), (struct text){owner.at + 1, owner.length - 1}))
            continue;
        if (load_slot(log, a->id, slot, error) < 0)
            return -1;
        state_give_slot(&log->state, *slot, state_voice(&log->state, owner));
        return 0;
    }
    return 0;
}

static void said_of(const struct state *s, struct text name, uint64_t rows, struct text hash, struct buffer *out)
{
    buffer_string(out, "bearout file 1");
    buffer_add(out, s->case_id, SEAL_PUBLIC);
    wire_add_counted(out, name, 1);
    wire_add(out, rows, 8);
    buffer_text_add(out, hash);
}

static int write_vouching(struct log *log, const struct log_object *o, struct error *error)
{
    const struct chain *chain = &log->state.chains.at[log->chain];
    unsigned char signature[SEAL_SIGNATURE];
    struct buffer said = {0}, body = {0};
    said_of(&log->state, log_object_name(o), o->rows, bytes_of(o->hash, SEAL_SHA256), &said);
    seal_sign(log->signer, buffer_text(&said), signature);
    buffer_add(&body, chain->device, SEAL_PUBLIC);
    wire_add(&body, o->rows, 8);
    buffer_add(&body, o->hash, SEAL_SHA256);
    buffer_add(&body, signature, SEAL_SIGNATURE);
    struct slot_id id = slot_id(SLOT_FILE, log_object_name(o));
    int result = slot_write(log->store, &id, buffer_text(&body), error);
    buffer_release(&said);
    buffer_release(&body);
    return result;
}

int log_write_vouchings(struct log *log, struct error *error)
{
    int result = 0;
    for (size_t i = 0; result == 0 && i < log->vouchings.count; i++)
        result = write_vouching(log, &log->vouchings.at[i], error);
    return result;
}

struct log_rows *log_rows_begin(void)
{
    return (struct log_rows *)seal_sha256_begin();
}

void log_rows_add(struct log_rows *r, const unsigned char row[SEAL_SHA256])
{
    seal_sha256_add((struct seal_sha256 *)r, bytes_of(row, SEAL_SHA256));
}

void log_rows_end(struct log_rows *r, unsigned char hash[SEAL_SHA256])
{
    seal_sha256_end((struct seal_sha256 *)r, hash);
}

static int damaged(const struct store *store, struct text name, struct error *error, const char *what)
{
    char hex[2 * LOG_FILE + 1] = "";
    for (size_t i = 0; i < name.length && i < LOG_FILE; i++)
        snprintf(hex + 2 * i, 3, "%02x", (unsigned char)name.at[i]);
    error_set(error, ERROR_DAMAGED, "the case file is damaged: %s", what);
    error_where(error, "%s, file %s", store_path(store), hex);
    return error_mend(error, "take a copy or a backup of it: 'bearout sync' fetches what this one lacks");
}

static int add_row(struct store *store, struct text name, uint64_t row, struct log_rows *rows, uint64_t *bytes,
                   struct error *error)
{
    struct text cipher;
    unsigned char hash[SEAL_SHA256];
    int got = store_chunk(store, name, row, &cipher, error);
    if (got == 0)
        return damaged(store, name, error, "a piece of a file is missing");
    if (got < 0)
        return -1;
    struct seal_sha256 *one = seal_sha256_begin();
    seal_sha256_add(one, cipher);
    seal_sha256_end(one, hash);
    log_rows_add(rows, hash);
    *bytes += cipher.length;
    return 0;
}

static int check_rows(struct store *store, struct text name, uint64_t count, struct text hash, uint64_t *bytes,
                      struct error *error)
{
    unsigned char found[SEAL_SHA256];
    struct log_rows *rows = log_rows_begin();
    uint64_t stored = 0;
    int result = store_chunk_count(store, name, &stored, error);
    for (uint64_t n = 1; result == 0 && n <= count; n++)
        result = add_row(store, name, n % count, rows, bytes, error);
    log_rows_end(rows, found);
    if (result == 0 && (stored != count || memcmp(found, hash.at, SEAL_SHA256) != 0))
        result = damaged(store, name, error, "what is stored of a file is not what its device signed");
    return result;
}

/* Is what the slot says signed by a device of this case, and does the file hold just that? */
static int check_file(const struct state *s, struct store *store, struct text name, struct text body,
                      struct log_report *report, struct error *error)
{
    struct wire w = {.rest = body};
    struct text device = wire_bytes(&w, SEAL_PUBLIC);
    uint64_t count = wire_number(&w, 8);
    struct text hash = wire_bytes(&w, SEAL_SHA256), signature = wire_bytes(&w, SEAL_SIGNATURE);
    uint32_t number = w.broken ? NAMES_NONE : names_find(&s->devices, device);
    struct buffer said = {0};
    said_of(s, name, count, hash, &said);
    bool sound = number != NAMES_NONE && s->chains.at[number].certified && count > 0 && !w.rest.length &&
                 seal_signed((const unsigned char *)device.at, buffer_text(&said), (const unsigned char *)signature.at);
    buffer_release(&said);
    if (!sound)
        return damaged(store, name, error, "what is stored of a file has somebody else's signature");
    report->files += name.length == LOG_FILE;
    return check_rows(store, name, count, hash, &report->file_bytes, error);
}

int log_verify_files(const struct state *s, struct store *store, struct log_report *report, struct error *error)
{
    struct buffer name = {0}, slot = {0};
    struct store_slot found;
    int got, result = 0;
    while (result == 0 && (got = store_chunk_name(store, buffer_text(&name), &name, error)) == 1) {
        struct slot_id id = slot_id(SLOT_FILE, buffer_text(&name));
        struct text body;
        int has = store_slot(store, slot_id_text(&id), &found, error);
        report->unfinished += has == 0;
        buffer_clear(&slot);
        if (has == 1 && slot_body(found, &body) == 0)
            buffer_text_add(&slot, body);
        result = has == 1 ? check_file(s, store, buffer_text(&name), buffer_text(&slot), report, error) : has;
    }
    buffer_release(&name);
    buffer_release(&slot);
    return result < 0 || got < 0 ? -1 : 0;
}
