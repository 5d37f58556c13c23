/* Making a case: see new.h. */
#include "ops/new.h"

#include <sys/stat.h>

int ops_new(const char *path, const struct passphrase_source *passphrase, struct error *error)
{
    struct stat info;
    if (lstat(path, &info) == 0) {
        error_set(error, ERROR_EXISTS, "there is a file '%s' already", path);
        return error_mend(error, "take another name; Bearout never writes over a file");
    }
    struct secret *secret = passphrase->get(passphrase->context, true, error);
    int result = secret ? log_create(path, secret, error) : -1;
    secret_free(secret);
    return result;
}
