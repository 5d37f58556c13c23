/* What bearout-parse answers: PARSE_HEAD, then frames, the last of which is PARSE_END. Shared with whoever runs it.
 *
 * A frame is its kind (one byte), the length of what follows (four bytes, the highest first), and that many bytes.
 * What comes before the end counts even where the end never comes. Nothing is said in sentences: a note is a number, so
 * that nothing of a file comes back in the program's own words. The reader believes none of it (src/ops/parsed.c). */
#ifndef PARSERS_PARSE_ANSWER_H
#define PARSERS_PARSE_ANSWER_H

#include <stdint.h>

#define PARSE_HEAD "bearout-parse 1\n"
#define PARSE_FRAME (1u << 20) /* bytes in one frame at most */
#define PARSE_NAME 1024u       /* bytes of a child's name or of a fact's value at most */

enum parse_frame {
    PARSE_MEDIA = 'K',   /* the media type, as "application/pdf" */
    PARSE_FACT = 'M',    /* a name of letters and '-', a NUL, and a value in UTF-8 */
    PARSE_TEXT = 'T',    /* more text, UTF-8; a frame holds whole characters */
    PARSE_PAGE = 'P',    /* a page begins where the text stands now; empty */
    PARSE_NOTE = 'N',    /* a number of enum parse_note: four bytes */
    PARSE_SIZE = 'S',    /* pixels across and down: four bytes each */
    PARSE_LENGTH = 'L',  /* milliseconds: eight bytes */
    PARSE_PEAKS = 'W',   /* more peaks of the sound, a byte each, PARSE_PEAKS_SECOND for each second */
    PARSE_CHILD = 'C',   /* a file inside of this one begins: its name in UTF-8, may be empty */
    PARSE_BYTES = 'B',   /* more of the child's bytes */
    PARSE_CLOSE = 'D',   /* the child ends: a byte, 1 if it is whole */
    PARSE_PICTURE = 'G', /* more bytes of the PNG that was asked for */
    PARSE_END = 'E',     /* empty */
};

#define PARSE_PEAKS_SECOND 20u

/* What a reader should know about what was read. */
enum parse_note {
    PARSE_FINE,
    PARSE_UNKNOWN,    /* of no kind that is read */
    PARSE_EMPTY,      /* no bytes */
    PARSE_BROKEN,     /* cut short or damaged: what could be read was */
    PARSE_TOO_LARGE,  /* more than LIMIT_PARSE_INPUT bytes, of a kind that is read whole */
    PARSE_MUCH_TEXT,  /* more text than LIMIT_PARSE_TEXT: the rest is not read */
    PARSE_MANY_PAGES, /* more pages than LIMIT_PARSE_PAGES */
    PARSE_DEEP,       /* nested deeper than LIMIT_PARSE_NESTING */
    PARSE_BOMB,       /* members grow to more than LIMIT_PARSE_RATIO times what they are */
    PARSE_MANY_CHILDREN,
    PARSE_LARGE_CHILDREN, /* members of more than LIMIT_PARSE_OUT bytes */
    PARSE_LOCKED,         /* needs a password */
    PARSE_PIXELS,         /* more pixels than LIMIT_PIXELS */
    PARSE_MEMORY,         /* more than LIMIT_PARSE_MEMORY */
    PARSE_LONG,           /* a sound of more than LIMIT_PARSE_SECONDS */
    PARSE_OCR,            /* the words were read off a picture, and may be wrong */
    PARSE_OCR_MISSING,    /* pictures of words, and no words read off them: the recogniser is not installed */
    PARSE_OCR_STOPPED,    /* more pages without text than words are read off */
    PARSE_TWO_KINDS,      /* begins as one kind of file and holds another */
    PARSE_GUESSED,        /* the text's encoding was guessed */
    PARSE_NO_PAGE,        /* no such page, or none that can be shown */
    PARSE_UNSAFE,         /* the sandbox cannot be set up */
    PARSE_UNDECODED,      /* a sound or a film in a coding that is not known here: its length, not its peaks */
    PARSE_EXPANDS,        /* XML that grows by its own entities: they are left out */
    PARSE_LOOK, /* words are to be read off pictures, for which this run was not made ready: run again for that */
    PARSE_NOTES
};

#endif
