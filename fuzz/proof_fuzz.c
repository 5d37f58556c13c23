/* Fuzzes proofs of time, which strangers send: whatever the bytes are, nothing breaks; what is refused adds nothing and
 * says why and how to mend it; what is taken is told in whole lines of plain signs. The first byte says what the rest
 * is: a proof; a response whose signature is checked; or what stands in an OpenTimestamps file behind its beginning.
 *
 * All that the authority below ever signed for the file is in the seeds, and its key is gone: nothing but the time that
 * it signed for may come out with its word. OpenSSL is not traced, so its forms are changed here with their lengths
 * kept right: else most changes would end at the first length. */
#include "ops/proof.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned int seed);

enum { PLAIN, SIGNED, OPERATIONS, KINDS };

static const char proven[] = "a file that was proven";

static const char authority_pem[] = "-----BEGIN CERTIFICATE-----\n"
                                    "MIIBqTCCAU6gAwIBAgIBATAKBggqhkjOPQQDAjAeMRwwGgYDVQQDDBNBIG1hZGUt\n"
                                    "dXAgYXV0aG9yaXR5MCAXDTI2MTIwMTE2MzUyMVoYDzIxMjYxMTA3MTYzNTIxWjAe\n"
                                    "MRwwGgYDVQQDDBNBIG1hZGUtdXAgYXV0aG9yaXR5MFkwEwYHKoZIzj0CAQYIKoZI\n"
                                    "zj0DAQcDQgAE2SgrAw74NL+hxdlBEgsDSlmhqNmtvvGzl3rwSS9FYjbyohEzm3Bz\n"
                                    "ETgfLP4IJJN0Yq6iE+VowuqzOSqHIb2tP6N7MHkwHQYDVR0OBBYEFOma3DiMtXiS\n"
                                    "zAYZr90MKHU59+MtMB8GA1UdIwQYMBaAFOma3DiMtXiSzAYZr90MKHU59+MtMA8G\n"
                                    "A1UdEwEB/wQFMAMBAf8wFgYDVR0lAQH/BAwwCgYIKwYBBQUHAwgwDgYDVR0PAQH/\n"
                                    "BAQDAgeAMAoGCCqGSM49BAMCA0kAMEYCIQDXopVj/JRfwWYOgLZY4oJVU/8uv4Va\n"
                                    "WwIxZmm2dGlx/AIhAKtoNNITsbHOopj+3YQv+KjexH/TNC4fJpg1WVs8KT4g\n"
                                    "-----END CERTIFICATE-----\n";

static const char signed_for[] =
    "RFC 3161: made for this very file at 2026-12-01T16:35:21Z. Its signature is of an authority that "
    "is trusted.\n";

static void require(bool holds)
{
    if (!holds)
        abort();
}

static unsigned kind_of(const uint8_t *bytes)
{
    return bytes[0] % KINDS;
}

static void hash_of_proven(unsigned char sha256[SEAL_SHA256])
{
    struct seal_sha256 *hashing = seal_sha256_begin();
    seal_sha256_add(hashing, text_of(proven));
    seal_sha256_end(hashing, sha256);
}

/* The certificate as a file that is on no disk. */
static const char *authority(void)
{
    static char path[32];
    if (!*path) {
        int fd = memfd_create("authority", 0);
        require(fd >= 0 && write(fd, authority_pem, sizeof authority_pem - 1) == (ssize_t)sizeof authority_pem - 1);
        snprintf(path, sizeof path, "/dev/fd/%d", fd);
    }
    return path;
}

static void check_told(struct text told)
{
    require(told.length > 0 && told.at[told.length - 1] == '\n');
    for (size_t i = 0; i < told.length; i++)
        require(told.at[i] == '\n' || (told.at[i] >= ' ' && told.at[i] <= '~'));
}

static void check(struct text proof, const char *by)
{
    static const char before[] = "what was there\n";
    unsigned char sha256[SEAL_SHA256];
    struct buffer out = {0};
    struct error error = {0};
    hash_of_proven(sha256);
    buffer_string(&out, before);
    const char *form = proof_form(proof);
    int result = proof_check(proof, sha256, by, &out, &error);
    require(text_starts(buffer_text(&out), text_of(before)));
    struct text told = {out.at + strlen(before), out.length - strlen(before)};
    if (result == 0) {
        require(form != NULL);
        check_told(told);
        require(!by || strcmp(form, "rfc3161") != 0 || text_equal(told, text_of(signed_for)));
    } else {
        require(told.length == 0 && error.what[0] && error.mend[0]);
    }
    buffer_release(&out);
}

/* What every OpenTimestamps file for the file begins with. */
static void begin_operations(struct buffer *out)
{
    static const char magic[] = "\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08";
    unsigned char sha256[SEAL_SHA256];
    hash_of_proven(sha256);
    buffer_add(out, magic, sizeof magic - 1);
    buffer_add(out, sha256, SEAL_SHA256);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct buffer proof = {0};
    if (!size)
        return 0;
    if (kind_of(bytes) == OPERATIONS)
        begin_operations(&proof);
    buffer_add(&proof, bytes + 1, size - 1);
    check(buffer_text(&proof), kind_of(bytes) == SIGNED ? authority() : NULL);
    buffer_release(&proof);
    return 0;
}

/* ---- changes that leave DER's lengths right ---- */

static unsigned pick(unsigned *seed, unsigned of)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % of;
}

/* The element at the start of `der`: its content, and what is behind it. False where it is none. */
static bool der_next(struct text der, struct text *content, struct text *behind)
{
    const unsigned char *at = (const unsigned char *)der.at;
    size_t header = 2, length = der.length >= 2 ? at[1] : 0;
    if (der.length < 2)
        return false;
    if (length >= 0x80) {
        size_t more = length & 0x7f;
        if (more < 1 || more > 3 || der.length < 2 + more)
            return false;
        length = 0;
        for (size_t i = 0; i < more; i++)
            length = length << 8 | at[2 + i];
        header += more;
    }
    if (length > der.length - header)
        return false;
    *content = (struct text){der.at + header, length};
    *behind = (struct text){der.at + header + length, der.length - header - length};
    return true;
}

static void der_add(unsigned tag, struct text content, struct buffer *out)
{
    buffer_char(out, (char)tag);
    if (content.length > 0xffff) {
        buffer_char(out, (char)0x83);
        buffer_char(out, (char)(content.length >> 16));
    } else if (content.length > 0x7f) {
        buffer_char(out, (char)0x82);
    }
    if (content.length > 0x7f)
        buffer_char(out, (char)(content.length >> 8));
    buffer_char(out, (char)content.length);
    buffer_text_add(out, content);
}

static void der_change(struct text der, unsigned *seed, struct buffer *out);

/* One element, changed: in what is inside of it, in its bytes, in its tag, left out, or twice. */
static void der_change_one(unsigned tag, struct text content, unsigned *seed, struct buffer *out)
{
    static const unsigned char tags[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c,
                                         0x18, 0x24, 0x30, 0x31, 0x80, 0xa0, 0xa1};
    struct buffer inner = {0};
    bool holds_more = tag & 0x20 || tag == 0x04;
    unsigned way = holds_more && content.length && pick(seed, 8) ? 0 : 1 + pick(seed, 6);
    buffer_text_add(&inner, content);
    if (way == 0) {
        buffer_clear(&inner);
        der_change(content, seed, &inner);
    } else if (way == 1) {
        tag = tags[pick(seed, sizeof tags)];
    } else if (way == 2) {
        buffer_clear(&inner);
    } else if (way == 3) {
        der_add(tag, content, out);
    } else if (way >= 5) {
        buffer_reserve(&inner, 16);
        inner.length = LLVMFuzzerMutate((uint8_t *)inner.at, inner.length, content.length + 16);
    }
    if (way != 4)
        der_add(tag, buffer_text(&inner), out);
    buffer_release(&inner);
}

/* Elements one behind the other, one of them changed. */
static void der_change(struct text der, unsigned *seed, struct buffer *out)
{
    struct text content, behind;
    unsigned count = 0;
    for (struct text rest = der; der_next(rest, &content, &behind); rest = behind)
        count++;
    unsigned which = count ? pick(seed, count) : 0;
    for (unsigned i = 0; der_next(der, &content, &behind); der = behind, i++)
        if (i == which)
            der_change_one((unsigned char)der.at[0], content, seed, out);
        else
            buffer_add(out, der.at, (size_t)(behind.at - der.at));
    buffer_text_add(out, der);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned int seed)
{
    if (size < 2 || kind_of(bytes) == OPERATIONS || pick(&seed, 4) == 0)
        return LLVMFuzzerMutate(bytes, size, most);
    struct buffer changed = {0};
    der_change((struct text){(const char *)bytes + 1, size - 1}, &seed, &changed);
    if (changed.length && changed.length < most) {
        memcpy(bytes + 1, changed.at, changed.length);
        size = 1 + changed.length;
    }
    buffer_release(&changed);
    return size;
}
