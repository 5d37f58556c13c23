/* The slots of a case file: see slot.h. */
#include "log/slot.h"

#include "base/limits.h"
#include "log/wire.h"

#include <assert.h>
#include <string.h>

enum { CHECKSUM = 16 };

struct slot_id slot_id(const char *kind, struct text rest)
{
    struct slot_id id;
    size_t length = strlen(kind);
    assert(length + rest.length <= sizeof id.at);
    memcpy(id.at, kind, length);
    if (rest.length)
        memcpy(id.at + length, rest.at, rest.length);
    id.length = length + rest.length;
    return id;
}

bool slot_is(struct text id, const char *kind, struct text *rest)
{
    struct text prefix = text_of(kind);
    if (!text_starts(id, prefix))
        return false;
    *rest = (struct text){id.at + prefix.length, id.length - prefix.length};
    return true;
}

static void checksum(struct text id, struct text body, unsigned char sum[SEAL_HASH])
{
    unsigned char length = (unsigned char)id.length;
    const struct text parts[] = {TEXT("bearout slot 1"), {(const char *)&length, 1}, id, body};
    seal_hash(parts, 4, sum);
}

int slot_body(struct store_slot slot, struct text *body)
{
    if (slot.wrapped.length < CHECKSUM)
        return -1;
    *body = (struct text){slot.wrapped.at, slot.wrapped.length - CHECKSUM};
    unsigned char sum[SEAL_HASH];
    checksum(slot.id, *body, sum);
    return memcmp(sum, body->at + body->length, CHECKSUM) == 0 ? 0 : -1;
}

int slot_write(struct store *store, const struct slot_id *id, struct text body, struct error *error)
{
    unsigned char sum[SEAL_HASH];
    checksum(slot_id_text(id), body, sum);
    struct buffer wrapped = {0};
    buffer_text_add(&wrapped, body);
    buffer_add(&wrapped, sum, CHECKSUM);
    int result = store_slot_put(store, (struct store_slot){slot_id_text(id), buffer_text(&wrapped)}, error);
    struct store_slot back;
    if (result == 0 && (result = store_slot(store, slot_id_text(id), &back, error)) != -1)
        result = result == 1 && text_equal(back.wrapped, buffer_text(&wrapped))
                     ? 0
                     : error_set(error, ERROR_IO, "a key that was written reads back as another; nothing was changed");
    buffer_release(&wrapped);
    return result;
}

static struct text bytes_of(const void *at, size_t length)
{
    return (struct text){at, length};
}

static struct text secret_text(const struct secret *s)
{
    return bytes_of(secret_view(s), secret_length(s));
}

static void add_sealed(const struct secret *key, struct text beside, struct text plain, struct buffer *out)
{
    buffer_reserve(out, plain.length + SEAL_OVERHEAD);
    seal_close(key, beside, plain, out->at + out->length);
    out->length += plain.length + SEAL_OVERHEAD;
}

/* What is signed or authenticated: what it is, of which case, about what. */
static void context(struct buffer *out, const char *what, const unsigned char *case_id, struct text about)
{
    buffer_string(out, what);
    buffer_add(out, case_id, SEAL_PUBLIC);
    buffer_text_add(out, about);
}

/* Opens into a new secret of the length that was sealed. */
static struct secret *opened(const struct secret *key, struct text beside, struct text sealed, size_t length)
{
    if (sealed.length != length + SEAL_OVERHEAD)
        return NULL;
    struct secret *plain = secret_new(length);
    if (seal_open(key, beside, sealed, secret_bytes(plain)) == 0)
        return plain;
    secret_free(plain);
    return NULL;
}

/* pass: kind 1, passes 4, memory 4, salt 16, sealed case key */
enum { PASS_FRONT = 9 + SEAL_SALT, PASS_KIND = 1 };

void slot_pass_make(const struct secret *passphrase_key, struct seal_cost cost, const unsigned char salt[SEAL_SALT],
                    const struct secret *case_key, struct buffer *body)
{
    wire_add(body, PASS_KIND, 1);
    wire_add(body, cost.passes, 4);
    wire_add(body, cost.memory, 4);
    buffer_add(body, salt, SEAL_SALT);
    add_sealed(passphrase_key, TEXT("bearout pass 1"), secret_text(case_key), body);
}

struct secret *slot_pass_open(struct text body, const struct secret *passphrase, struct error *error)
{
    struct wire w = {.rest = body};
    uint64_t kind = wire_number(&w, 1);
    struct seal_cost cost;
    cost.passes = (uint32_t)wire_number(&w, 4);
    cost.memory = (uint32_t)wire_number(&w, 4);
    struct text salt = wire_bytes(&w, SEAL_SALT);
    if (w.broken || kind != PASS_KIND || w.rest.length != SEAL_KEY + SEAL_OVERHEAD) {
        error_set(error, ERROR_DAMAGED, "the case file is damaged: its passphrase slot cannot be read");
        return NULL;
    }
    if (!seal_cost_allowed(cost)) {
        error_set(error, ERROR_LIMIT, "the passphrase slot asks for %u passes over %u MiB, more than is allowed",
                  cost.passes, cost.memory / 1024);
        return NULL;
    }
    struct secret *key = seal_from_passphrase(passphrase, (const unsigned char *)salt.at, cost, error);
    if (!key)
        return NULL;
    struct secret *case_key = opened(key, TEXT("bearout pass 1"), w.rest, SEAL_KEY);
    secret_free(key);
    if (!case_key) {
        error_set(error, ERROR_PASSPHRASE, "this is not the passphrase of the case");
        error_mend(error, "try again; capital letters and blanks count");
    }
    return case_key;
}

void slot_case_make(const struct secret *case_key, const struct secret *seed, const unsigned char id[SEAL_PUBLIC],
                    struct buffer *body)
{
    struct buffer beside = {0};
    context(&beside, "bearout case 1", id, TEXT(""));
    buffer_add(body, id, SEAL_PUBLIC);
    add_sealed(case_key, buffer_text(&beside), secret_text(seed), body);
    buffer_release(&beside);
}

const unsigned char *slot_case_id(struct text body)
{
    return body.length == SEAL_PUBLIC + SEAL_KEY + SEAL_OVERHEAD ? (const unsigned char *)body.at : NULL;
}

struct secret *slot_case_seed(struct text body, const struct secret *case_key)
{
    const unsigned char *id = slot_case_id(body);
    struct buffer beside = {0};
    context(&beside, "bearout case 1", id, TEXT(""));
    struct secret *seed =
        opened(case_key, buffer_text(&beside), bytes_of(body.at + SEAL_PUBLIC, body.length - SEAL_PUBLIC), SEAL_KEY);
    buffer_release(&beside);
    if (!seed)
        return NULL;
    unsigned char public_key[SEAL_PUBLIC];
    secret_free(seal_signer(seed, public_key));
    if (memcmp(public_key, id, SEAL_PUBLIC) == 0)
        return seed;
    secret_free(seed);
    return NULL;
}

struct secret *slot_case_open(struct text body, const struct secret *case_key)
{
    struct secret *seed = slot_case_seed(body, case_key);
    if (!seed)
        return NULL;
    unsigned char public_key[SEAL_PUBLIC];
    struct secret *signer = seal_signer(seed, public_key);
    secret_free(seed);
    return signer;
}

void slot_device_make(const struct secret *case_signer, const unsigned char *case_id, const unsigned char *device,
                      struct buffer *body)
{
    unsigned char signature[SEAL_SIGNATURE];
    struct buffer said = {0};
    context(&said, "bearout device 1", case_id, bytes_of(device, SEAL_PUBLIC));
    seal_sign(case_signer, buffer_text(&said), signature);
    buffer_add(body, signature, SEAL_SIGNATURE);
    buffer_release(&said);
}

bool slot_device_holds(struct text body, const unsigned char *case_id, const unsigned char *device)
{
    struct buffer said = {0};
    context(&said, "bearout device 1", case_id, bytes_of(device, SEAL_PUBLIC));
    bool holds =
        body.length == SEAL_SIGNATURE && seal_signed(case_id, buffer_text(&said), (const unsigned char *)body.at);
    buffer_release(&said);
    return holds;
}

enum { DEVKEY = SEAL_KEY + SEAL_HASH + 16 };

void slot_devkey_make(const struct secret *case_key, const unsigned char *case_id, const unsigned char *device,
                      const struct secret *seed, const struct slot_place *place, struct buffer *body)
{
    struct buffer beside = {0}, numbers = {0};
    context(&beside, "bearout devkey 1", case_id, bytes_of(device, SEAL_PUBLIC));
    wire_add(&numbers, place->disk, 8);
    wire_add(&numbers, place->file, 8);
    struct secret *plain = secret_new(DEVKEY);
    memcpy(secret_bytes(plain), secret_view(seed), SEAL_KEY);
    memcpy(secret_bytes(plain) + SEAL_KEY, place->machine, SEAL_HASH);
    memcpy(secret_bytes(plain) + SEAL_KEY + SEAL_HASH, numbers.at, 16);
    add_sealed(case_key, buffer_text(&beside), secret_text(plain), body);
    secret_free(plain);
    buffer_release(&numbers);
    buffer_release(&beside);
}

struct secret *slot_devkey_open(struct text body, const struct secret *case_key, const unsigned char *case_id,
                                const unsigned char *device, const struct slot_place *place)
{
    struct buffer beside = {0};
    context(&beside, "bearout devkey 1", case_id, bytes_of(device, SEAL_PUBLIC));
    struct secret *plain = opened(case_key, buffer_text(&beside), body, DEVKEY);
    buffer_release(&beside);
    if (!plain)
        return NULL;
    struct wire w = {.rest = secret_text(plain)};
    wire_bytes(&w, SEAL_KEY);
    struct text machine = wire_bytes(&w, SEAL_HASH);
    uint64_t disk = wire_number(&w, 8), file = wire_number(&w, 8);
    if (memcmp(machine.at, place->machine, SEAL_HASH) == 0 && disk == place->disk && file == place->file) {
        secret_shorten(plain, SEAL_KEY);
        return plain;
    }
    secret_free(plain);
    return NULL;
}

static void head_said(struct buffer *out, const unsigned char *case_id, const unsigned char *device,
                      const struct slot_head *head)
{
    context(out, "bearout head 1", case_id, bytes_of(device, SEAL_PUBLIC));
    wire_add(out, head->sequence, 8);
    buffer_add(out, head->hash, SEAL_HASH);
}

void slot_head_make(const struct secret *signer, const unsigned char *case_id, const unsigned char *device,
                    const struct slot_head *head, struct buffer *body)
{
    unsigned char signature[SEAL_SIGNATURE];
    struct buffer said = {0};
    head_said(&said, case_id, device, head);
    seal_sign(signer, buffer_text(&said), signature);
    wire_add(body, head->sequence, 8);
    buffer_add(body, head->hash, SEAL_HASH);
    buffer_add(body, signature, SEAL_SIGNATURE);
    buffer_release(&said);
}

bool slot_head_holds(struct text body, const unsigned char *case_id, const unsigned char *device,
                     struct slot_head *head)
{
    struct wire w = {.rest = body};
    head->sequence = wire_number(&w, 8);
    struct text hash = wire_bytes(&w, SEAL_HASH), signature = wire_bytes(&w, SEAL_SIGNATURE);
    if (w.broken || w.rest.length)
        return false;
    memcpy(head->hash, hash.at, SEAL_HASH);
    struct buffer said = {0};
    head_said(&said, case_id, device, head);
    bool holds = seal_signed(device, buffer_text(&said), (const unsigned char *)signature.at);
    buffer_release(&said);
    return holds;
}

void slot_voice_make(const struct secret *case_key, const unsigned char *case_id, struct text id,
                     const struct secret *voice_key, unsigned char body[SLOT_VOICE_BODY])
{
    struct buffer beside = {0};
    context(&beside, "bearout voice 1", case_id, id);
    seal_close(case_key, buffer_text(&beside), secret_text(voice_key), body);
    buffer_release(&beside);
}

int slot_voice_open(struct text body, const struct secret *case_key, const unsigned char *case_id, struct text id,
                    struct secret *voice_key)
{
    struct buffer beside = {0};
    context(&beside, "bearout voice 1", case_id, id);
    int result =
        body.length == SLOT_VOICE_BODY ? seal_open(case_key, buffer_text(&beside), body, secret_bytes(voice_key)) : -1;
    buffer_release(&beside);
    return result;
}
