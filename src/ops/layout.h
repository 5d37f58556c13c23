/* Text for a terminal: its width in columns, cutting, padding, wrapping, and tones.
 *
 * Widths are columns, not bytes: combining marks take none, East Asian wide characters two (Unicode's
 * East Asian Width; ambiguous ones count as one). What comes out of a case passes text_clean() once,
 * where it is taken; the functions here trust it after that. No words of any language belong here. */
#ifndef OPS_LAYOUT_H
#define OPS_LAYOUT_H

#include "base/buffer.h"

/* What a piece of text is, for whoever can show it by more than words. It never says what a word does not. */
enum tone { TONE_PLAIN, TONE_HEAD, TONE_FAINT, TONE_GOOD, TONE_FAIR, TONE_DOUBT, TONE_BAD };

struct screen {
    unsigned width;                                                 /* columns, at least 40 */
    void (*paint)(struct buffer *out, enum tone tone, struct text); /* NULL: tones are left out */
};

/* Adds text in a tone. */
void screen_paint(const struct screen *s, struct buffer *out, enum tone tone, struct text t);

/* Adds text from a case so that it can neither move the cursor nor turn the order of what stands
 * around it: line ends become blanks; control characters, and the marks that embed, override or isolate a direction,
 * are shown as \u202E. */
void text_clean(struct text t, struct buffer *out);

/* How much room a character takes, where that is not columns. */
typedef unsigned letter_width(int32_t character);
unsigned letter_columns(int32_t character); /* the usual one */

/* How many columns it takes. */
unsigned text_columns(struct text t);

/* Adds as much as fits into `columns`, with an ellipsis where something is left out. Returns the
 * columns used. Never parts a letter from its marks. */
unsigned text_cut(struct text t, unsigned columns, struct buffer *out);

/* Likewise, and fills up with blanks. */
void text_pad(struct text t, unsigned columns, struct buffer *out);

void text_blanks(unsigned columns, struct buffer *out);

/* Adds a paragraph, wrapped at blanks: the first line after `first` blanks, the others after
 * `rest`; each line ended. A word wider than a line has one of its own. */
void text_wrap(struct text t, unsigned width, unsigned first, unsigned rest, struct buffer *out);

/* Takes the next line of at most `columns` from the front of *t, as text_wrap() would break it.
 * Empty when nothing is left. */
struct text text_line(struct text *t, unsigned columns);

/* Likewise text_line() and text_cut() by another measure than columns. */
struct text text_line_by(struct text *t, unsigned room, letter_width *width);
unsigned text_cut_by(struct text t, unsigned room, letter_width *width, struct buffer *out);

#endif
