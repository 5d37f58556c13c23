/* A file as it is read: from memory, or from standard input, which is all that the sandbox leaves. See parse.h. */
#include "parsers/parse.h"

#include "base/limits.h"

#include <unistd.h>

void source_memory(struct source *s, struct text bytes)
{
    *s = (struct source){.whole = true};
    buffer_text_add(&s->here, bytes);
}

/* Up to `most` bytes of standard input, which are then passed. */
static size_t take(struct source *s, char *to, size_t most)
{
    size_t length = 0;
    while (length < most) {
        ssize_t got = read(STDIN_FILENO, to + length, most - length);
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    s->passed += length;
    return length;
}

/* Reads into memory until `most` bytes are there. */
static void fill(struct source *s, size_t most)
{
    while (!s->whole && s->here.length < most) {
        size_t want = most - s->here.length < (1u << 20) ? most - s->here.length : 1u << 20;
        buffer_reserve(&s->here, want + 1);
        size_t got = take(s, s->here.at + s->here.length, want);
        s->here.length += got;
        s->whole = got < want;
    }
}

void source_input(struct source *s)
{
    *s = (struct source){0};
    off_t start = lseek(STDIN_FILENO, 0, SEEK_CUR), end = start < 0 ? -1 : lseek(STDIN_FILENO, 0, SEEK_END);
    s->moves = end >= 0 && lseek(STDIN_FILENO, 0, SEEK_SET) == 0;
    s->size = s->moves ? (uint64_t)end : 0;
    fill(s, SOURCE_START);
}

void source_release(struct source *s)
{
    buffer_release(&s->here);
}

struct text source_start(const struct source *s)
{
    return (struct text){s->here.at ? s->here.at : "", s->here.length < SOURCE_START ? s->here.length : SOURCE_START};
}

bool source_can_move(const struct source *s)
{
    return s->whole || s->moves;
}

bool source_move(struct source *s, uint64_t to)
{
    if (s->whole ? to > s->here.length : s->moves ? to > s->size : to > s->here.length || s->passed > s->here.length)
        return false;
    s->at = to;
    return true;
}

size_t source_read(struct source *s, void *to, size_t most)
{
    if (s->at < s->here.length) {
        size_t here = s->here.length - (size_t)s->at, length = here < most ? here : most;
        memcpy(to, s->here.at + s->at, length);
        s->at += length;
        return length;
    }
    if (s->whole)
        return 0;
    if (s->at != s->passed) {
        if (!s->moves || lseek(STDIN_FILENO, (off_t)s->at, SEEK_SET) < 0)
            return 0;
        s->passed = s->at;
    }
    size_t got = take(s, to, most);
    s->at += got;
    return got;
}

bool source_all(struct source *s, struct report *r, struct text *all)
{
    if (s->size <= LIMIT_PARSE_INPUT)
        fill(s, (size_t)LIMIT_PARSE_INPUT + 1);
    if (!s->whole || s->here.length > LIMIT_PARSE_INPUT) {
        report_note(r, PARSE_TOO_LARGE);
        return false;
    }
    *all = (struct text){s->here.at ? s->here.at : "", s->here.length};
    return true;
}
