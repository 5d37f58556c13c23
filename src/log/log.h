/* The log: a case file's batches, sealed, chained, signed, merged and replayed in order.
 *
 * What was taken into a case is here, in the notation, and nowhere else; everything that the program
 * knows is made from it on opening. One chain of batches a device; all members get the same order
 * from the same batches. docs/case-file.md is the format. */
#ifndef LOG_LOG_H
#define LOG_LOG_H

#include "base/buffer.h"
#include "base/error.h"
#include "seal/secret.h"

#include <stdbool.h>
#include <stdint.h>

struct log;

enum log_mode {
    LOG_READ,
    LOG_WRITE,   /* takes the right to write for as long as it is open */
    LOG_SHARED,  /* takes the right to write for each write alone: others write in between, log_refresh() sees it */
    LOG_SALVAGE, /* reads what stands before the first damage of each chain, and says what does not */
};

/* Makes a new case file; refuses where `path` exists. Nothing is left behind where it fails. */
int log_create(const char *path, const struct secret *passphrase, struct error *error);

/* Opens a case, checks every hash and signature, unwraps its key. NULL on failure: missing, not a
 * case file, newer format, damaged (with the place), busy, or the wrong passphrase (one sentence, in constant time). */
struct log *log_open(const char *path, const struct secret *passphrase, enum log_mode mode, struct error *error);
void log_close(struct log *log);

/* LOG_SALVAGE: what was left out, a line each; empty where nothing was. Borrowed until the log is closed. */
struct text log_salvaged(const struct log *log);

/* All entries in order, as one text with the protected strings back in their places (the bare word
 * `forgotten` for those that are gone), `retract` numbers being positions in this very order. */
int log_text(struct log *log, struct buffer *out, struct error *error);

/* The same from batch `first` of log_batches() on. */
int log_text_from(struct log *log, size_t first, struct buffer *out, struct error *error);

/* LOG_SHARED: takes in what others have written since. Never waits (ERROR_BUSY), and nothing is locked when it returns.
 * Cheap where nobody has: it then asks for one number. -1 where the file cannot be read now, or is no longer this case
 * as it was written; the log is then as it was, and asks again the next time. */
int log_refresh(struct log *log, struct error *error);

/* Grows whenever others' batches were taken in, by log_refresh() or by a write that met them. */
uint64_t log_generation(const struct log *log);

/* How many voices' keys are gone: where that has changed, log_text() says `forgotten` in other places than before. */
size_t log_forgotten(const struct log *log);

/* LOG_SHARED: takes the right to write, if nobody has it (ERROR_BUSY: ask again), and in what others have written,
 * until log_rest(). Between the two log_append() can be called once. Without it each write takes the right for itself.
 */
int log_hold(struct log *log, struct error *error);
void log_rest(struct log *log);

/* ---- what is kept beside the log: unfinished work, sealed, and never a part of the case's text ---- */

/* Keeps `content` under `name` (1 to LIMIT_KEPT_NAME bytes) in place of what was kept under it, durably; empty: nothing
 * is kept under it any more, and no byte of it is left. At most LIMIT_KEPT bytes each, LIMIT_KEPTS in one case. It
 * stays in this copy of the case. LOG_SHARED or LOG_WRITE. Linear in the slots where something goes. */
int log_keep(struct log *log, struct text name, struct text content, struct error *error);

/* Adds what is kept under `name` to `out`: nothing where nothing is. */
int log_kept(struct log *log, struct text name, struct buffer *out, struct error *error);

/* Calls `each` for everything that is kept, in no order that means anything. */
int log_kept_each(struct log *log, void (*each)(void *context, struct text name, struct text content), void *context,
                  struct error *error);

/* Who took what, when: one a batch, in the order of log_text(). Borrowed until the log changes. None
 * after a write that failed on a disk that cannot even be read again; log_text() then says why. */
struct log_batch {
    uint64_t time;        /* milliseconds since 1970, UTC */
    char device[17];      /* the first 16 hex digits of the device's public key */
    uint64_t sequence;    /* in that device's chain, from 1 */
    uint32_t first_entry; /* number of its first entry, from 0 */
    uint32_t entries;
};
const struct log_batch *log_batches(const struct log *log, size_t *count);

/* Takes entries (already checked by the model) in one durable step: when it returns 0 they are on disk, and when not,
 * the case is as it was. Each `forget` among them destroys that voice's keys. A comment between entries is not kept. */
int log_append(struct log *log, struct text notation, struct error *error);

/* Takes from `other` the batches and devices that this case lacks, and the other way round: both
 * must be copies of one case. A fork is refused with its place, and nothing is exchanged. */
int log_sync(struct log *log, struct log *other, uint64_t *received, uint64_t *sent, struct error *error);

/* The seed of the key that signs what this case publishes: the same for all members, on all their devices, for as long
 * as the case lives. SEAL_KEY bytes, for seal/minisign.h. Nobody without the passphrase can tell from the case file
 * which publication is its. Any mode. NULL where the case's own key is damaged. Yours to free. */
struct secret *log_publisher(const struct log *log, struct error *error);

/* Checks every hash, signature and chain without a passphrase; what was found in *report. */
#define LOG_ANCHOR 8192u
struct log_report {
    uint64_t batches, devices, bytes;
    uint64_t files, file_bytes; /* stored, whole and as they were signed for; sealed bytes */
    uint64_t unfinished;        /* objects that nobody has signed for: their taking was interrupted */
    char anchor[LOG_ANCHOR]; /* hash of all heads, 64 hex digits, and for each device ".DEVICE:SEQUENCE" */
};
int log_verify(const char *path, struct log_report *report, struct error *error);

/* Does the file still hold all that it held when `anchor` was printed? 0 or -1 with a sentence. */
int log_verify_anchor(const char *path, struct text anchor, struct error *error);

#endif
