/* What a stranger's file says: its kind, its words, its facts, the sound's peaks and the files inside of it.
 *
 * Read by bearout-parse, a process of its own in a sandbox (parsers/parse_answer.h), which is given the open file and
 * nothing more. What it answers is believed in nothing: lengths, numbers and UTF-8 are checked, and whatever is not
 * as it should be ends the reading. A crash, a hang or a lie of a parser costs the rest of that one file and leaves a
 * sentence in `notes`. Nothing of the file stands in an error. docs/parse.md says what is read. */
#ifndef OPS_PARSED_H
#define OPS_PARSED_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/vector.h"

#include <stdbool.h>
#include <stdint.h>

#define PARSED_BY "bearout-parse 1" /* who derived it, for the record */

struct parsed_fact {
    char *name;  /* letters and '-': "author", "made-on", "camera", "place"… */
    char *value; /* UTF-8 without control characters, at most PARSE_NAME bytes */
};

struct parsed {
    char media[96];     /* the media type, recognised by content; "" where nothing was */
    struct buffer text; /* UTF-8; line ends are \n */
    VECTOR(uint64_t)
    pages; /* the byte of the text at which each page begins; empty: no pages. Each can be shown by
              parsed_page() */
    VECTOR(struct parsed_fact) facts;
    uint32_t width, height; /* pixels, 0: none */
    uint64_t milliseconds;  /* of sound or film, 0: none */
    struct buffer peaks;    /* a byte each, loudest 255, PARSE_PEAKS_SECOND (20) a second */
    uint64_t children;      /* files inside of it that were handed over */
    struct buffer notes;    /* what a reader should know: sentences, each ended by \n; may be empty */
    bool whole;             /* the helper came to its end: nothing is missing but what the notes say */
};
void parsed_release(struct parsed *p);

/* Where attachments and members of archives go, as they come, one after the other: begin, bytes…, end. Each returns 0,
 * or -1 with an error set in the context: parsed_run() then stops and returns -1. `name` is as the file says, cleaned
 * of control characters, and never a path to be written to as it is; it may be empty. `whole`: the child came to its
 * end. Memory stays bounded whatever the child's size. */
struct parsed_children {
    int (*begin)(void *context, struct text name);
    int (*bytes)(void *context, struct text bytes);
    int (*end)(void *context, bool whole);
    void *context;
};

/* Reads the file at `fd`, all of it, into `out` (release it in every case). `fd` may be a file or
 * a pipe; a file may be read forth and back, its offset is undefined afterwards. `children` NULL: they are counted and
 * dropped. 0: as far as it could be read, and `notes` says the rest. -1 and an error: stopped (`*stop`), the helper is
 * missing, or `children` failed. At most LIMIT_PARSE_WAIT seconds. The children are not read themselves: call this for
 * each, at most LIMIT_PARSE_DEPTH deep. */
int parsed_run(int fd, const struct parsed_children *children, const volatile bool *stop, struct parsed *out,
               struct error *error);

/* A picture of a page (the first is 0) of a document, or of a picture (page 0), as PNG: at most `side` pixels across
 * and down, at most PARSED_SIDE. Appended to `png`. 0, or -1 and a sentence. */
#define PARSED_SIDE 3000u
int parsed_page(int fd, uint32_t page, uint32_t side, const volatile bool *stop, struct buffer *png,
                struct error *error);

/* Reads an answer that comes in pieces of any size: what parsed_run() does with what the helper says; for tests and the
 * fuzzer. feed(): 0, or -1 where the answer is not as it should be (`error` untouched) or the children failed (set). */
struct parsing;
struct parsing *parsing_new(struct parsed *out, const struct parsed_children *children, struct buffer *png);
int parsing_feed(struct parsing *p, struct text bytes);
bool parsing_failed_children(const struct parsing *p);
void parsing_free(struct parsing *p); /* ends a child that is open */

/* For tests: another program than bearout-parse, and how many seconds it may take. NULL: as usual. */
void parsed_use(const char *program, uint32_t seconds);

#endif
