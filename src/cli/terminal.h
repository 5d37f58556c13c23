/* What the terminal can do: colours, width, and whether there is one at all.
 *
 * Where there is none (a file, a pipe), where TERM is dumb or missing, or where NO_COLOR is set,
 * everything is plain text: a colour never says what a word does not. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "ops/layout.h"

#include <stdbool.h>

/* What can be shown on a descriptor (1: standard output): its width, at least 40 and 80 where it is no
 * terminal or does not say, and how to paint a tone, or NULL. */
struct screen terminal_screen(int descriptor);

/* Writes a few words to a descriptor, as well as that goes. Safe in a signal's handler. */
void terminal_say(int descriptor, const char *what);

/* Says on standard error, from half a second on and only where that is a terminal, that the program is at
 * work and for how long; off wipes it away. Uses SIGALRM. */
void terminal_busy(bool on);

/* Asks a question with the answers y and N on the terminal. False also where there is none. */
bool terminal_agree(const char *question);

#endif
