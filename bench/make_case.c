/* Prints a made-up case: make-case STATEMENTS [SEED]. See generate.h. */
#include "generate.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    char *end = NULL;
    unsigned long statements = argc > 1 ? strtoul(argv[1], &end, 10) : 0;
    if (argc < 2 || argc > 3 || *end || !statements || statements > 20000000) {
        fputs("usage: make-case STATEMENTS [SEED]\n", stderr);
        return 2;
    }
    struct buffer out = {0};
    generate_case((uint32_t)statements, argc > 2 ? strtoull(argv[2], NULL, 10) : 1, &out);
    bool written = fwrite(out.at, 1, out.length, stdout) == out.length && !fflush(stdout);
    buffer_release(&out);
    return written ? 0 : 1;
}
