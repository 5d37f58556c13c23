/* The case file against hostile bytes. The first byte says what the rest is:
 *
 *     0  a file: opened, salvaged and verified (the seeds' passphrase is known)
 *     1  a payload, as it comes out of a valid seal: decoded, its tables walked
 *     2  several payloads, each behind two bytes of length and one of device: a state is made of them, put in
 *        order, and its text spliced together
 *     3  slot bodies of every kind that is read without a passphrase
 *
 * Seals, signatures and checksums would stop nearly every mutation of a file; 1 to 3 begin behind them.
 * The seeds were made by this program: casefile_fuzz --seeds FOLDER. */
#include "log/inner.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[64], path[128];
static struct secret *passphrase;
static struct log *frame; /* a real case: the key and the file that states are made for */

static void fuzz_file(struct text bytes)
{
    struct error error;
    struct log_report report;
    struct buffer out = {0};
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, bytes.at, bytes.length) != (ssize_t)bytes.length)
        abort();
    close(fd);
    for (int mode = LOG_READ; mode <= LOG_SALVAGE; mode++) {
        struct log *log = log_open(path, passphrase, (enum log_mode)mode, &error);
        if (log)
            log_text(log, &out, &error);
        buffer_clear(&out);
        log_close(log);
    }
    log_verify(path, &report, &error);
    buffer_release(&out);
}

static size_t walk(const struct payload *p)
{
    size_t rows = 0;
    struct text table = p->heads;
    struct payload_head head;
    while (payload_next_head(&table, &head))
        rows += head.sequence > 0;
    table = p->strings;
    struct payload_string string;
    while (payload_next_string(&table, &string))
        rows += string.at <= p->text.length;
    table = p->forgets;
    struct payload_forget forget;
    while (payload_next_forget(&table, &forget))
        rows += forget.voice.length > 0;
    table = p->retracts;
    struct payload_retract retract;
    while (payload_next_retract(&table, &retract))
        rows += (size_t)retract.at + retract.length <= p->text.length;
    return rows;
}

static void fuzz_payload(struct text bytes)
{
    struct payload p;
    if (payload_decode(bytes, &p) == 0 && walk(&p) > bytes.length)
        abort();
}

static void fuzz_state(struct text rest)
{
    static const unsigned char hash[SEAL_HASH];
    struct log log = {.store = frame->store, .key = frame->key};
    struct error error;
    struct buffer out = {0};
    state_init(&log.state, false);
    log.state.block_size = rest.length + 1;
    while (rest.length > 3) {
        size_t length = (unsigned char)rest.at[0] | (size_t)(unsigned char)rest.at[1] << 8;
        unsigned char device[SEAL_PUBLIC] = {(unsigned char)rest.at[2]};
        rest = (struct text){rest.at + 3, rest.length - 3};
        length = length < rest.length ? length : rest.length;
        char *plain = state_room(&log.state, length);
        memcpy(plain, rest.at, length);
        uint32_t index, chain = state_device(&log.state, device);
        struct store_batch b = {.device = device, .sequence = log.state.chains.at[chain].batches.count + 1};
        state_add_batch(&log.state, &b, hash, (struct text){plain, length}, &index);
        rest = (struct text){rest.at + length, rest.length - length};
    }
    for (int salvage = 0; salvage < 2 && log.state.order.count == 0; salvage++) {
        log.state.salvage = salvage;
        if (state_settle(&log.state, log.store, &error) == 0)
            log_text(&log, &out, &error);
    }
    buffer_release(&out);
    state_release(&log.state);
}

static void fuzz_slots(struct text body)
{
    static const unsigned char id[SEAL_PUBLIC] = {1};
    struct slot_head head;
    struct slot_place place = {{0}, 0, 0};
    struct text inner;
    slot_head_holds(body, id, id, &head);
    slot_device_holds(body, id, id);
    slot_body((struct store_slot){TEXT("x"), body}, &inner);
    secret_free(slot_devkey_open(body, frame->key, id, id, &place));
    if (slot_case_id(body))
        secret_free(slot_case_open(body, frame->key));
    slot_is(body, SLOT_DEVICE, &inner);
}

static struct log *make_case(const char *name)
{
    const struct log_making cheap = {.cost = {1, 8}, .page = 512};
    if (log_create_as(name, passphrase, &cheap, NULL) < 0)
        abort();
    return log_open(name, passphrase, LOG_WRITE, NULL);
}

static void end(void)
{
    log_close(frame);
    char name[160];
    snprintf(name, sizeof name, "%s/frame", folder);
    unlink(name);
    unlink(path);
    rmdir(folder);
    secret_free(passphrase);
}

static void save_seed(const char *to, const char *name, char kind, struct text bytes)
{
    char file[512];
    struct buffer seed = {0};
    buffer_char(&seed, kind);
    buffer_text_add(&seed, bytes);
    snprintf(file, sizeof file, "%s/%s", to, name);
    if (file_write(file, buffer_text(&seed), NULL) < 0)
        abort();
    buffer_release(&seed);
}

static void save_seeds(const char *to)
{
    struct log *log = make_case(path);
    log_append(log,
               TEXT("voice ana \"Ana\"\n    contact \"5\"\nclaim c1 \"x\"\nsay ana c1 saw\nprotect ana \"mill\"\n"),
               NULL);
    log_append(log, TEXT("claim c2 \"y\"\nretract 2\n"), NULL);
    log_append(log, TEXT("forget ana\nprotect ana \"after\"\n"), NULL);
    struct buffer bytes = {0}, several = {0};
    for (uint32_t i = 0; i < log->state.batches.count; i++) {
        const struct block *block = &log->state.blocks.at[0];
        const char *start = log->state.batches.at[i].payload.heads.at - 20, *text_end = block->at + block->used;
        if (i + 1 < log->state.batches.count)
            text_end = log->state.batches.at[i + 1].payload.heads.at - 20;
        struct text payload = {start, (size_t)(text_end - start)};
        char name[16];
        snprintf(name, sizeof name, "payload%u", i);
        save_seed(to, name, 1, payload);
        buffer_char(&several, (char)payload.length);
        buffer_char(&several, (char)(payload.length >> 8));
        buffer_char(&several, 1);
        buffer_text_add(&several, payload);
    }
    save_seed(to, "state", 2, buffer_text(&several));
    save_seed(to, "slot", 3, buffer_text(&log->state.of_case));
    log_close(log);
    if (file_read(path, 1 << 20, &bytes, NULL) < 0)
        abort();
    save_seed(to, "file", 0, buffer_text(&bytes));
    buffer_release(&bytes);
    buffer_release(&several);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    if (seal_start(NULL) < 0)
        abort();
    snprintf(folder, sizeof folder, "/dev/shm/bearout-fuzz-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    passphrase = secret_new(14);
    memcpy(secret_bytes(passphrase), "amber and salt", 14);
    char name[160];
    snprintf(name, sizeof name, "%s/frame", folder);
    snprintf(path, sizeof path, "%s/case", folder);
    frame = make_case(name);
    atexit(end);
    if (*count == 3 && strcmp((*arguments)[1], "--seeds") == 0) {
        save_seeds((*arguments)[2]);
        exit(0);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const kinds[])(struct text) = {fuzz_file, fuzz_payload, fuzz_state, fuzz_slots};
    if (size > 0 && data[0] < sizeof kinds / sizeof *kinds)
        kinds[data[0]]((struct text){(const char *)data + 1, size - 1});
    return 0;
}
