/* Two copies of one case take from each other what they lack.
 *
 * Rows are copied as they stand; each side then loads itself anew, checks everything as on opening, and carries
 * out the forgettings it has received, all before it commits. Slots of devices, heads and voices
 * travel; a copy's passphrase and its devices' keys stay its own. */
#include "log/inner.h"

#include <assert.h>
#include <inttypes.h>

static const struct chain *chain_of(const struct state *s, const unsigned char *device)
{
    uint32_t number = names_find(&s->devices, (struct text){(const char *)device, SEAL_PUBLIC});
    return number == NAMES_NONE ? NULL : &s->chains.at[number];
}

static const unsigned char *hash_at(const struct state *s, const struct chain *c, size_t sequence)
{
    return s->batches.at[c->batches.at[sequence - 1]].hash;
}

/* Chains of one device must be the same as far as both go. */
static int check_forks(const struct state *a, const struct state *b, struct error *error)
{
    for (size_t i = 0; i < a->chains.count; i++) {
        const struct chain *ours = &a->chains.at[i], *theirs = chain_of(b, ours->device);
        size_t both = theirs ? theirs->batches.count : 0;
        if (both > ours->batches.count)
            both = ours->batches.count;
        if (!both || memcmp(hash_at(a, ours, both), hash_at(b, theirs, both), SEAL_HASH) == 0)
            continue;
        size_t first = 1;
        while (memcmp(hash_at(a, ours, first), hash_at(b, theirs, first), SEAL_HASH) == 0)
            first++;
        char name[17];
        state_device_name(ours->device, name);
        error_set(error, ERROR_DAMAGED, "the two copies fork: one device wrote two different batches in one place");
        error_where(error, "batch %zu of device %s", first, name);
        return error_mend(error, "one copy was put back to an older state and written to again: export what is new "
                                 "in it, and add that to the other copy");
    }
    return 0;
}

static int copy_slot(struct log *to, struct log *from, const char *kind, struct text rest, struct error *error)
{
    struct slot_id id = slot_id(kind, rest);
    struct store_slot slot;
    int got = store_slot(from->store, slot_id_text(&id), &slot, error);
    return got == 1 ? store_slot_put(to->store, slot, error) : got;
}

static int pull_chain(struct log *to, struct log *from, const struct chain *theirs, uint64_t *count,
                      struct error *error)
{
    const struct chain *ours = chain_of(&to->state, theirs->device);
    struct text device = {(const char *)theirs->device, SEAL_PUBLIC};
    size_t have = ours ? ours->batches.count : 0;
    if (theirs->batches.count <= have)
        return 0;
    if (copy_slot(to, from, SLOT_DEVICE, device, error) < 0 || copy_slot(to, from, SLOT_HEAD, device, error) < 0)
        return -1;
    for (size_t sequence = have + 1; sequence <= theirs->batches.count; sequence++) {
        struct store_batch b;
        int got = store_batch(from->store, theirs->device, sequence, &b, error);
        if (got == 0)
            got = state_damaged(from->store, error, theirs->device, sequence, "a batch is missing");
        if (got < 0 || store_batch_add(to->store, &b, error) < 0)
            return -1;
        ++*count;
    }
    return 0;
}

static int pull_slots(struct log *to, struct log *from, struct error *error)
{
    const struct state *theirs = &from->state, *ours = &to->state;
    for (uint32_t i = 0; i < theirs->slots.count; i++) {
        struct text id = names_text(&theirs->slot_ids, i);
        uint32_t here = names_find(&ours->slot_ids, id);
        bool unwanted = here != NAMES_NONE && (ours->slots.at[here].stored || ours->slots.at[here].condemned);
        if (!unwanted && theirs->slots.at[i].stored && !theirs->slots.at[i].condemned &&
            copy_slot(to, from, SLOT_VOICE, id, error) < 0)
            return -1;
    }
    return 0;
}

static int pull(struct log *to, struct log *from, uint64_t *count, struct error *error)
{
    *count = 0;
    for (size_t i = 0; i < from->state.chains.count; i++)
        if (pull_chain(to, from, &from->state.chains.at[i], count, error) < 0)
            return -1;
    if (pull_slots(to, from, error) < 0)
        return -1;
    if (*count && log_reload(to, error) < 0)
        return -1;
    return log_destroy_condemned(to, error);
}

static void end(struct log *log, bool failed)
{
    log->stale = log->stale || failed;
    store_rollback(log->store);
    log_begin(log, NULL); /* where this fails, the next write tries again */
}

/* The log is the same in both by now. */
static int exchange_files(struct log *log, struct log *other, struct error *error)
{
    uint64_t files = 0;
    if (log_sweep_files(log, error) < 0 || log_sweep_files(other, error) < 0)
        return -1;
    return log_sync_files(log, other, &files, error) < 0 || log_sync_files(other, log, &files, error) < 0 ? -1 : 0;
}

int log_sync(struct log *log, struct log *other, uint64_t *received, uint64_t *sent, struct error *error)
{
    assert(log->mode == LOG_WRITE && other->mode == LOG_WRITE);
    if (memcmp(log->state.case_id, other->state.case_id, SEAL_PUBLIC) != 0) {
        error_set(error, ERROR_INPUT, "'%s' and '%s' are two cases, not two copies of one", store_path(log->store),
                  store_path(other->store));
        return error_mend(error, "name a copy of the same case");
    }
    if (log_begin(log, error) < 0 || log_begin(other, error) < 0 || check_forks(&log->state, &other->state, error) < 0)
        return -1;
    int result = pull(log, other, received, error);
    if (result == 0)
        result = pull(other, log, sent, error);
    if (result == 0)
        result = store_commit(log->store, error);
    bool half = result == 0; /* what was received stands, whatever becomes of the other copy */
    if (result == 0)
        result = store_commit(other->store, error);
    end(log, !half);
    end(other, result < 0);
    return result == 0 ? exchange_files(log, other, error) : -1;
}
