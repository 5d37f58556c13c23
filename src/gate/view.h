/* A text as people, and programs that decode, come to read it.
 *
 * One text gives several views: its prose with the tags taken out, its markup (tags, comments, scripts), and what its
 * encoded runs say (base64, hexadecimal). In each, signs that are not seen are gone, and entities and percent signs are
 * letters. Each sign keeps the place of the bytes that it came from. Knows nothing of words or secrets.
 * Linear in the bytes. */
#ifndef GATE_VIEW_H
#define GATE_VIEW_H

#include "base/text.h"
#include "base/vector.h"

#include <stdint.h>
#include <unicode/utypes.h>

/* What was undone before or within a sign. UNDONE_WHOLE: it is of a run that decodes to text from end to end, which
 * chance hardly does. */
enum { UNDONE_HIDDEN = 1, UNDONE_MARKUP = 2, UNDONE_ENCODED = 4, UNDONE_WHOLE = 8 };

struct sign {
    UChar32 c; /* 0: a break, between things that are not one text */
    uint32_t start, end;
    uint8_t undone;
};
typedef VECTOR(struct sign) signs;

struct view {
    signs signs;
    bool markup; /* of tags, not of prose */
    bool torn;   /* stretches found among bytes that are no text: what matches may be chance */
};
typedef VECTOR(struct view) views;

/* The views of a text, of which at most 4 GB are read. Release with views_release(). */
void views_of_text(struct text t, views *out);

/* The same of any bytes: those of a picture give the stretches that are text, in UTF-8 or UTF-16. */
void views_of_bytes(struct text bytes, views *out);

void views_release(views *v);

/* For the parts of this module. */

/* Reads UTF-8; a byte that is none is read as Latin-1. `places` gives the place of each byte and, behind the last, the
 * end; NULL: the bytes are the text itself. */
void signs_of_utf8(struct text bytes, const uint32_t *places, signs *out);

/* The stretches of at least `least` bytes that are text; a break behind each. */
void signs_of_stretches(struct text bytes, const uint32_t *places, size_t least, signs *out);

/* What the base64 and hexadecimal runs of a view say; a break behind each. */
void signs_of_runs(const signs *from, signs *out);

/* Puts a break in the place of long runs of base64: their letters are no words. */
void signs_drop_runs(signs *s);

/* Takes out what is not seen and what only marks emphasis, and decodes entities, percent signs and escapes, in
 * place. */
void signs_undo(signs *s);

/* Parts tags from prose: inline tags vanish, others break. */
void signs_part(const signs *from, signs *prose, signs *markup);

#endif
