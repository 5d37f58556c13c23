/* Forgetting a voice: what its key guards is destroyed for good, and the log stays whole. */
#ifndef OPS_FORGET_H
#define OPS_FORGET_H

#include "ops/take.h"

/* A protected string of the voice: where it stands. */
struct forgotten {
    uint32_t entry;
    enum field_kind kind;
};

struct forgetting {
    struct opened opened;
    uint32_t voice;
    struct forgotten *strings; /* what is destroyed; still readable in the model until it is closed */
    size_t string_count;
    uint32_t *clear; /* the entries that say one of these strings in clear, ascending */
    size_t clear_count;
};

/* Opens the case for writing and finds what forgetting the voice would destroy, and which entries would still
 * say it: in a field that is not protected, or is another voice's; letters of ASCII compare without case.
 * -1 also where there is nothing to destroy. forgetting_release() in every case. */
int ops_forget_prepare(const char *file, const char *voice, const struct passphrase_source *passphrase,
                       const volatile bool *stop, struct forgetting *out, struct error *error);

/* Does it, in one durable step. There is no way back. */
int ops_forget(struct forgetting *f, struct error *error);
void forgetting_release(struct forgetting *f);

/* Destroys a record's file, its name, and all that was read from it, here and in every copy that syncs. `sure` is asked
 * before (NULL: it is not). *bytes: how large it was. */
int ops_destroy(const struct take_case *into, const char *record, bool (*sure)(void *context), void *context,
                uint64_t *bytes, struct error *error);

#endif
