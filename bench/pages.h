/* Pages of made-up text, for benchmarks of searching: the same for the same number everywhere.
 *
 * A page is some 2500 bytes: words as common as in a language (Zipf; 200 000 of them, made of syllables), in sentences
 * and lines; one page in twenty in Cyrillic letters. "rareword" and the page's number stand on one page in 20 000, a
 * name ("Vadim Lesnoy", "Вадим Лесной") on one in 1000. */
#ifndef BENCH_PAGES_H
#define BENCH_PAGES_H

#include "base/buffer.h"

void pages_add(uint32_t page, struct buffer *out);

#endif
