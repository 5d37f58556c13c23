/* Bringing two copies of a case together: see sync.h. */
#include "ops/sync.h"

#include <errno.h>
#include <sys/stat.h>

/* Both must be there and be two: before anybody is asked for a passphrase. */
static int look(const char *file, const char *other, struct error *error)
{
    struct stat a, b;
    if (stat(file, &a) != 0)
        return error_system(error, errno, "open", file);
    if (stat(other, &b) != 0)
        return error_system(error, errno, "open", other);
    if (a.st_dev != b.st_dev || a.st_ino != b.st_ino)
        return 0;
    error_set(error, ERROR_INPUT, "'%s' and '%s' are one file", file, other);
    return error_mend(error, "name a copy of the case");
}

int ops_sync(const char *file, const char *other, const struct passphrase_source *passphrase, uint64_t *received,
             uint64_t *sent, struct error *error)
{
    if (look(file, other, error))
        return -1;
    struct secret *secret = passphrase->get(passphrase->context, false, error);
    if (!secret)
        return -1;
    struct log *ours = log_open(file, secret, LOG_WRITE, error);
    struct log *theirs = ours ? log_open(other, secret, LOG_WRITE, error) : NULL;
    int result = theirs ? log_sync(ours, theirs, received, sent, error) : -1;
    log_close(theirs);
    log_close(ours);
    secret_free(secret);
    return result;
}
