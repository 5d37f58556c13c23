/* The words of a text as they are looked for: without case, accents, presentation forms and the habits of
 * typewriters.
 *
 * A word is a run of letters and digits. Each is folded: small letters, Unicode's compatible forms (NFKD), without the
 * accents of Latin, Greek and Cyrillic, the points of Hebrew and Arabic, and differences that writers ignore (ё е, أ ا,
 * ß ss). й and ї stay what they are: they are letters of their own, and tell words apart. Where words have no
 * blanks between them (Han, kana, hangul, Thai and its kin) each sign is a word, and what is typed together is looked
 * for together. What was folded is folded to itself. Scripts stay: sound.h joins those. */
#ifndef SEARCH_FOLD_H
#define SEARCH_FOLD_H

#include "base/text.h"

#include <stdint.h>

#define FOLD_MOST 64u /* bytes of a folded word; what is longer is cut */

struct fold_word {
    size_t start, end; /* bytes of the text */
    uint32_t length;
    char at[FOLD_MOST + 8];
};

struct fold {
    struct text text;
    size_t at;
};

static inline struct fold fold_of(struct text t)
{
    return (struct fold){t, 0};
}

static inline struct text fold_text(const struct fold_word *w)
{
    return (struct text){w->at, w->length};
}

/* The next word: true, or false at the end. Bytes that are not UTF-8 part words. Linear. */
bool fold_next(struct fold *f, struct fold_word *out);

#endif
