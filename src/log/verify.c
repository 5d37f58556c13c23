/* Checking a case file without its passphrase, now and against an anchor taken earlier.
 *
 * An anchor is a hash over the heads of all devices, and behind it how far each device had come: with that,
 * a longer file can be asked what its heads were then. */
#include "log/inner.h"

#include "log/wire.h"

#include <stdio.h>
#include <stdlib.h>

/* Where one device stood. */
struct stand {
    const unsigned char *device, *hash;
    uint64_t sequence;
};

static int by_device(const void *a, const void *b)
{
    return memcmp(((const struct stand *)a)->device, ((const struct stand *)b)->device, SEAL_PUBLIC);
}

static void anchor_hash(const struct state *s, const struct stand *stands, size_t count, char hex[65])
{
    unsigned char hash[SEAL_HASH];
    struct buffer said = {0};
    buffer_string(&said, "bearout anchor 1");
    buffer_add(&said, s->case_id, SEAL_PUBLIC);
    for (size_t i = 0; i < count; i++) {
        buffer_add(&said, stands[i].device, SEAL_PUBLIC);
        wire_add(&said, stands[i].sequence, 8);
        buffer_add(&said, stands[i].hash, SEAL_HASH);
    }
    seal_hash((struct text[]){buffer_text(&said)}, 1, hash);
    buffer_release(&said);
    for (unsigned i = 0; i < SEAL_HASH; i++)
        snprintf(hex + 2 * i, 3, "%02x", hash[i]);
}

static struct stand stand_at(const struct state *s, const struct chain *c, uint64_t sequence)
{
    return (struct stand){c->device, s->batches.at[c->batches.at[sequence - 1]].hash, sequence};
}

static void print_anchor(const struct state *s, char anchor[LOG_ANCHOR])
{
    VECTOR(struct stand) stands = {0};
    for (size_t i = 0; i < s->chains.count; i++)
        if (s->chains.at[i].batches.count)
            vector_push(&stands, stand_at(s, &s->chains.at[i], s->chains.at[i].batches.count));
    if (stands.count)
        qsort(stands.at, stands.count, sizeof *stands.at, by_device);
    char hex[65];
    anchor_hash(s, stands.at, stands.count, hex);
    int length = snprintf(anchor, LOG_ANCHOR, "%s", hex);
    for (size_t i = 0; i < stands.count; i++) {
        char name[17];
        state_device_name(stands.at[i].device, name);
        length += snprintf(anchor + length, LOG_ANCHOR - (size_t)length, ".%s:%llu", name,
                           (unsigned long long)stands.at[i].sequence);
    }
    vector_release(&stands);
}

/* Loads all that can be checked without a key. */
static int load(const char *path, struct state *s, struct store **store, struct error *error)
{
    state_init(s, false);
    *store = store_open(path, STORE_READ, error);
    if (!*store || store_check(*store, error) < 0 || state_load_slots(s, *store, error) < 0)
        return -1;
    return state_load_batches(s, *store, NULL, error);
}

int log_verify(const char *path, struct log_report *report, struct error *error)
{
    struct state s;
    struct store *store;
    int result = load(path, &s, &store, error);
    if (result == 0) {
        *report = (struct log_report){.batches = s.batches.count, .bytes = store_bytes(store)};
        for (size_t i = 0; i < s.chains.count; i++)
            report->devices += s.chains.at[i].batches.count > 0;
        print_anchor(&s, report->anchor);
        result = log_verify_files(&s, store, report, error);
    }
    store_free(store);
    state_release(&s);
    return result;
}

/* Takes ".NAME:NUMBER" off the front. */
static bool next_stand(struct text *rest, struct text *name, uint64_t *sequence)
{
    if (rest->length < 19 || rest->at[0] != '.' || rest->at[17] != ':')
        return false;
    *name = (struct text){rest->at + 1, 16};
    size_t i = 18;
    *sequence = 0;
    while (i < rest->length && rest->at[i] >= '0' && rest->at[i] <= '9' && *sequence < UINT32_MAX)
        *sequence = *sequence * 10 + (uint64_t)(rest->at[i++] - '0');
    *rest = (struct text){rest->at + i, rest->length - i};
    return i > 18 && *sequence > 0;
}

static const struct chain *chain_named(const struct state *s, struct text name)
{
    for (size_t i = 0; i < s->chains.count; i++) {
        char hex[17];
        state_device_name(s->chains.at[i].device, hex);
        if (text_equal(text_of(hex), name))
            return &s->chains.at[i];
    }
    return NULL;
}

static int refuse(struct error *error, const char *path, const char *what)
{
    error_set(error, ERROR_DAMAGED, "%s", what);
    error_where(error, "%s", path);
    return error_mend(error, "look for a copy that still holds it; this one was put back, cut short or replaced");
}

static int check_anchor(const struct state *s, const char *path, struct text anchor, struct error *error)
{
    if (anchor.length < 64 || anchor.length >= LOG_ANCHOR) {
        error_set(error, ERROR_USAGE, "this is not an anchor");
        return error_mend(error, "give the whole line that was printed");
    }
    VECTOR(struct stand) stands = {0};
    struct text rest = {anchor.at + 64, anchor.length - 64}, name;
    uint64_t sequence;
    int result = 0;
    while (result == 0 && rest.length) {
        bool read = next_stand(&rest, &name, &sequence);
        const struct chain *c = read ? chain_named(s, name) : NULL;
        if (!read)
            result = error_set(error, ERROR_USAGE, "this is not an anchor");
        else if (!c || sequence > c->batches.count)
            result = refuse(error, path, "the case lacks batches that it held when the anchor was printed");
        else
            vector_push(&stands, stand_at(s, c, sequence));
    }
    char hex[65];
    anchor_hash(s, stands.at, stands.count, hex);
    if (result == 0 && !text_equal(text_of(hex), (struct text){anchor.at, 64}))
        result = refuse(error, path, "the case does not hold what it held when the anchor was printed");
    vector_release(&stands);
    return result;
}

int log_verify_anchor(const char *path, struct text anchor, struct error *error)
{
    struct state s;
    struct store *store;
    int result = load(path, &s, &store, error);
    if (result == 0)
        result = check_anchor(&s, path, anchor, error);
    store_free(store);
    state_release(&s);
    return result;
}
