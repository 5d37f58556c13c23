/* Which device is this? One key pair for each file on each machine.
 *
 * A key is used again only on the machine and for the very file that it was made for. Two copies of a
 * case thus never write to one chain by accident: the copy becomes a device of its own. */
#include "log/inner.h"

#include "base/file.h"

#include <errno.h>
#include <sys/stat.h>

static int find_place(const struct log *log, struct slot_place *place, struct error *error)
{
    struct stat info;
    if (stat(store_path(log->store), &info) < 0)
        return error_system(error, errno, "open", store_path(log->store));
    place->disk = info.st_dev;
    place->file = info.st_ino;
    struct buffer machine = {0};
    file_read("/etc/machine-id", 4096, &machine, NULL); /* a machine without one is the machine without one */
    const struct text parts[] = {
        TEXT("bearout machine 1"), {(const char *)log->state.case_id, SEAL_PUBLIC}, buffer_text(&machine)};
    seal_hash(parts, 3, place->machine);
    buffer_release(&machine);
    return 0;
}

static int put(struct log *log, const char *kind, const unsigned char *device, const struct buffer *body,
               struct error *error)
{
    struct slot_id id = slot_id(kind, (struct text){(const char *)device, SEAL_PUBLIC});
    return slot_write(log->store, &id, buffer_text(body), error);
}

static int make_device(struct log *log, const struct slot_place *place, struct error *error)
{
    struct state *state = &log->state;
    struct secret *case_signer = slot_case_open(buffer_text(&state->of_case), log->key);
    if (!case_signer)
        return error_set(error, ERROR_DAMAGED, "the case file is damaged: its signing key is not as it was written");
    unsigned char device[SEAL_PUBLIC];
    struct secret *seed = seal_key_new();
    log->signer = seal_signer(seed, device);
    struct buffer certificate = {0}, devkey = {0};
    slot_device_make(case_signer, state->case_id, device, &certificate);
    slot_devkey_make(log->key, state->case_id, device, seed, place, &devkey);
    int result = put(log, SLOT_DEVICE, device, &certificate, error);
    if (result == 0)
        result = put(log, SLOT_DEVKEY, device, &devkey, error);
    log->chain = state_device(state, device);
    state->chains.at[log->chain].certified = true;
    state->chains.at[log->chain].devkey = devkey;
    buffer_release(&certificate);
    secret_free(seed);
    secret_free(case_signer);
    return result;
}

int log_become_device(struct log *log, struct error *error)
{
    struct state *state = &log->state;
    struct slot_place place;
    if (log->signer)
        return 0;
    if (find_place(log, &place, error) < 0)
        return -1;
    for (uint32_t i = 0; i < state->chains.count; i++) {
        struct chain *chain = &state->chains.at[i];
        if (!chain->certified || !chain->devkey.length)
            continue;
        struct secret *seed =
            slot_devkey_open(buffer_text(&chain->devkey), log->key, state->case_id, chain->device, &place);
        if (!seed)
            continue;
        unsigned char device[SEAL_PUBLIC];
        log->signer = seal_signer(seed, device);
        log->chain = i;
        secret_free(seed);
        return 0;
    }
    return make_device(log, &place, error);
}
