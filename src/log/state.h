/* What an open case file holds, in memory: its devices' chains, its batches in their order, its voices' keys.
 *
 * Loaded whole, checked whole: what state_load() returned 0 for is as its writers wrote it. Without a
 * key it checks what can be checked without one: every checksum, hash, signature, chain and head. Batches and chains
 * are known by their indexes. append.c is the only one that changes a state after it is loaded. */
#ifndef LOG_STATE_H
#define LOG_STATE_H

#include "base/names.h"
#include "base/vector.h"
#include "log/log.h"
#include "log/payload.h"
#include "log/slot.h"

#define STATE_NONE UINT32_MAX

/* A device and its batches. */
struct chain {
    unsigned char device[SEAL_PUBLIC];
    bool certified;           /* the case has signed that it is one of its devices */
    struct slot_head head;    /* what its head slot says; sequence 0 where it has none */
    struct buffer devkey;     /* body of its devkey slot; empty where there is none */
    VECTOR(uint32_t) batches; /* by sequence - 1 */
};

struct batch {
    uint32_t chain;
    uint32_t place;       /* in the order of all */
    uint32_t first_entry; /* from 0 */
    uint64_t sequence;
    unsigned char hash[SEAL_HASH];
    struct payload payload; /* borrows from a block; empty without a key */
};

/* The key of one voice's protected strings; a voice may have several, made apart. */
struct voice_slot {
    unsigned char wrapped[SLOT_VOICE_BODY];
    bool stored;          /* it is in the file */
    bool condemned;       /* a `forget` covers it: its strings are gone, whether it is still stored or not */
    bool lost;            /* salvage: it should be in the file and is not */
    uint32_t voice, next; /* next slot of the voice */
};

struct voice {
    uint32_t slots, forgets; /* first of each, STATE_NONE where none */
};

struct forgetting {
    uint32_t batch, at, next; /* at: where in the batch's text; next of the same voice */
};

/* Memory for opened payloads, wiped when it is freed. */
struct block {
    char *at;
    size_t used, room;
};

struct state {
    unsigned char case_id[SEAL_PUBLIC];
    struct buffer pass, of_case; /* bodies of those slots */
    VECTOR(struct block) blocks;
    size_t block_size; /* of the next one */
    uint64_t bytes;    /* of text, as stored */
    struct names devices, slot_ids, voice_ids;
    VECTOR(struct chain) chains; /* by number in devices */
    VECTOR(struct batch) batches;
    VECTOR(uint32_t) order;          /* batches as people see them */
    VECTOR(struct log_batch) shown;  /* the same, for log_batches() */
    VECTOR(struct voice_slot) slots; /* by number in slot_ids */
    VECTOR(struct voice) voices;     /* by number in voice_ids */
    VECTOR(struct forgetting) forgettings;
    uint32_t entries;
    bool salvage;
    struct buffer left_out; /* salvage: what was, a line each */
};

void state_init(struct state *s, bool salvage);
void state_release(struct state *s); /* wipes */

/* The two halves of loading; between them, state->pass and ->of_case give the case key. `key` may be NULL. */
int state_load_slots(struct state *s, struct store *store, struct error *error);
int state_load_batches(struct state *s, struct store *store, const struct secret *key, struct error *error);

/* Puts loaded batches in order, and checks that each comes after all that it has seen (order.c). */
int state_settle(struct state *s, struct store *store, struct error *error);

/* Room for an opened payload. It is given again by the next call unless a batch has been added with it. */
char *state_room(struct state *s, size_t length);

/* Adds a batch to its chain. `plain` stands in state_room(), or is empty. -1 where it is not a payload. */
int state_add_batch(struct state *s, const struct store_batch *b, const unsigned char hash[SEAL_HASH],
                    struct text plain, uint32_t *index);

/* Puts a batch behind all others in the order. */
void state_show_batch(struct state *s, uint32_t index);

uint32_t state_device(struct state *s, const unsigned char device[SEAL_PUBLIC]);
uint32_t state_voice(struct state *s, struct text id);
uint32_t state_slot(struct state *s, struct text id);
void state_give_slot(struct state *s, uint32_t slot, uint32_t voice); /* that voice's, if nobody's yet */

/* The last sequence of `chain` that the writer of a batch had seen, its own before it included. */
uint64_t state_seen(const struct state *s, const struct batch *b, uint32_t chain);

/* Damage at a batch: a sentence with its place. */
int state_damaged(const struct store *store, struct error *error, const unsigned char *device, uint64_t sequence,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The first 16 hex digits of a device's key. */
void state_device_name(const unsigned char *device, char name[17]);

#endif
