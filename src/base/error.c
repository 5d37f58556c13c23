/* Errors: see error.h. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int error_set(struct error *error, enum error_code code, const char *format, ...)
{
    if (!error)
        return -1;
    va_list args;
    va_start(args, format);
    error->code = code;
    vsnprintf(error->what, sizeof error->what, format, args);
    va_end(args);
    error->where[0] = error->mend[0] = '\0';
    return -1;
}

int error_where(struct error *error, const char *format, ...)
{
    if (!error)
        return -1;
    va_list args;
    va_start(args, format);
    vsnprintf(error->where, sizeof error->where, format, args);
    va_end(args);
    return -1;
}

int error_mend(struct error *error, const char *format, ...)
{
    if (!error)
        return -1;
    va_list args;
    va_start(args, format);
    vsnprintf(error->mend, sizeof error->mend, format, args);
    va_end(args);
    return -1;
}

static const struct {
    int number;
    enum error_code code;
    const char *mend;
} known[] = {
    {ENOENT, ERROR_MISSING, "check the name and the folder"},
    {ENOTDIR, ERROR_MISSING, "check the name and the folder"},
    {EEXIST, ERROR_EXISTS, "take another name"},
    {EACCES, ERROR_IO, "ask its owner for the right to use it, or take a copy"},
    {EPERM, ERROR_IO, "ask its owner for the right to use it, or take a copy"},
    {EISDIR, ERROR_INPUT, "name a file in it"},
    {ENOSPC, ERROR_FULL, "make room on the disk and try again; nothing was lost"},
    {EDQUOT, ERROR_FULL, "make room on the disk and try again; nothing was lost"},
    {EROFS, ERROR_IO, "copy it to a disk that can be written"},
    {ELOOP, ERROR_INPUT, "name the file itself, not a link to it"},
    {ENAMETOOLONG, ERROR_INPUT, "take a shorter name"},
};

int error_system(struct error *error, int number, const char *verb, const char *name)
{
    enum error_code code = ERROR_IO;
    const char *mend = "";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].number == number) {
            code = known[i].code;
            mend = known[i].mend;
        }
    }
    error_set(error, code, "cannot %s '%s': %s", verb, name, strerror(number));
    return error_mend(error, "%s", mend);
}
