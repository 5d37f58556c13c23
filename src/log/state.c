/* Loading and checking what a case file holds: see state.h. */
#include "log/state.h"

#include "base/limits.h"
#include "log/batch.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const size_t LARGEST_BLOCK = 64 << 20;

void state_init(struct state *s, bool salvage)
{
    *s = (struct state){.salvage = salvage};
    names_init(&s->devices);
    names_init(&s->slot_ids);
    names_init(&s->voice_ids);
}

void state_release(struct state *s)
{
    for (size_t i = 0; i < s->blocks.count; i++) {
        seal_wipe(s->blocks.at[i].at, s->blocks.at[i].used);
        free(s->blocks.at[i].at);
    }
    vector_release(&s->blocks);
    for (size_t i = 0; i < s->chains.count; i++) {
        buffer_release(&s->chains.at[i].devkey);
        vector_release(&s->chains.at[i].batches);
    }
    buffer_release(&s->pass);
    buffer_release(&s->of_case);
    buffer_release(&s->left_out);
    names_release(&s->devices);
    names_release(&s->slot_ids);
    names_release(&s->voice_ids);
    vector_release(&s->chains);
    vector_release(&s->batches);
    vector_release(&s->order);
    vector_release(&s->shown);
    vector_release(&s->slots);
    vector_release(&s->voices);
    vector_release(&s->forgettings);
}

void state_device_name(const unsigned char *device, char name[17])
{
    for (int i = 0; i < 8; i++)
        snprintf(name + 2 * i, 3, "%02x", device[i]);
}

int state_damaged(const struct store *store, struct error *error, const unsigned char *device, uint64_t sequence,
                  const char *format, ...)
{
    char what[256], name[17];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    state_device_name(device, name);
    error_set(error, ERROR_DAMAGED, "the case file is damaged: %s", what);
    error_where(error, "%s, batch %" PRIu64 " of device %s", store_path(store), sequence, name);
    return error_mend(error, "take a copy or a backup of it; --salvage reads what still stands");
}

static int slot_damaged(const struct store *store, struct error *error, const char *what)
{
    error_set(error, ERROR_DAMAGED, "the case file is damaged: %s", what);
    error_where(error, "%s, among its keys", store_path(store));
    return error_mend(error, "take a copy or a backup of it");
}

uint32_t state_device(struct state *s, const unsigned char device[SEAL_PUBLIC])
{
    uint32_t number = names_intern(&s->devices, (struct text){(const char *)device, SEAL_PUBLIC});
    if (number == s->chains.count) {
        vector_push(&s->chains, (struct chain){0});
        memcpy(s->chains.at[number].device, device, SEAL_PUBLIC);
    }
    return number;
}

uint32_t state_voice(struct state *s, struct text id)
{
    uint32_t number = names_intern(&s->voice_ids, id);
    if (number == s->voices.count)
        vector_push(&s->voices, (struct voice){STATE_NONE, STATE_NONE});
    return number;
}

uint32_t state_slot(struct state *s, struct text id)
{
    uint32_t number = names_intern(&s->slot_ids, id);
    if (number == s->slots.count)
        vector_push(&s->slots, (struct voice_slot){.voice = STATE_NONE, .next = STATE_NONE});
    return number;
}

void state_give_slot(struct state *s, uint32_t slot, uint32_t voice)
{
    if (s->slots.at[slot].voice != STATE_NONE)
        return;
    s->slots.at[slot].voice = voice;
    s->slots.at[slot].next = s->voices.at[voice].slots;
    s->voices.at[voice].slots = slot;
}

uint64_t state_seen(const struct state *s, const struct batch *b, uint32_t chain)
{
    if (chain == b->chain)
        return b->sequence - 1;
    struct text heads = b->payload.heads;
    struct payload_head h;
    while (payload_next_head(&heads, &h))
        if (memcmp(h.device, s->chains.at[chain].device, SEAL_PUBLIC) == 0)
            return h.sequence;
    return 0;
}

/* Slots come by id: `case` is the first, so the rest can be checked against it. */
static int take_slot(struct state *s, const struct store *store, struct text id, struct text body, struct error *error)
{
    struct text rest;
    if (text_equal(id, TEXT(SLOT_CASE))) {
        if (!slot_case_id(body))
            return slot_damaged(store, error, "it has no name of its own");
        memcpy(s->case_id, slot_case_id(body), SEAL_PUBLIC);
        buffer_text_add(&s->of_case, body);
        return 0;
    }
    if (!s->of_case.length)
        return slot_damaged(store, error, "it has no name of its own");
    if (text_equal(id, TEXT(SLOT_PASS))) {
        buffer_text_add(&s->pass, body);
        return 0;
    }
    if (slot_is(id, SLOT_VOICE, &rest) && rest.length == PAYLOAD_SLOT && body.length == SLOT_VOICE_BODY) {
        uint32_t slot = state_slot(s, rest);
        memcpy(s->slots.at[slot].wrapped, body.at, SLOT_VOICE_BODY);
        s->slots.at[slot].stored = true;
        return s->slots.count <= LIMIT_SLOTS ? 0 : slot_damaged(store, error, "it has more keys than a case may have");
    }
    if (slot_is(id, SLOT_KEPT, &rest) || slot_is(id, SLOT_FILE, &rest)) /* no part of what is known; read when it is asked for */
        return 0;
    bool device = slot_is(id, SLOT_DEVICE, &rest), devkey = !device && slot_is(id, SLOT_DEVKEY, &rest);
    bool head = !device && !devkey && slot_is(id, SLOT_HEAD, &rest);
    if (!(device || devkey || head) || rest.length != SEAL_PUBLIC)
        return slot_damaged(store, error, "a slot is of no known kind");
    uint32_t number = state_device(s, (const unsigned char *)rest.at);
    if (s->chains.count > LIMIT_DEVICES)
        return slot_damaged(store, error, "more devices write to it than may");
    struct chain *chain = &s->chains.at[number];
    if (device)
        chain->certified = slot_device_holds(body, s->case_id, chain->device);
    else if (devkey)
        buffer_text_add(&chain->devkey, body);
    if (device && !chain->certified)
        return slot_damaged(store, error, "a device has somebody else's signature, not the case's");
    if (head && !slot_head_holds(body, s->case_id, chain->device, &chain->head))
        return slot_damaged(store, error, "a head is not signed by its device");
    return 0;
}

/* Salvage skips a slot that is damaged and says so; the passphrase and the case's name it cannot do without. */
static int slot_or_salvage(struct state *s, const struct store *store, struct store_slot slot, struct error *error)
{
    struct text body;
    struct error found = {0};
    int result = slot_body(slot, &body);
    if (result < 0)
        slot_damaged(store, &found, "the checksum of a slot does not fit");
    else
        result = take_slot(s, store, slot.id, body, &found);
    if (result < 0 && s->salvage && s->of_case.length) {
        buffer_format(&s->left_out, "a key: %s\n", found.what);
        return 0;
    }
    if (result < 0 && error)
        *error = found;
    return result;
}

int state_load_slots(struct state *s, struct store *store, struct error *error)
{
    struct store_slot slot;
    struct text before = {0};
    struct buffer last = {0};
    int got;
    store_slots(store);
    while ((got = store_slots_next(store, &slot, error)) == 1) {
        bool ordered = !last.length || text_compare(before, slot.id) < 0;
        buffer_clear(&last);
        buffer_text_add(&last, slot.id);
        before = buffer_text(&last);
        if (!ordered)
            got = slot_damaged(store, error, "its slots are not in order");
        else if (slot_or_salvage(s, store, slot, error) < 0)
            got = -1;
        if (got < 0)
            break;
    }
    buffer_release(&last);
    if (got < 0 && s->salvage && s->pass.length && s->of_case.length) {
        buffer_string(&s->left_out, "some keys: they cannot be read\n");
        got = 0;
    }
    if (got == 0 && !(s->of_case.length && s->pass.length))
        got = slot_damaged(store, error, "the slot of its passphrase is missing");
    return got < 0 ? -1 : 0;
}

char *state_room(struct state *s, size_t length)
{
    struct block *last = s->blocks.count ? &s->blocks.at[s->blocks.count - 1] : NULL;
    if (last && last->room - last->used >= length)
        return last->at + last->used;
    size_t room = length > s->block_size ? length : s->block_size;
    struct block block = {.at = memory_resize(NULL, room, 1), .room = room};
    vector_push(&s->blocks, block);
    return block.at;
}

int state_add_batch(struct state *s, const struct store_batch *b, const unsigned char hash[SEAL_HASH],
                    struct text plain, uint32_t *index)
{
    struct batch batch = {.sequence = b->sequence};
    if (plain.at && payload_decode(plain, &batch.payload) < 0)
        return -1;
    batch.chain = state_device(s, b->device);
    memcpy(batch.hash, hash, SEAL_HASH);
    *index = (uint32_t)s->batches.count;
    vector_push(&s->batches, batch);
    vector_push(&s->chains.at[batch.chain].batches, *index);
    if (plain.at)
        s->blocks.at[s->blocks.count - 1].used += plain.length;
    s->bytes += batch.payload.text.length;
    return 0;
}

/* Does it follow the chain as loaded so far, and is it its device's? */
static int check_batch(struct state *s, const struct store *store, const struct store_batch *b,
                       unsigned char hash[SEAL_HASH], struct error *error)
{
    static const unsigned char nothing[SEAL_HASH];
    uint32_t number = names_find(&s->devices, (struct text){(const char *)b->device, SEAL_PUBLIC});
    const struct chain *chain = number == NAMES_NONE ? NULL : &s->chains.at[number];
    if (!chain || !chain->certified)
        return state_damaged(store, error, b->device, b->sequence,
                             "a batch has somebody else's signature: its device is not one of the case's");
    size_t length = chain->batches.count;
    if (b->sequence != length + 1)
        return state_damaged(store, error, b->device, length + 1, "a batch is missing");
    const unsigned char *prev = length ? s->batches.at[chain->batches.at[length - 1]].hash : nothing;
    if (memcmp(b->prev, prev, SEAL_HASH) != 0)
        return state_damaged(store, error, b->device, b->sequence,
                             "the chain forks: a batch does not follow the one before it");
    if (!batch_signed(s->case_id, b, hash))
        return state_damaged(store, error, b->device, b->sequence, "a batch is not what its device signed");
    return 0;
}

static int load_batch(struct state *s, const struct store *store, const struct store_batch *b, const struct secret *key,
                      struct error *error)
{
    unsigned char hash[SEAL_HASH];
    if (check_batch(s, store, b, hash, error) < 0)
        return -1;
    struct text plain = {0};
    if (key) {
        size_t length = b->cipher.length < SEAL_OVERHEAD ? 0 : b->cipher.length - SEAL_OVERHEAD;
        char *at = state_room(s, length);
        plain = (struct text){at, length};
        if (batch_open(s->case_id, key, b, at) < 0)
            return state_damaged(store, error, b->device, b->sequence, "a batch cannot be opened with the case's key");
    }
    uint32_t index;
    if (state_add_batch(s, b, hash, plain, &index) < 0)
        return state_damaged(store, error, b->device, b->sequence, "a batch holds something else than entries");
    if (s->batches.count > LIMIT_BATCHES || s->bytes > LIMIT_TEXT) {
        error_set(error, ERROR_LIMIT, "'%s' holds more than a case may", store_path(store));
        return error_mend(error, "make a second case");
    }
    return 0;
}

static int check_heads(const struct state *s, const struct store *store, struct error *error)
{
    for (size_t i = 0; i < s->chains.count; i++) {
        const struct chain *chain = &s->chains.at[i];
        size_t length = chain->batches.count;
        if (!length && !chain->head.sequence)
            continue;
        if (!chain->head.sequence)
            return state_damaged(store, error, chain->device, length, "the head of a device is missing");
        if (chain->head.sequence > length)
            return state_damaged(store, error, chain->device, length + 1, "its last batches are missing");
        if (chain->head.sequence < length ||
            memcmp(chain->head.hash, s->batches.at[chain->batches.at[length - 1]].hash, SEAL_HASH) != 0)
            return state_damaged(store, error, chain->device, length,
                                 "the last batch is not the one its device signed");
    }
    return 0;
}

/* Reads one chain up to the first batch that does not stand. Rows are looked up one by one, because a page that
 * cannot be read ends a scan for all. */
static int salvage_chain(struct state *s, struct store *store, uint32_t number, const struct secret *key,
                         struct error *error)
{
    unsigned char device[SEAL_PUBLIC];
    memcpy(device, s->chains.at[number].device, SEAL_PUBLIC);
    for (uint64_t sequence = 1;; sequence++) {
        struct store_batch b;
        struct error found = {0};
        int got = store_batch(store, device, sequence, &b, &found);
        if (got == 1)
            got = load_batch(s, store, &b, key, &found) < 0 ? -1 : 1;
        if (got < 0 && found.code == ERROR_LIMIT) {
            if (error)
                *error = found;
            return -1;
        }
        uint64_t said = s->chains.at[number].head.sequence;
        if (got == 0 && sequence > said)
            return 0;
        if (got == 1)
            continue;
        char name[17];
        state_device_name(device, name);
        buffer_format(&s->left_out, "device %s from batch %" PRIu64, name, sequence);
        if (said >= sequence)
            buffer_format(&s->left_out, " to %" PRIu64, said);
        buffer_format(&s->left_out, ": %s\n", got < 0 ? found.what : "it is missing");
        return 0;
    }
}

int state_load_batches(struct state *s, struct store *store, const struct secret *key, struct error *error)
{
    uint64_t file = store_bytes(store);
    s->block_size = file < LARGEST_BLOCK ? (size_t)file : LARGEST_BLOCK;
    if (s->salvage) {
        for (uint32_t i = 0; i < s->chains.count; i++)
            if (s->chains.at[i].certified && salvage_chain(s, store, i, key, error) < 0)
                return -1;
        return 0;
    }
    struct store_batch b;
    int got;
    store_batches(store);
    while ((got = store_batches_next(store, &b, error)) == 1) {
        if (load_batch(s, store, &b, key, error) < 0) {
            store_batches(store);
            return -1;
        }
    }
    return got < 0 ? -1 : check_heads(s, store, error);
}
