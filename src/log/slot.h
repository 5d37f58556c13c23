/* The slots of a case file: what each kind holds, how it is made and how it is checked.
 *
 *     pass             the case key, under the passphrase
 *     case             the case's public key (its id), and its signing seed under the case key
 *     device:KEY       the case's signature that KEY is one of its devices
 *     devkey:KEY       that device's seed under the case key, and which file on which machine may use it
 *     head:KEY         that device's last batch, signed by the device
 *     voice:RANDOM     the key of one voice's protected strings, under the case key
 *     file:NAME        a device's word for what is stored of a file (file.c)
 *     kept:HASH        a draft, under a key made from the case key (kept.c)
 *
 * Every slot ends with a checksum over its id and body, so that damage is told from a wrong passphrase and is
 * seen without one. docs/case-file.md is the format. */
#ifndef LOG_SLOT_H
#define LOG_SLOT_H

#include "base/buffer.h"
#include "seal/seal.h"
#include "store/store.h"

#define SLOT_CASE "case"
#define SLOT_PASS "pass"
#define SLOT_DEVICE "device:"
#define SLOT_DEVKEY "devkey:"
#define SLOT_HEAD "head:"
#define SLOT_VOICE "voice:"
#define SLOT_KEPT "kept:"
#define SLOT_FILE "file:"

#define SLOT_VOICE_BODY (SEAL_KEY + SEAL_OVERHEAD)

/* The id of a slot: `kind` and what follows it. */
struct slot_id {
    char at[STORE_SLOT_ID];
    size_t length;
};
struct slot_id slot_id(const char *kind, struct text rest);
static inline struct text slot_id_text(const struct slot_id *id)
{
    return (struct text){id->at, id->length};
}

/* Takes the checksum off a slot as stored: its body. 0, or -1 where it does not fit. */
int slot_body(struct store_slot slot, struct text *body);

/* Writes a body with its checksum, and reads it back. */
int slot_write(struct store *store, const struct slot_id *id, struct text body, struct error *error);

/* Is a slot of this kind? *rest is what follows the kind in its id. */
bool slot_is(struct text id, const char *kind, struct text *rest);

/* pass */
void slot_pass_make(const struct secret *passphrase_key, struct seal_cost cost, const unsigned char salt[SEAL_SALT],
                    const struct secret *case_key, struct buffer *body);
/* The case key. NULL: ERROR_PASSPHRASE where the passphrase is wrong, ERROR_DAMAGED, ERROR_LIMIT. */
struct secret *slot_pass_open(struct text body, const struct secret *passphrase, struct error *error);

/* case */
void slot_case_make(const struct secret *case_key, const struct secret *seed, const unsigned char id[SEAL_PUBLIC],
                    struct buffer *body);
const unsigned char *slot_case_id(struct text body); /* NULL where it is not one */
/* What signs for the case. NULL where the slot is not of this key. */
struct secret *slot_case_open(struct text body, const struct secret *case_key);
/* The seed of what signs for the case. NULL where the slot is not of this key. */
struct secret *slot_case_seed(struct text body, const struct secret *case_key);

/* device */
void slot_device_make(const struct secret *case_signer, const unsigned char *case_id, const unsigned char *device,
                      struct buffer *body);
bool slot_device_holds(struct text body, const unsigned char *case_id, const unsigned char *device);

/* devkey: where a device's key may be used */
struct slot_place {
    unsigned char machine[SEAL_HASH];
    uint64_t disk, file;
};
void slot_devkey_make(const struct secret *case_key, const unsigned char *case_id, const unsigned char *device,
                      const struct secret *seed, const struct slot_place *place, struct buffer *body);
/* The seed, or NULL where the slot is not of this key or of another place. */
struct secret *slot_devkey_open(struct text body, const struct secret *case_key, const unsigned char *case_id,
                                const unsigned char *device, const struct slot_place *place);

/* head */
struct slot_head {
    uint64_t sequence;
    unsigned char hash[SEAL_HASH];
};
void slot_head_make(const struct secret *signer, const unsigned char *case_id, const unsigned char *device,
                    const struct slot_head *head, struct buffer *body);
bool slot_head_holds(struct text body, const unsigned char *case_id, const unsigned char *device,
                     struct slot_head *head);

/* voice */
void slot_voice_make(const struct secret *case_key, const unsigned char *case_id, struct text id,
                     const struct secret *voice_key, unsigned char body[SLOT_VOICE_BODY]);
/* Into a secret of SEAL_KEY bytes, which can be used again: a locked page for each voice would be too much. */
int slot_voice_open(struct text body, const struct secret *case_key, const unsigned char *case_id, struct text id,
                    struct secret *voice_key);

#endif
