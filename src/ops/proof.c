/* Proofs of time: see proof.h. OpenTimestamps' format: https://github.com/opentimestamps/python-opentimestamps */
#include "ops/proof.h"

#include "ops/taking.h"

#include "base/file.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>

static const char ots_magic[31] = "\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";

enum { OTS_DEPTH = 64, OTS_BYTES = 4096, OTS_STEPS = 100000 };

static bool is_ots(struct text proof)
{
    return text_starts(proof, (struct text){ots_magic, sizeof ots_magic});
}

static int no_proof(struct error *error, const char *what)
{
    error_set(error, ERROR_INPUT, "this is no proof of the file: %s", what);
    return error_mend(error, "attach the .tsr or .ots file that was made for it");
}

/* ---- OpenTimestamps: operations from the file's hash to what somebody attests ---- */

struct digest {
    size_t length;
    unsigned char at[OTS_BYTES];
};

struct ots {
    struct text rest;
    bool broken;
    unsigned steps, blocks, pending;
    struct buffer *out;
};

static unsigned ots_byte(struct ots *o)
{
    if (!o->rest.length) {
        o->broken = true;
        return 0;
    }
    unsigned byte = (unsigned char)*o->rest.at;
    o->rest = (struct text){o->rest.at + 1, o->rest.length - 1};
    return byte;
}

static uint64_t ots_number(struct ots *o)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
        unsigned byte = ots_byte(o);
        number |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            return number;
    }
    o->broken = true;
    return 0;
}

static struct text ots_bytes(struct ots *o, size_t length)
{
    if (o->rest.length < length || length > OTS_BYTES) {
        o->broken = true;
        return TEXT("");
    }
    struct text bytes = {o->rest.at, length};
    o->rest = (struct text){o->rest.at + length, o->rest.length - length};
    return bytes;
}

static void join(struct ots *o, struct digest *d, struct text more, bool in_front)
{
    if (d->length + more.length > OTS_BYTES) {
        o->broken = true;
        return;
    }
    if (in_front) {
        memmove(d->at + more.length, d->at, d->length);
        memcpy(d->at, more.at, more.length);
    } else {
        memcpy(d->at + d->length, more.at, more.length);
    }
    d->length += more.length;
}

static void hash_with(struct ots *o, struct digest *d, const char *name)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_MD *md = EVP_MD_fetch(NULL, name, NULL);
    if (!md || EVP_Digest(d->at, d->length, hash, &length, md, NULL) != 1)
        o->broken = true;
    EVP_MD_free(md);
    memcpy(d->at, hash, length);
    d->length = length;
}

static void attested(struct ots *o, const struct digest *d)
{
    static const char bitcoin[8] = "\x05\x88\x96\x0d\x73\xd7\x19\x01", pending[8] = "\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e";
    struct text tag = ots_bytes(o, 8), payload = ots_bytes(o, (size_t)ots_number(o));
    if (o->broken)
        return;
    if (text_equal(tag, (struct text){pending, 8})) {
        o->pending++;
        return;
    }
    if (!text_equal(tag, (struct text){bitcoin, 8}) || d->length != 32)
        return;
    struct ots height = {.rest = payload};
    uint64_t number = ots_number(&height);
    if (height.broken || ++o->blocks > 8)
        return;
    buffer_format(o->out, "It claims (not checked here) that block %llu of Bitcoin's chain has the Merkle root ",
                  (unsigned long long)number);
    for (size_t i = 32; i-- > 0;)
        buffer_format(o->out, "%02x", d->at[i]);
    buffer_string(o->out, ": look it up in any copy of the chain.\n");
}

static void ots_tree(struct ots *o, struct digest d, unsigned depth);

/* One branch: an attestation ends it, an operation goes on. */
static void ots_branch(struct ots *o, struct digest *d, unsigned tag, bool *ended)
{
    *ended = tag == 0;
    switch (tag) {
    case 0x00:
        attested(o, d);
        break;
    case 0x02:
        hash_with(o, d, "SHA1");
        break;
    case 0x03:
        hash_with(o, d, "RIPEMD160");
        break;
    case 0x08:
        hash_with(o, d, "SHA256");
        break;
    case 0xf0:
        join(o, d, ots_bytes(o, (size_t)ots_number(o)), false);
        break;
    case 0xf1:
        join(o, d, ots_bytes(o, (size_t)ots_number(o)), true);
        break;
    default:
        o->broken = true;
    }
}

static void ots_tree(struct ots *o, struct digest d, unsigned depth)
{
    bool ended = false;
    while (!o->broken && !ended) {
        unsigned tag = ots_byte(o);
        if (++o->steps > OTS_STEPS || depth > OTS_DEPTH) {
            o->broken = true;
        } else if (tag == 0xff) {
            struct digest other = d;
            unsigned inner = ots_byte(o);
            bool over = false;
            ots_branch(o, &other, inner, &over);
            if (!over)
                ots_tree(o, other, depth + 1);
        } else {
            ots_branch(o, &d, tag, &ended);
        }
    }
}

static int check_ots(struct text proof, const unsigned char sha256[SEAL_SHA256], struct buffer *out,
                     struct error *error)
{
    struct ots o = {.rest = {proof.at + sizeof ots_magic, proof.length - sizeof ots_magic}, .out = out};
    struct digest d = {.length = SEAL_SHA256};
    uint64_t version = ots_number(&o);
    unsigned hash = ots_byte(&o);
    struct text of = ots_bytes(&o, SEAL_SHA256);
    if (o.broken || version != 1 || hash != 0x08)
        return no_proof(error, "it is not an OpenTimestamps file of version 1 over a SHA-256");
    if (memcmp(of.at, sha256, SEAL_SHA256) != 0)
        return no_proof(error, "it was made for another file");
    memcpy(d.at, sha256, SEAL_SHA256);
    size_t before = out->length;
    buffer_string(out, "OpenTimestamps: made for this very file.\n");
    ots_tree(&o, d, 0);
    if (o.broken || o.rest.length) {
        out->length = before;
        return no_proof(error, "its operations are not as they should be");
    }
    if (!o.blocks)
        buffer_string(out, o.pending
                               ? "It is not in the chain yet: it names calendars that were to put it there; upgrade "
                                 "it with the OpenTimestamps client.\n"
                               : "It names nothing that is known here.\n");
    return 0;
}

/* ---- RFC 3161 ---- */

static TS_RESP *read_response(struct text proof)
{
    const unsigned char *at = (const unsigned char *)proof.at;
    TS_RESP *response = d2i_TS_RESP(NULL, &at, (long)proof.length);
    bool whole = response && at == (const unsigned char *)proof.at + proof.length;
    if (whole)
        return response;
    TS_RESP_free(response);
    return NULL;
}

static bool is_of(TS_TST_INFO *info, const unsigned char sha256[SEAL_SHA256])
{
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    const X509_ALGOR *algorithm = TS_MSG_IMPRINT_get_algo(imprint);
    const ASN1_OCTET_STRING *message = TS_MSG_IMPRINT_get_msg(imprint);
    return algorithm && OBJ_obj2nid(algorithm->algorithm) == NID_sha256 && message &&
           ASN1_STRING_length(message) == (int)SEAL_SHA256 &&
           memcmp(ASN1_STRING_get0_data(message), sha256, SEAL_SHA256) == 0;
}

/* The certificates in the file. NULL: it cannot be opened, or holds none. */
static X509_STORE *read_authority(const char *authority, struct error *error)
{
    X509_STORE *trusted = X509_STORE_new();
    FILE *file = fopen(authority, "re");
    bool loaded = file && trusted && X509_STORE_load_file(trusted, authority) == 1;
    if (!file) {
        error_system(error, errno, "open", authority);
    } else if (!loaded) {
        error_set(error, ERROR_INPUT, "'%s' holds no certificate that can be read", authority);
        error_mend(error, "name a file of the authority's certificates in PEM");
    }
    if (file)
        fclose(file);
    ERR_clear_error();
    if (loaded)
        return trusted;
    X509_STORE_free(trusted);
    return NULL;
}

int proof_authority(const char *authority, struct error *error)
{
    X509_STORE *trusted = read_authority(authority, error);
    X509_STORE_free(trusted);
    return trusted ? 0 : -1;
}

/* At the time that it claims: a certificate that has run out since was good then. */
static int check_signature(TS_RESP *response, const struct tm *at, const unsigned char sha256[SEAL_SHA256],
                           const char *authority, struct error *error)
{
    X509_STORE *trusted = read_authority(authority, error);
    TS_VERIFY_CTX *verify = TS_VERIFY_CTX_new();
    unsigned char *imprint = OPENSSL_memdup(sha256, SEAL_SHA256);
    struct tm when = *at;
    int result = -1;
    if (!trusted) {
        OPENSSL_free(imprint);
    } else {
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(trusted), timegm(&when));
        TS_VERIFY_CTX_set_flags(verify, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_SIGNATURE);
        TS_VERIFY_CTX_set_imprint(verify, imprint, SEAL_SHA256);
        TS_VERIFY_CTX_set_store(verify, trusted); /* freed with it */
        result = TS_RESP_verify_response(verify, response) == 1
                     ? 0
                     : no_proof(error, "its signature is not of an authority whose certificates were named");
    }
    TS_VERIFY_CTX_free(verify);
    ERR_clear_error();
    return result;
}

static int check_response(struct text proof, const unsigned char sha256[SEAL_SHA256], const char *authority,
                          struct buffer *out, struct error *error)
{
    TS_RESP *response = read_response(proof);
    TS_TST_INFO *info = response ? TS_RESP_get_tst_info(response) : NULL;
    const ASN1_GENERALIZEDTIME *time = info ? TS_TST_INFO_get_time(info) : NULL;
    struct tm at = {0};
    int result = 0;
    if (!info || !time || ASN1_TIME_to_tm(time, &at) != 1)
        result = no_proof(error, "it is not an RFC 3161 response that grants a time stamp");
    else if (!is_of(info, sha256))
        result = no_proof(error, "it was made for another file, or over another hash than SHA-256");
    else if (authority)
        result = check_signature(response, &at, sha256, authority, error);
    if (result == 0)
        buffer_format(out, "RFC 3161: made for this very file at %04d-%02d-%02dT%02d:%02d:%02dZ. %s\n",
                      at.tm_year + 1900, at.tm_mon + 1, at.tm_mday, at.tm_hour, at.tm_min, at.tm_sec,
                      authority ? "Its signature is of an authority that is trusted."
                                : "Its signature was not checked: name the authority's certificates with --authority.");
    TS_RESP_free(response);
    ERR_clear_error();
    return result;
}

const char *proof_form(struct text proof)
{
    if (is_ots(proof))
        return "opentimestamps";
    TS_RESP *response = proof.length && proof.length <= LIMIT_PROOF ? read_response(proof) : NULL;
    bool is = response != NULL;
    TS_RESP_free(response);
    ERR_clear_error();
    return is ? "rfc3161" : NULL;
}

int proof_check(struct text proof, const unsigned char sha256[SEAL_SHA256], const char *authority, struct buffer *out,
                struct error *error)
{
    if (proof.length > LIMIT_PROOF)
        return no_proof(error, "it is larger than a proof can be");
    return is_ots(proof) ? check_ots(proof, sha256, out, error) : check_response(proof, sha256, authority, out, error);
}

/* Is this very proof beside the file already, and in this copy of the case? */
static int is_attached(const struct take_case *into, const char *record, struct text proof, bool *attached,
                       struct error *error)
{
    unsigned char sha256[SEAL_SHA256];
    char hex[65];
    uint32_t count = 0;
    seal_sha256(proof, sha256);
    taking_hex(sha256, hex);
    *attached = false;
    const struct opened *o = into->begin(into->context, error);
    if (!o)
        return -1;
    const uint32_t *mentions =
        model_mentions(o->model, SPACE_RECORD, model_find(o->model, SPACE_RECORD, text_of(record)), &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(o->model, mentions[i]);
        struct buffer there = {0};
        *attached |= e.verb == VERB_PROOF && !e.retracted && !e.is_void &&
                     text_equal(model_field_text(o->model, model_field(&e, FIELD_HASH)), text_of(hex)) &&
                     evidence_beside(o, model_field(&e, FIELD_RECORD)->at, mentions[i], &there, NULL) == 1;
        buffer_release(&there);
    }
    into->end(into->context);
    return 0;
}

int ops_prove(const struct take_case *into, const char *record, const char *path, struct buffer *said,
              struct error *error)
{
    struct buffer proof = {0};
    unsigned char sha256[SEAL_SHA256];
    struct taking_files t = {.into = into};
    struct vault_stray key = {.key = NULL};
    struct take_beside beside = {0};
    struct error failed = {0};
    bool attached = false;
    int result = file_read(path, LIMIT_PROOF, &proof, &failed);
    if (result < 0 && failed.code == ERROR_LIMIT)
        no_proof(error, "it is larger than a proof can be");
    else if (result < 0 && error)
        *error = failed;
    const char *form = result == 0 ? proof_form(buffer_text(&proof)) : NULL;
    if (result == 0 && !form)
        result = no_proof(error, "it is neither a whole RFC 3161 response nor an OpenTimestamps file");
    if (result == 0)
        result = taking_begin(&t, into, error);
    if (result == 0)
        result = taking_key_of(&t, record, &key, sha256, error);
    if (result == 0)
        result = proof_check(buffer_text(&proof), sha256, NULL, said, error);
    if (result == 0)
        result = is_attached(into, record, buffer_text(&proof), &attached, error);
    if (attached)
        buffer_format(said, "It was attached to record '%s' already.\n", record);
    else if (result == 0)
        result = taking_put_proof(&t, &key, record, form, buffer_text(&proof), &beside, error);
    if (result == 0)
        result = taking_enter_beside(&t, &beside, error);
    take_beside_release(&beside);
    secret_free(key.key);
    taking_end(&t);
    buffer_release(&proof);
    return result;
}
