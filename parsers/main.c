/* bearout-media: one file in, a picture or a sound made anew out.
 *
 * Started by Bearout alone (src/ops/media.c) for each file that is to be published. Goes into the sandbox before it
 * reads a byte; answers as answer.h says. It holds no case, no key and no name. */
#include "parsers/media.h"
#include "parsers/sandbox.h"

#include "base/limits.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Where the address sanitizer watches: looking for leaks at the end needs what the sandbox forbids. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0:allocator_may_return_null=1";
}

static void put(const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length) {
        ssize_t put = write(STDOUT_FILENO, at, length);
        if (put <= 0)
            _exit(1);
        at += put;
        length -= (size_t)put;
    }
}

_Noreturn static void refuse(enum media_refusal why)
{
    char line[ANSWER_LINE];
    put(line, (size_t)snprintf(line, sizeof line, ANSWER_HEAD "refused %d\n", (int)why));
    _exit(0);
}

_Noreturn static void refuse_for_memory(void)
{
    refuse(MEDIA_MEMORY);
}

/* All of standard input, or a refusal. */
static struct buffer take(void)
{
    struct buffer input = {0};
    for (;;) {
        buffer_reserve(&input, 1 << 16);
        ssize_t got = read(STDIN_FILENO, input.at + input.length, 1 << 16);
        if (got < 0)
            refuse(MEDIA_BROKEN);
        if (got == 0)
            return input;
        input.length += (size_t)got;
        if (input.length > LIMIT_MEDIA)
            refuse(MEDIA_TOO_LARGE);
    }
}

int main(void)
{
    const struct sandbox_bounds within = {.memory = LIMIT_MEDIA_MEMORY, .cpu = LIMIT_MEDIA_CPU};
    const struct media_bounds bounds = media_bounds_usual();
    struct media_made made;
    char line[ANSWER_LINE];
    memory_on_exhaustion(refuse_for_memory);
    media_warm();
    if (sandbox_enter(&within, NULL) < 0)
        refuse(MEDIA_UNSAFE);
    struct buffer input = take();
    enum media_refusal result = media_make(buffer_text(&input), &bounds, &made);
    if (result != MEDIA_FINE)
        refuse(result);
    put(line, (size_t)snprintf(line, sizeof line, ANSWER_HEAD "%s %u %u %u %zu\n", made.mime, made.width, made.height,
                               made.seconds, made.bytes.length));
    put(made.bytes.at, made.bytes.length);
    _exit(0);
}
