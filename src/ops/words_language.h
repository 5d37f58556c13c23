/* In which language a person is told what a case says: see words.h. Apart from it for those who choose the language and
 * say nothing themselves. */
#ifndef OPS_WORDS_LANGUAGE_H
#define OPS_WORDS_LANGUAGE_H

#include "base/text.h"

enum words_language { WORDS_ENGLISH, WORDS_RUSSIAN, WORDS_LANGUAGES };

/* The language of all that this thread says from now on; returns the one before, to be put back. English until then:
 * only what is shown to a person who asked for another is ever said in it. */
enum words_language words_use(enum words_language language);

/* The first language in a list as Accept-Language has it ("ru-RU,ru;q=0.9,en;q=0.8") that there is a catalogue of;
 * English where there is none. Weights are not read: whoever sends them puts the likeliest first. */
enum words_language words_accepted(struct text list);

#endif
