/* Files beside the log: the keys they are sealed with, and a device's signed word for what is stored of them.
 *
 * A file has a key of its own, in a `voice:` slot like those of voices: owned by its record once a `kept` entry
 * names it, and destroyed by `destroy` as a voice's is by `forget`. Before that it is a stray: its taking was
 * interrupted, or is under way. What is stored of a file are rows under the key's id, and under names that begin with
 * it for what was derived; vault/ knows what they hold. docs/case-file.md is the format. */
#ifndef LOG_FILE_H
#define LOG_FILE_H

#include "log/slot.h"

#define LOG_FILE 16u   /* bytes of a key's id */
#define LOG_OBJECT 32u /* bytes of an object's name: a key's id, and nothing or LOG_FILE bytes more */

struct log;

/* What is stored under a name, as it is signed for. */
struct log_object {
    unsigned char name[LOG_OBJECT];
    uint8_t name_length;
    uint64_t rows;
    unsigned char hash[SEAL_SHA256]; /* of the SHA-256 of each row, from row 1 on, row 0 at the end */
};

static inline struct text log_object_name(const struct log_object *o)
{
    return (struct text){(const char *)o->name, o->name_length};
}

const char *log_path(const struct log *log);
const unsigned char *log_case_id(const struct log *log); /* SEAL_PUBLIC bytes */

/* Makes a key for a file: `key` takes SEAL_KEY bytes; `slot` and `body` are to be written by slot_write() before
 * anything that is sealed with it. */
void log_file_new(const struct log *log, unsigned char id[LOG_FILE], struct secret *key, struct slot_id *slot,
                  unsigned char body[SLOT_VOICE_BODY]);

/* The key in the slot of `id` as `store` holds it: 1, 0 where it is not there, -1. */
int log_file_key(const struct log *log, struct store *store, const unsigned char id[LOG_FILE], struct secret *key,
                 struct error *error);

/* Key number `n` (from 0, the newest first) of those that a record owns and that are not destroyed: 1 and its id, or 0.
 */
int log_record_key(const struct log *log, struct text record, unsigned n, unsigned char id[LOG_FILE]);

/* What the log knows of the key that an object's name begins with. */
enum log_owner { LOG_STRAY, LOG_OWNED, LOG_DESTROYED };
enum log_owner log_file_owner(const struct log *log, struct text name);

/* For the next log_append(), which carries them out or, where it fails, forgets them: the `kept` entry of this record
 * owns this key; and the device signs for this object. */
void log_file_adopt(struct log *log, struct text record, const unsigned char id[LOG_FILE]);
void log_file_vouch(struct log *log, const struct log_object *object);

/* Deletes what is stored under keys that are destroyed, in several transactions. LOG_WRITE or LOG_SHARED, after the
 * append or sync that destroyed them. Where it is interrupted the next one finds the rest. */
int log_sweep_files(struct log *log, struct error *error);

/* The key's slot id. */
struct slot_id log_file_slot(const unsigned char id[LOG_FILE]);

/* Adds a row's hash to those of an object, and ends with what is signed. */
struct log_rows;
struct log_rows *log_rows_begin(void);
void log_rows_add(struct log_rows *r, const unsigned char row[SEAL_SHA256]);
void log_rows_end(struct log_rows *r, unsigned char hash[SEAL_SHA256]); /* frees it */

#endif
