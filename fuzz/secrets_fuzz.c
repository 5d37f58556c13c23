/* Fuzzes the search for secrets: whatever the secrets and the text are, nothing breaks, and every find is a place of
 * the text. The first lines of the input are secrets, each behind a letter for its kind (n, c, d, f; r: a role, a:
 * allowed); the text begins behind an empty line. */
#include "gate/secrets.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void add(struct secrets *s, struct text line, uint32_t owner)
{
    struct text what = {line.at + 1, line.length - 1};
    switch (line.at[0]) {
    case 'c':
        secrets_add(s, SECRET_CONTACT, what, owner);
        break;
    case 'd':
        secrets_add(s, SECRET_DETAIL, what, owner);
        break;
    case 'f':
        secrets_add(s, SECRET_FILE, what, owner);
        break;
    case 'r':
        secrets_add_role(s, what, owner);
        break;
    case 'a':
        secrets_allow(s, what);
        break;
    default:
        secrets_add(s, SECRET_NAME, what, owner);
        break;
    }
}

static struct text next_line(struct text *rest)
{
    struct text line = {rest->at, 0};
    while (line.length < rest->length && line.at[line.length] != '\n')
        line.length++;
    size_t taken = line.length < rest->length ? line.length + 1 : line.length;
    rest->at += taken;
    rest->length -= taken;
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text rest = {(const char *)bytes, size};
    struct secrets *s = secrets_new();
    secret_finds finds = {0};
    size_t at;
    uint32_t c;
    for (uint32_t owner = 0; rest.length; owner++) {
        struct text line = next_line(&rest);
        if (!line.length)
            break;
        add(s, line, owner / 3);
    }
    secrets_ready(s);
    secrets_find(s, rest, &finds);
    secrets_find_in_bytes(s, rest, &finds);
    for (size_t i = 0; i < finds.count; i++)
        if (finds.at[i].start >= finds.at[i].end || finds.at[i].end > rest.length || finds.at[i].how >= HOW_COUNT)
            abort();
    if (secrets_hidden_sign(rest, &at, &c) && at >= rest.length)
        abort();
    vector_release(&finds);
    secrets_free(s);
    return 0;
}
