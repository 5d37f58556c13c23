/* Case files that somebody has tampered with: each is refused with its place, and salvage reads what stands. */
#include "small.h"

#include "log/batch.h"
#include "log/wire.h"

#include <stdio.h>
#include <unistd.h>

/* A case of three batches; the rows of the first device's chain. */
static void three_batches(const char *path)
{
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "claim c1 \"x\"\n");
    small_append(log, "claim c2 \"y\"\n");
    small_append(log, "claim c3 \"z\"\n");
    log_close(log);
}

/* What it takes to write to a case as its owner could: its key, its device. */
struct forger {
    struct log *log;
    struct store *store;
    unsigned char device[SEAL_PUBLIC];
};

static struct forger forger_of(const char *path)
{
    struct forger f = {.log = small_open(path, LOG_WRITE)};
    assert_int_equal(log_become_device(f.log, NULL), 0);
    f.store = f.log->store;
    memcpy(f.device, f.log->state.chains.at[f.log->chain].device, SEAL_PUBLIC);
    return f;
}

static void forger_done(struct forger *f)
{
    assert_int_equal(store_commit(f->store, NULL), 0);
    log_close(f->log);
}

static struct payload_draft draft_of(struct forger *f, const char *notation)
{
    struct payload_draft d = {.entries = 1};
    const struct state *s = &f->log->state;
    d.time = s->order.count ? s->batches.at[s->order.at[s->order.count - 1]].payload.time + 1 : 1;
    buffer_string(&d.text, notation);
    return d;
}

/* Writes a batch, and a head that fits it, whatever the draft says. `signer` may be a stranger. */
static void forge(struct forger *f, struct payload_draft *d, uint64_t sequence, const unsigned char *prev,
                  const unsigned char *device, const struct secret *signer)
{
    struct buffer payload = {0}, head_body = {0};
    unsigned char signature[SEAL_SIGNATURE];
    struct slot_head head = {.sequence = sequence};
    payload_encode(d, &payload);
    char *cipher = memory_new(payload.length + SEAL_OVERHEAD);
    struct store_batch b = {.device = device, .prev = prev, .sequence = sequence};
    batch_seal(f->log->state.case_id, f->log->key, signer, &b, buffer_text(&payload), cipher, signature, head.hash);
    b.cipher = (struct text){cipher, payload.length + SEAL_OVERHEAD};
    b.signature = signature;
    assert_int_equal(store_batch_add(f->store, &b, NULL), 0);
    slot_head_make(signer, f->log->state.case_id, device, &head, &head_body);
    struct slot_id id = slot_id(SLOT_HEAD, (struct text){(const char *)device, SEAL_PUBLIC});
    assert_int_equal(slot_write(f->store, &id, buffer_text(&head_body), NULL), 0);
    buffer_release(&payload);
    buffer_release(&head_body);
    free(cipher);
    payload_draft_release(d);
}

static const unsigned char *last_hash(const struct forger *f)
{
    const struct state *s = &f->log->state;
    return s->batches.at[s->order.at[s->order.count - 1]].hash;
}

static void what_a_member_writes_by_hand_is_taken_when_it_fits(void **state)
{
    (void)state;
    const char *path = small_path("a");
    three_batches(path);
    struct forger f = forger_of(path);
    struct payload_draft d = draft_of(&f, "claim c4 \"q\"\n");
    forge(&f, &d, 4, last_hash(&f), f.device, f.log->signer);
    forger_done(&f);
    assert_non_null(strstr(small_read(path, 0), "claim c4"));
}

static void refused_at(const char *path, const char *what, const char *where)
{
    small_refused(path, LOG_READ, ERROR_DAMAGED);
    if (!strstr(small_error.what, what) || !strstr(small_error.where, where))
        fail_msg("%s [%s]", small_error.what, small_error.where);
}

static void somebody_elses_signature_is_refused(void **state)
{
    (void)state;
    const char *path = small_path("b");
    three_batches(path);
    struct forger f = forger_of(path);
    unsigned char stranger[SEAL_PUBLIC];
    struct secret *seed = seal_key_new(), *signer = seal_signer(seed, stranger);
    struct payload_draft d = draft_of(&f, "claim c4 \"q\"\n");
    static const unsigned char nothing[SEAL_HASH];
    forge(&f, &d, 1, nothing, stranger, signer);
    forger_done(&f);
    refused_at(path, "somebody else's signature", "batch 1 of device");
    assert_int_equal(log_verify(path, &(struct log_report){0}, &small_error), -1);
    assert_int_equal(small_error.code, ERROR_DAMAGED);

    /* with a certificate that it has signed itself */
    f.log = NULL;
    struct store *store = store_open(path, STORE_WRITE, NULL);
    struct buffer body = {0};
    slot_device_make(signer, stranger, stranger, &body);
    struct slot_id id = slot_id(SLOT_DEVICE, (struct text){(const char *)stranger, SEAL_PUBLIC});
    assert_int_equal(slot_write(store, &id, buffer_text(&body), NULL), 0);
    assert_int_equal(store_commit(store, NULL), 0);
    store_free(store);
    refused_at(path, "somebody else's signature", "among its keys");
    buffer_release(&body);
    secret_free(seed);
    secret_free(signer);
}

static void a_batch_signed_by_another_than_its_device_is_refused(void **state)
{
    (void)state;
    const char *path = small_path("c");
    three_batches(path);
    struct forger f = forger_of(path);
    unsigned char stranger[SEAL_PUBLIC];
    struct secret *seed = seal_key_new(), *signer = seal_signer(seed, stranger);
    struct payload_draft d = draft_of(&f, "claim c4 \"q\"\n");
    forge(&f, &d, 4, last_hash(&f), f.device, signer);
    forger_done(&f);
    small_refused(path, LOG_READ, ERROR_DAMAGED);
    secret_free(seed);
    secret_free(signer);
}

static void a_gap_a_fork_and_a_lost_tail_are_refused(void **state)
{
    (void)state;
    const char *path = small_path("d");
    three_batches(path);
    struct forger f = forger_of(path);
    struct payload_draft d = draft_of(&f, "claim c5 \"q\"\n");
    forge(&f, &d, 5, last_hash(&f), f.device, f.log->signer);
    forger_done(&f);
    refused_at(path, "a batch is missing", "batch 4 of device");

    three_batches(path);
    f = forger_of(path);
    d = draft_of(&f, "claim c4 \"q\"\n");
    forge(&f, &d, 4, f.log->state.batches.at[0].hash, f.device, f.log->signer);
    forger_done(&f);
    refused_at(path, "the chain forks", "batch 4 of device");

    three_batches(path);
    f = forger_of(path);
    struct slot_head head = {.sequence = 4};
    struct buffer body = {0};
    slot_head_make(f.log->signer, f.log->state.case_id, f.device, &head, &body);
    struct slot_id id = slot_id(SLOT_HEAD, (struct text){(const char *)f.device, SEAL_PUBLIC});
    assert_int_equal(slot_write(f.store, &id, buffer_text(&body), NULL), 0);
    buffer_release(&body);
    forger_done(&f);
    refused_at(path, "last batches are missing", "batch 4 of device");

    three_batches(path);
    f = forger_of(path);
    struct text gone = slot_id_text(&id);
    id = slot_id(SLOT_HEAD, (struct text){(const char *)f.device, SEAL_PUBLIC});
    assert_int_equal(store_slots_destroy(f.store, &gone, 1, NULL), 0);
    forger_done(&f);
    refused_at(path, "the head of a device is missing", "batch 3 of device");
}

/* Batches that their device did sign, and that say what cannot be. */
static void signed_nonsense_is_refused(void **state)
{
    (void)state;
    const char *path = small_path("e");
    for (int kind = 0; kind < 8; kind++) {
        three_batches(path);
        struct forger f = forger_of(path);
        struct payload_draft d = draft_of(&f, kind == 0 ? "claim c4 \"no line end\"" : "claim c4 \"q\"\n");
        unsigned char device[SEAL_PUBLIC] = {7};
        if (kind == 1)
            d.time = 5; /* before what it follows */
        if (kind == 2)
            payload_add_head(&d, &(struct payload_head){device, 1}); /* of nobody here */
        if (kind == 3)
            payload_add_head(&d, &(struct payload_head){f.device, 3}); /* of itself */
        if (kind == 4)
            payload_add_string(&d, &(struct payload_string){99, TEXT("ana"), TEXT("0123456789abcdef"), TEXT("")});
        if (kind == 5)
            payload_add_retract(&d, &(struct payload_retract){10, 200, 1});
        if (kind == 6)
            payload_add_forget(&d, &(struct payload_forget){0, TEXT("")});
        if (kind == 7)
            d.entries = 0;
        forge(&f, &d, 4, last_hash(&f), f.device, f.log->signer);
        forger_done(&f);
        refused_at(path, "a batch", "batch 4 of device");
        struct log *log = small_open(path, LOG_SALVAGE);
        assert_string_equal(small_text(log, 0), "claim c1 \"x\"\nclaim c2 \"y\"\nclaim c3 \"z\"\n");
        assert_true(log_salvaged(log).length > 0);
        log_close(log);
    }
}

static void a_number_that_nobody_saw_is_refused(void **state)
{
    (void)state;
    const char *path = small_path("f");
    three_batches(path);
    struct forger f = forger_of(path);
    struct payload_draft d = draft_of(&f, "retract 9\n");
    payload_add_retract(&d, &(struct payload_retract){8, 1, 9});
    forge(&f, &d, 4, last_hash(&f), f.device, f.log->signer);
    forger_done(&f);
    struct log *log = small_open(path, LOG_READ);
    struct buffer out = {0};
    assert_int_equal(log_text(log, &out, &small_error), -1);
    assert_int_equal(small_error.code, ERROR_DAMAGED);
    assert_int_equal(out.length, 0);
    buffer_release(&out);
    log_close(log);
}

/* Finds the cipher of a batch in the file and spoils it there. */
static void spoil(const char *path, uint64_t sequence)
{
    struct buffer bytes = {0};
    struct store *store = store_open(path, STORE_READ, NULL);
    struct store_batch b;
    store_batches(store);
    while (store_batches_next(store, &b, NULL) == 1 && b.sequence != sequence)
        ;
    char needle[24];
    memcpy(needle, b.cipher.at, sizeof needle);
    store_free(store);
    small_load(path, &bytes);
    char *at = memmem(bytes.at, bytes.length, needle, sizeof needle);
    assert_non_null(at);
    at[3] ^= 4;
    small_save(path, buffer_text(&bytes));
    buffer_release(&bytes);
}

static void salvage_reads_what_stands_before_the_damage(void **state)
{
    (void)state;
    const char *path = small_path("g"), *copy = small_path("h");
    three_batches(path);
    small_copy(path, copy);
    struct log *one = small_open(copy, LOG_WRITE);
    small_append(one, "claim d1 \"from the other\"\n");
    log_close(one);
    one = small_open(path, LOG_WRITE);
    small_append(one, "claim c4 \"q\"\n");
    struct log *two = small_open(copy, LOG_WRITE);
    uint64_t got, gave;
    assert_int_equal(log_sync(one, two, &got, &gave, NULL), 0);
    small_append(two, "claim d2 \"knows all\"\n");
    assert_int_equal(log_sync(one, two, &got, &gave, NULL), 0);
    log_close(one);
    log_close(two);
    spoil(path, 4);
    small_refused(path, LOG_READ, ERROR_DAMAGED);
    assert_non_null(strstr(small_error.where, "batch 4 of device"));
    struct log *log = small_open(path, LOG_SALVAGE);
    assert_string_equal(small_text(log, 0),
                        "claim c1 \"x\"\nclaim c2 \"y\"\nclaim c3 \"z\"\nclaim d1 \"from the other\"\n");
    assert_non_null(strstr(log_salvaged(log).at, "from batch 4 to 4"));
    assert_non_null(strstr(log_salvaged(log).at, "from batch 2: it builds on batches that are lost"));
    log_close(log);
}

/* Whatever is cut off, salvage gives the first batches, none or some, and never what was not there. */
static void a_file_cut_short_is_salvaged_as_far_as_it_goes(void **state)
{
    (void)state;
    const char *path = small_path("k");
    three_batches(path);
    struct log *log = small_open(path, LOG_WRITE);
    struct buffer large = {0}, bytes = {0};
    for (int i = 0; i < 200; i++)
        buffer_format(&large, "claim l%d \"x\"\n", i);
    small_append(log, large.at);
    small_append(log, large.at);
    char *whole = strdup(small_text(log, 0));
    log_close(log);
    small_load(path, &bytes);
    int some = 0;
    for (size_t length = bytes.length - 512; length >= 512; length -= 512) {
        small_save(path, (struct text){bytes.at, length});
        small_refused(path, LOG_READ, ERROR_DAMAGED);
        log = log_open(path, small_passphrase(), LOG_SALVAGE, &small_error);
        if (!log)
            continue;
        const char *text = small_text(log, 1);
        assert_memory_equal(text, whole, strlen(text));
        assert_true(strlen(text) < strlen(whole));
        assert_true(log_salvaged(log).length > 0);
        some += strlen(text) > 0;
        log_close(log);
    }
    assert_true(some > 3);
    buffer_release(&large);
    buffer_release(&bytes);
    free(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_member_writes_by_hand_is_taken_when_it_fits),
        cmocka_unit_test(somebody_elses_signature_is_refused),
        cmocka_unit_test(a_batch_signed_by_another_than_its_device_is_refused),
        cmocka_unit_test(a_gap_a_fork_and_a_lost_tail_are_refused),
        cmocka_unit_test(signed_nonsense_is_refused),
        cmocka_unit_test(a_number_that_nobody_saw_is_refused),
        cmocka_unit_test(salvage_reads_what_stands_before_the_damage),
        cmocka_unit_test(a_file_cut_short_is_salvaged_as_far_as_it_goes),
    };
    return cmocka_run_group_tests(tests, small_start, small_end);
}
