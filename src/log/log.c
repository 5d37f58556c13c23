/* Making, opening and closing a case: see log.h. */
#include "log/inner.h"

#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>

static int check_passphrase(const struct secret *passphrase, struct error *error)
{
    size_t length = secret_length(passphrase);
    if (length > 0 && length <= LIMIT_PASSPHRASE)
        return 0;
    error_set(error, length ? ERROR_LIMIT : ERROR_USAGE,
              length ? "the passphrase is longer than %u bytes" : "the passphrase is empty", LIMIT_PASSPHRASE);
    return error_mend(error, "take a few words that nobody would guess together");
}

static int write_first_slots(struct store *store, const struct secret *passphrase_key, struct seal_cost cost,
                             const unsigned char salt[SEAL_SALT], struct error *error)
{
    struct secret *case_key = seal_key_new(), *seed = seal_key_new();
    unsigned char case_id[SEAL_PUBLIC];
    secret_free(seal_signer(seed, case_id));
    struct buffer pass = {0}, of_case = {0};
    slot_pass_make(passphrase_key, cost, salt, case_key, &pass);
    slot_case_make(case_key, seed, case_id, &of_case);
    struct slot_id pass_id = slot_id(SLOT_PASS, TEXT("")), case_slot = slot_id(SLOT_CASE, TEXT(""));
    int result = slot_write(store, &case_slot, buffer_text(&of_case), error);
    if (result == 0)
        result = slot_write(store, &pass_id, buffer_text(&pass), error);
    buffer_release(&pass);
    buffer_release(&of_case);
    secret_free(case_key);
    secret_free(seed);
    return result;
}

int log_create_as(const char *path, const struct secret *passphrase, const struct log_making *making,
                  struct error *error)
{
    if (check_passphrase(passphrase, error) < 0)
        return -1;
    struct store *store = store_create(path, making->page, error);
    if (!store)
        return -1;
    unsigned char salt[SEAL_SALT];
    seal_random(salt, sizeof salt);
    struct secret *passphrase_key = seal_from_passphrase(passphrase, salt, making->cost, error);
    int result = passphrase_key ? write_first_slots(store, passphrase_key, making->cost, salt, error) : -1;
    secret_free(passphrase_key);
    if (result == 0)
        return store_publish(store, error);
    store_free(store);
    return -1;
}

int log_create(const char *path, const struct secret *passphrase, struct error *error)
{
    const struct log_making usual = {.cost = seal_cost_usual(), .page = LOG_PAGE};
    return log_create_as(path, passphrase, &usual, error);
}

static int unlock(struct log *log, const struct secret *passphrase, struct error *error)
{
    log->key = slot_pass_open(buffer_text(&log->state.pass), passphrase, error);
    if (!log->key)
        return error_where(error, "%s", store_path(log->store));
    struct secret *signer = slot_case_open(buffer_text(&log->state.of_case), log->key);
    bool ours = signer != NULL;
    secret_free(signer);
    if (ours)
        return 0;
    error_set(error, ERROR_DAMAGED, "the case file is damaged: its name is not the one its key was made for");
    error_where(error, "%s, among its keys", store_path(log->store));
    return error_mend(error, "take a copy or a backup of it");
}

struct log *log_open(const char *path, const struct secret *passphrase, enum log_mode mode, struct error *error)
{
    if (check_passphrase(passphrase, error) < 0)
        return NULL;
    static const enum store_mode modes[] = {
        [LOG_READ] = STORE_READ, [LOG_WRITE] = STORE_WRITE, [LOG_SHARED] = STORE_WRITE, [LOG_SALVAGE] = STORE_SALVAGE};
    struct store *store = store_open(path, modes[mode], error);
    if (!store)
        return NULL;
    struct log *log = memory_new(sizeof *log);
    log->store = store;
    log->mode = mode;
    state_init(&log->state, mode == LOG_SALVAGE);
    int result = mode == LOG_WRITE || mode == LOG_SHARED ? store_check(store, error) : 0;
    if (result == 0)
        result = state_load_slots(&log->state, store, error);
    if (result == 0)
        result = unlock(log, passphrase, error);
    if (result == 0)
        result = state_load_batches(&log->state, store, log->key, error);
    if (result == 0)
        result = state_settle(&log->state, store, error);
    if (mode != LOG_WRITE)
        store_rollback(store); /* all that was read is in memory; let others write */
    if (result == 0)
        return log;
    log_close(log);
    return NULL;
}

void log_close(struct log *log)
{
    if (!log)
        return;
    store_free(log->store);
    secret_free(log->key);
    secret_free(log->signer);
    vector_release(&log->adoptions);
    vector_release(&log->vouchings);
    state_release(&log->state);
    free(log);
}

int log_reload(struct log *log, struct error *error)
{
    struct state fresh;
    state_init(&fresh, false);
    int result = state_load_slots(&fresh, log->store, error);
    if (result == 0 && memcmp(fresh.case_id, log->state.case_id, SEAL_PUBLIC) != 0)
        result = error_set(error, ERROR_DAMAGED, "'%s' has become another case", store_path(log->store));
    if (result == 0)
        result = state_load_batches(&fresh, log->store, log->key, error);
    if (result == 0)
        result = state_settle(&fresh, log->store, error);
    if (result < 0) {
        state_release(&fresh);
        return -1;
    }
    state_release(&log->state);
    log->state = fresh;
    secret_free(log->signer);
    log->signer = NULL;
    log->stale = false;
    log->generation++;
    return 0;
}

int log_begin(struct log *log, struct error *error)
{
    bool changed = false;
    if (store_begun(log->store))
        return 0;
    if (store_begin(log->store, &changed, error) < 0)
        return -1;
    if ((!changed && !log->stale) || log_reload(log, error) == 0)
        return 0;
    store_rollback(log->store);
    return -1;
}

void log_let_go(struct log *log)
{
    if (log->mode == LOG_SHARED && !log->held)
        store_rollback(log->store);
}

int log_hold(struct log *log, struct error *error)
{
    assert(log->mode == LOG_SHARED && !log->held);
    store_patience(log->store, 0);
    log->held = log_begin(log, error) == 0;
    store_patience(log->store, STORE_PATIENCE);
    return log->held ? 0 : -1;
}

void log_rest(struct log *log)
{
    log->held = false;
    log_let_go(log);
}

/* Does the file hold the same batches as the state? Whoever adds a batch signs a new head, and nobody takes one away;
 * what else is written beside them (what is kept, a device's own key) is no reason to read a large case again. */
static int same_heads(struct log *log, bool *same, struct error *error)
{
    struct state fresh;
    state_init(&fresh, false);
    int result = state_load_slots(&fresh, log->store, error);
    *same = result == 0 && memcmp(fresh.case_id, log->state.case_id, SEAL_PUBLIC) == 0;
    for (uint32_t i = 0; *same && i < fresh.chains.count; i++) {
        const struct slot_head *head = &fresh.chains.at[i].head;
        uint32_t here =
            names_find(&log->state.devices, (struct text){(const char *)fresh.chains.at[i].device, SEAL_PUBLIC});
        const struct slot_head *known = here == NAMES_NONE ? NULL : &log->state.chains.at[here].head;
        *same = known ? known->sequence == head->sequence && memcmp(known->hash, head->hash, SEAL_HASH) == 0
                      : head->sequence == 0;
    }
    state_release(&fresh);
    return result;
}

static int refresh(struct log *log, struct error *error)
{
    bool changed = false, same = false;
    if (!log->stale && store_changed(log->store, &changed, error) < 0)
        return -1;
    if (!changed && !log->stale)
        return 0;
    if (store_begin_reading(log->store, error) < 0)
        return -1;
    int result = log->stale ? 0 : same_heads(log, &same, error);
    if (result == 0 && !same)
        result = log_reload(log, error);
    store_rollback(log->store);
    if (result < 0)
        log->stale = true;
    return result;
}

int log_refresh(struct log *log, struct error *error)
{
    assert(log->mode == LOG_SHARED && !log->held);
    store_patience(log->store, 0);
    int result = refresh(log, error);
    store_patience(log->store, STORE_PATIENCE);
    return result;
}

uint64_t log_generation(const struct log *log)
{
    return log->generation;
}

size_t log_forgotten(const struct log *log)
{
    size_t gone = 0;
    for (size_t i = 0; i < log->state.slots.count; i++)
        gone += log->state.slots.at[i].condemned || log->state.slots.at[i].lost;
    return gone;
}

struct secret *log_publisher(const struct log *log, struct error *error)
{
    struct secret *seed = slot_case_seed(buffer_text(&log->state.of_case), log->key);
    if (!seed) {
        error_set(error, ERROR_DAMAGED, "the case file is damaged: its signing key is not as it was written");
        error_mend(error, "take a copy or a backup of it");
        return NULL;
    }
    struct secret *publisher = seal_derive(seed, TEXT("bearout publisher 1"));
    secret_free(seed);
    return publisher;
}

const struct log_batch *log_batches(const struct log *log, size_t *count)
{
    *count = log->stale ? 0 : log->state.shown.count;
    return log->state.shown.at;
}

struct text log_salvaged(const struct log *log)
{
    return buffer_text(&log->state.left_out);
}
