/* bearout-parse: one file in; what it says, and what is in it, out.
 *
 *     bearout-parse read          answers with words, facts, notes and the files inside; where words are to be read
 *                                 off pictures, with PARSE_LOOK alone
 *     bearout-parse look          the same, and is ready for that
 *     bearout-parse "page N SIDE" answers with a picture of a page
 *
 * Started by Bearout alone (src/ops/parsed.c) for each file of a stranger. Goes into the sandbox before it reads a
 * byte; answers as parse_answer.h says. It holds no case, no key and no name. */
#include "parsers/parse.h"
#include "parsers/sandbox.h"

#include "base/limits.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where the address sanitizer watches: looking for leaks at the end needs what the sandbox forbids. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0:allocator_may_return_null=1";
}

static struct report report;

/* Put out in large pieces: a frame alone is small. */
static char waiting[128 << 10];
static size_t waits;

static void write_all(const char *at, size_t length)
{
    while (length) {
        ssize_t put = write(STDOUT_FILENO, at, length);
        if (put <= 0)
            _exit(1);
        at += put;
        length -= (size_t)put;
    }
}

static void put(void *context, const void *bytes, size_t length)
{
    (void)context;
    if (waits + length > sizeof waiting) {
        write_all(waiting, waits);
        waits = 0;
    }
    if (length > sizeof waiting) {
        write_all(bytes, length);
        return;
    }
    memcpy(waiting + waits, bytes, length);
    waits += length;
}

_Noreturn static void end(void)
{
    report_end(&report);
    write_all(waiting, waits);
    _exit(0);
}

_Noreturn static void end_for_look(void)
{
    report_note(&report, PARSE_LOOK);
    write_all(waiting, waits);
    _exit(0);
}

/* What was found by then is said; the end is not. */
_Noreturn static void end_for_memory(void)
{
    report_note(&report, PARSE_MEMORY);
    write_all(waiting, waits);
    _exit(1);
}

int main(int count, char **arguments)
{
    const struct sandbox_bounds within = {
        .memory = LIMIT_PARSE_MEMORY, .cpu = LIMIT_PARSE_CPU, .moves = true, .habits = true};
    unsigned page = 0, side = 0;
    const char *way = count == 2 ? arguments[1] : "";
    bool looks = strcmp(way, "look") == 0, shows = sscanf(way, "page %u %u", &page, &side) == 2;
    if (!shows && !looks && strcmp(way, "read") != 0)
        return 2;
    parse_warm(looks, end_for_look);
    report_start(&report, put, NULL);
    memory_on_exhaustion(end_for_memory);
    if (sandbox_enter(&within, NULL) < 0) {
        report_note(&report, PARSE_UNSAFE);
        end();
    }
    struct source source;
    source_input(&source);
    if (shows)
        parse_page(&source, page, side, &report);
    else
        parse_read(&source, &report);
    end();
}
