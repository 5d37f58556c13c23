/* What bearout-parse says, believed in nothing: see parsed.h. */
#include "ops/parsed.h"

#include "ops/helper.h"
#include "ops/shape.h"

#include "base/limits.h"
#include "parsers/parse_answer.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <unicode/utf8.h>

enum { FRAME_HEAD = 5, MOST_NOTES = 16 };

struct parsing {
    struct parsed *out;
    const struct parsed_children *children;
    struct buffer *png;    /* where a picture goes; NULL: none was asked for */
    struct buffer pending; /* of a frame that is not here yet */
    size_t head;           /* bytes of PARSE_HEAD that are still to come */
    uint64_t given;        /* bytes of children */
    bool open, ended, refused;
    bool look; /* it is to be run again, ready to read words off pictures */
    uint32_t notes[MOST_NOTES];
    size_t noted;
};

void parsed_release(struct parsed *p)
{
    for (size_t i = 0; i < p->facts.count; i++) {
        free(p->facts.at[i].name);
        free(p->facts.at[i].value);
    }
    vector_release(&p->facts);
    vector_release(&p->pages);
    buffer_release(&p->text);
    buffer_release(&p->peaks);
    buffer_release(&p->notes);
    *p = (struct parsed){0};
}

/* ---- notes ---- */

static const char *const sentences[PARSE_NOTES] = {
    [PARSE_UNKNOWN] = "It is of no kind that is read; it is kept as it came.",
    [PARSE_EMPTY] = "It is empty.",
    [PARSE_BROKEN] = "It is cut short or damaged; what could be read was.",
    [PARSE_TOO_LARGE] = "It is larger than 256 MiB, and of a kind that is read as a whole; it is kept as it came.",
    [PARSE_MUCH_TEXT] = "It has more than 64 MiB of text; the rest was not read.",
    [PARSE_MANY_PAGES] = "It has more than 20000 pages; the rest was not read.",
    [PARSE_DEEP] = "It is nested too deeply; what lies deeper was not read.",
    [PARSE_BOMB] = "What is in it grows to more than two hundred times its size; it was not unpacked further.",
    [PARSE_MANY_CHILDREN] = "It holds more than 100000 files; the rest was not unpacked.",
    [PARSE_LARGE_CHILDREN] = "It holds more than 16 GiB; the rest was not unpacked.",
    [PARSE_LOCKED] = "It is locked with a password, in whole or in part.",
    [PARSE_PIXELS] = "It is a picture of more than 100 million pixels, which is not opened.",
    [PARSE_MEMORY] = "It needs more memory than one file may take; the rest was not read.",
    [PARSE_LONG] = "It is longer than a day; the rest was not listened to.",
    [PARSE_OCR] = "Words were read off a picture, and may be wrong.",
    [PARSE_OCR_MISSING] = "It is a picture, and what reads words off pictures (tesseract's data) is not installed.",
    [PARSE_OCR_STOPPED] = "It has more than 200 pages without text; words were read off the first of them.",
    [PARSE_TWO_KINDS] = "It begins as one kind of file and holds another; it was read as what it begins as.",
    [PARSE_GUESSED] = "It does not say how its letters are encoded; that was guessed.",
    [PARSE_NO_PAGE] = "It has no such page that can be shown.",
    [PARSE_UNSAFE] = "It was not opened: this system lets no sandbox be set up.",
    [PARSE_UNDECODED] = "Its sound is in a coding that is not known here.",
    [PARSE_EXPANDS] = "It is written to grow when it is read; what would grow was left out.",
};
static_assert(LIMIT_PARSE_INPUT == 256 << 20 && LIMIT_PARSE_TEXT == 64 << 20 && LIMIT_PARSE_PAGES == 20000 &&
                  LIMIT_PARSE_RATIO == 200 && LIMIT_PARSE_CHILDREN == 100000 && LIMIT_PARSE_OUT >> 30 == 16 &&
                  LIMIT_PIXELS == 100000000 && LIMIT_PARSE_SECONDS == 86400 && LIMIT_PARSE_OCR_PAGES == 200,
              "as the sentences say");

static void say(struct parsed *out, const char *sentence)
{
    buffer_string(&out->notes, sentence);
    buffer_char(&out->notes, '\n');
}

static bool note(struct parsing *p, uint32_t number)
{
    if (number == PARSE_FINE || number >= PARSE_NOTES)
        return false;
    if (number == PARSE_LOOK) {
        p->look = true;
        return !p->out->children; /* it cannot be taken back what was handed over */
    }
    for (size_t i = 0; i < p->noted; i++)
        if (p->notes[i] == number)
            return true;
    if (p->noted == MOST_NOTES)
        return true;
    p->notes[p->noted++] = number;
    say(p->out, sentences[number]);
    return true;
}

/* ---- what frames hold ---- */

static uint32_t number(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* Valid UTF-8, and no control characters but, in a text, tabs and line ends? */
static bool is_clean(struct text t, bool lines)
{
    const uint8_t *at = (const uint8_t *)t.at;
    if (t.length > INT32_MAX)
        return false;
    for (int32_t i = 0, length = (int32_t)t.length; i < length;) {
        UChar32 c;
        U8_NEXT(at, i, length, c);
        bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
        if (c < 0 || (control && !(lines && (c == '\n' || c == '\t'))))
            return false;
    }
    return true;
}

static bool is_media_type(struct text t)
{
    if (!t.length || t.length >= sizeof((struct parsed *)0)->media)
        return false;
    for (size_t i = 0; i < t.length; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789/+.-", t.at[i]) || !t.at[i])
            return false;
    return true;
}

static bool is_fact_name(struct text t)
{
    for (size_t i = 0; i < t.length; i++)
        if (!((t.at[i] >= 'a' && t.at[i] <= 'z') || t.at[i] == '-'))
            return false;
    return t.length && t.length <= 32;
}

static bool take_fact(struct parsing *p, struct text t)
{
    const char *zero = t.length ? memchr(t.at, '\0', t.length) : NULL;
    if (!zero || p->out->facts.count >= LIMIT_PARSE_FACTS)
        return false;
    struct text name = {t.at, (size_t)(zero - t.at)}, value = {zero + 1, t.length - name.length - 1};
    if (!is_fact_name(name) || value.length > PARSE_NAME || !is_clean(value, false))
        return false;
    vector_push(&p->out->facts, (struct parsed_fact){memory_copy(name.at, name.length),
                                                     memory_copy(value.length ? value.at : "", value.length)});
    return true;
}

static bool take_text(struct parsing *p, struct text t)
{
    if (t.length > LIMIT_PARSE_TEXT - p->out->text.length || !is_clean(t, true))
        return false;
    buffer_text_add(&p->out->text, t);
    return true;
}

static bool take_page(struct parsing *p)
{
    if (p->out->pages.count >= LIMIT_PARSE_PAGES)
        return false;
    vector_push(&p->out->pages, p->out->text.length);
    return true;
}

static bool take_peaks(struct parsing *p, struct text t)
{
    if (t.length > (uint64_t)LIMIT_PARSE_SECONDS * PARSE_PEAKS_SECOND - p->out->peaks.length)
        return false;
    buffer_text_add(&p->out->peaks, t);
    return true;
}

/* ---- children ---- */

static bool refused(struct parsing *p, int result)
{
    p->refused = p->refused || result < 0;
    return result >= 0;
}

static bool begin_child(struct parsing *p, struct text name)
{
    if (p->open || name.length > PARSE_NAME || !is_clean(name, false) || p->out->children >= LIMIT_PARSE_CHILDREN)
        return false;
    p->open = true;
    p->out->children++;
    return !p->children || refused(p, p->children->begin(p->children->context, name));
}

static bool child_bytes(struct parsing *p, struct text bytes)
{
    if (!p->open || bytes.length > LIMIT_PARSE_OUT - p->given)
        return false;
    p->given += bytes.length;
    return !p->children || refused(p, p->children->bytes(p->children->context, bytes));
}

static bool end_child(struct parsing *p, bool whole)
{
    if (!p->open)
        return false;
    p->open = false;
    return !p->children || refused(p, p->children->end(p->children->context, whole));
}

/* ---- frames ---- */

static bool take_frame(struct parsing *p, char kind, struct text t)
{
    struct parsed *out = p->out;
    switch (kind) {
    case PARSE_MEDIA:
        if (out->media[0] || !is_media_type(t))
            return false;
        memcpy(out->media, t.at, t.length);
        return true;
    case PARSE_FACT:
        return take_fact(p, t);
    case PARSE_TEXT:
        return take_text(p, t);
    case PARSE_PAGE:
        return !t.length && take_page(p);
    case PARSE_NOTE:
        return t.length == 4 && note(p, number(t.at));
    case PARSE_SIZE:
        if (t.length != 8)
            return false;
        out->width = number(t.at);
        out->height = number(t.at + 4);
        return true;
    case PARSE_LENGTH:
        if (t.length != 8)
            return false;
        out->milliseconds = (uint64_t)number(t.at) << 32 | number(t.at + 4);
        return out->milliseconds >> 48 == 0;
    case PARSE_PEAKS:
        return take_peaks(p, t);
    case PARSE_CHILD:
        return begin_child(p, t);
    case PARSE_BYTES:
        return child_bytes(p, t);
    case PARSE_CLOSE:
        return t.length == 1 && end_child(p, t.at[0] == 1);
    case PARSE_PICTURE:
        if (!p->png || t.length > LIMIT_MEDIA - p->png->length)
            return false;
        buffer_text_add(p->png, t);
        return true;
    case PARSE_END:
        p->ended = true;
        return !t.length && !p->open;
    default:
        return false;
    }
}

struct parsing *parsing_new(struct parsed *out, const struct parsed_children *children, struct buffer *png)
{
    struct parsing *p = memory_new(sizeof *p);
    *p = (struct parsing){.out = out, .children = children, .png = png, .head = sizeof PARSE_HEAD - 1};
    return p;
}

static bool take_head(struct parsing *p, struct text *bytes)
{
    static const char head[] = PARSE_HEAD;
    const char *expected = &head[sizeof head - 1 - p->head];
    size_t length = bytes->length < p->head ? bytes->length : p->head;
    if (memcmp(expected, bytes->at, length) != 0)
        return false;
    p->head -= length;
    *bytes = (struct text){bytes->at + length, bytes->length - length};
    return true;
}

/* How many bytes the pending frame still wants; 0: it is whole. SIZE_MAX: it may not be so long. */
static size_t wanted(const struct parsing *p)
{
    size_t here = p->pending.length;
    if (here < FRAME_HEAD)
        return FRAME_HEAD - here;
    size_t length = number(p->pending.at + 1);
    return length > PARSE_FRAME ? SIZE_MAX : FRAME_HEAD + length - here;
}

int parsing_feed(struct parsing *p, struct text bytes)
{
    if (bytes.length && !take_head(p, &bytes))
        return -1;
    while (bytes.length) {
        size_t want = wanted(p), length = want < bytes.length ? want : bytes.length;
        if (p->ended)
            return -1;
        buffer_add(&p->pending, bytes.at, length);
        bytes = (struct text){bytes.at + length, bytes.length - length};
        want = wanted(p);
        if (want == SIZE_MAX)
            return -1;
        if (p->pending.length < FRAME_HEAD || want)
            continue;
        if (!take_frame(p, p->pending.at[0], (struct text){p->pending.at + FRAME_HEAD, p->pending.length - FRAME_HEAD}))
            return -1;
        buffer_clear(&p->pending);
    }
    return 0;
}

bool parsing_failed_children(const struct parsing *p)
{
    return p->refused;
}

void parsing_free(struct parsing *p)
{
    if (!p)
        return;
    if (p->open && !p->refused)
        end_child(p, false);
    buffer_release(&p->pending);
    free(p);
}

/* ---- running ---- */

static struct buffer program; /* for tests */
static uint32_t wait_seconds = LIMIT_PARSE_WAIT;

void parsed_use(const char *path, uint32_t seconds)
{
    buffer_release(&program);
    if (path)
        buffer_string(&program, path);
    wait_seconds = path ? seconds : LIMIT_PARSE_WAIT;
}

static int feed(void *context, struct text bytes)
{
    return parsing_feed(context, bytes);
}

/* Runs the helper `way`; what it came to is in `*end`. -1 where there is none, or it was stopped. */
static int run(const char *way, int fd, const volatile bool *stop, struct parsing *p, enum helper_end *end,
               struct error *error)
{
    struct buffer path = {0};
    if (program.length)
        buffer_text_add(&path, buffer_text(&program));
    else if (helper_find("bearout-parse", &path, error) < 0) {
        buffer_release(&path);
        return -1;
    }
    const struct helper_task task = {
        .program = path.at, .way = way, .input = fd, .seconds = wait_seconds, .stop = stop, .take = feed, .context = p};
    *end = helper_stream(&task);
    buffer_release(&path);
    if (*end == HELPER_STOPPED)
        return error_set(error, ERROR_INTERRUPTED, "stopped; nothing was changed");
    if (*end != HELPER_ABSENT)
        return 0;
    error_set(error, ERROR_IO, "the helper 'bearout-parse' cannot be started");
    return error_mend(error, "install Bearout as a whole, with 'meson install'");
}

/* What a reader should know about a helper that did not come to its end. */
static void tell(enum helper_end end, struct parsed *out)
{
    if (end == HELPER_SLOW)
        say(out, "It takes too long to be read; the rest was not.");
    else
        say(out, "Reading it went wrong, and was ended; it may be damaged, or made to do harm.");
}

/* One run. `*look`: it asks to be run again for that. */
static int read_once(const char *way, int fd, const struct parsed_children *children, const volatile bool *stop,
                     struct parsed *out, bool *look, struct error *error)
{
    *out = (struct parsed){0};
    struct parsing *p = parsing_new(out, children, NULL);
    enum helper_end end;
    int result = run(way, fd, stop, p, &end, error);
    bool failed = parsing_failed_children(p);
    *look = p->look && result == 0 && end == HELPER_DONE && !failed;
    out->whole = p->ended && result == 0 && end == HELPER_DONE;
    parsing_free(p);
    if (failed)
        return -1;
    if (result == 0 && !out->whole && !*look)
        tell(end, out);
    return result;
}

int parsed_run(int fd, const struct parsed_children *children, const volatile bool *stop, struct parsed *out,
               struct error *error)
{
    bool again = lseek(fd, 0, SEEK_CUR) >= 0, look; /* a pipe passes once */
    int result = read_once(again ? "read" : "look", fd, children, stop, out, &look, error);
    if (result < 0 || !look)
        return result;
    parsed_release(out);
    result = read_once("look", fd, children, stop, out, &look, error);
    if (result == 0 && look)
        tell(HELPER_FAILED, out);
    return result;
}

/* A sentence for a page that was not made. The first note says why, where there is one. */
static int no_picture(const struct parsed *notes, struct error *error)
{
    size_t length = 0;
    while (length < notes->notes.length && notes->notes.at[length] != '.')
        length++;
    if (length)
        error_set(error, ERROR_INPUT, "no picture can be made of it: %.*s", (int)length, notes->notes.at);
    else
        error_set(error, ERROR_INPUT, "no picture can be made of it: opening it went wrong");
    return error_mend(error, "look at the file with another program, on a machine that holds nothing else");
}

/* Is it a PNG as our own writer makes them, and no larger than was asked for? */
static bool is_picture(struct text png, uint32_t side)
{
    if (png.length < 24)
        return false;
    uint32_t width = number(png.at + 16), height = number(png.at + 20);
    return width && height && width <= side && height <= side && shape_is_png(png, width, height);
}

int parsed_page(int fd, uint32_t page, uint32_t side, const volatile bool *stop, struct buffer *png,
                struct error *error)
{
    char way[64];
    struct parsed notes = {0};
    struct buffer made = {0};
    struct parsing *p = parsing_new(&notes, NULL, &made);
    enum helper_end end;
    side = side < 1 ? 1 : side < PARSED_SIDE ? side : PARSED_SIDE;
    snprintf(way, sizeof way, "page %u %u", page, side);
    int result = run(way, fd, stop, p, &end, error);
    if (result == 0 && p->ended && end == HELPER_DONE && is_picture(buffer_text(&made), side))
        buffer_text_add(png, buffer_text(&made));
    else if (result == 0)
        result = no_picture(&notes, error);
    parsing_free(p);
    parsed_release(&notes);
    buffer_release(&made);
    return result;
}
