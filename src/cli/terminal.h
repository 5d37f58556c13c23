/* What the terminal can do: colours, width, and whether there is one at all.
 *
 * Where there is none (a file, a pipe), where TERM is dumb or missing, or where NO_COLOR is set,
 * everything is plain text: a colour never says what a word does not. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "base/buffer.h"

#include <stdbool.h>

enum paint {
    PAINT_PLAIN,
    PAINT_BOLD,
    PAINT_FAINT,
    PAINT_GREEN,
    PAINT_YELLOW,
    PAINT_RED,
    PAINT_BLUE,
};

/* May colours be sent to this descriptor (1: standard output)? */
bool terminal_colours(int descriptor);

/* Its width in characters; 80 where it is no terminal or does not say. */
unsigned terminal_width(int descriptor);

/* Adds text in a paint; as it is where `colours` is false. */
void terminal_paint(struct buffer *out, bool colours, enum paint paint, struct text t);

/* A line of progress on standard error, for work that takes longer than half a second; nothing
 * where that is no terminal. NULL wipes it away. */
void terminal_progress(const char *what);

/* Asks a question with the answers y and N on the terminal. False also where there is none. */
bool terminal_agree(const char *question);

#endif
