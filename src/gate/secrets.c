/* An index of secrets and the search over texts: see secrets.h.
 *
 * A secret is a row of folded words; a text is searched for the same rows. */
#include "gate/secrets.h"

#include "gate/letters.h"

#include "base/names.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

struct row {
    uint32_t first, count; /* of words */
    uint32_t owner;
    enum secret_kind kind;
};

struct secrets {
    struct names words;
    VECTOR(uint32_t) numbers;
    VECTOR(struct row) rows;
};

struct place {
    uint32_t word; /* NAMES_NONE: in no secret */
    size_t start, end;
};
typedef VECTOR(struct place) places;

static uint32_t number_of(struct names *words, bool add, const UChar32 *points, size_t count)
{
    char key[LETTERS_MOST * 4];
    size_t length = 0;
    struct letters l;
    letters_read(points, count, &l, NULL);
    key[length++] = (char)l.script;
    for (uint8_t i = 0; i < l.count; i++)
        key[length++] = (char)l.at[i];
    for (size_t i = 0; !l.count && i < count && length + 3 < sizeof key; i++, length += 3)
        memcpy(key + length, &points[i], 3);
    struct text t = {key, length};
    return add ? names_intern(words, t) : names_find(words, t);
}

static void read_words(struct names *words, bool add, struct text t, places *out)
{
    UChar32 points[LETTERS_MOST], c;
    size_t count = 0, start = 0;
    int32_t i = 0, length = t.length < INT32_MAX ? (int32_t)t.length : INT32_MAX;
    while (i < length || count) {
        int32_t at = i;
        c = ' ';
        if (i < length)
            U8_NEXT(t.at, i, length, c);
        if (c >= 0 && letter_is_invisible(c))
            continue;
        if (c >= 0 && letter_in_word(c) && c != '\'') {
            if (!count)
                start = (size_t)at;
            if (count < LETTERS_MOST)
                points[count++] = c;
        } else if (count) {
            vector_push(out, (struct place){number_of(words, add, points, count), start, (size_t)at});
            count = 0;
        }
    }
}

struct secrets *secrets_new(void)
{
    struct secrets *s = memory_new(sizeof *s);
    names_init(&s->words);
    return s;
}

void secrets_free(struct secrets *s)
{
    if (!s)
        return;
    explicit_bzero(s->words.pool, s->words.pool_room);
    names_release(&s->words);
    vector_release(&s->numbers);
    vector_release(&s->rows);
    free(s);
}

void secrets_add(struct secrets *s, enum secret_kind kind, struct text secret, uint32_t owner)
{
    places found = {0};
    read_words(&s->words, true, secret, &found);
    struct row row = {(uint32_t)s->numbers.count, (uint32_t)found.count, owner, kind};
    for (size_t i = 0; i < found.count; i++)
        vector_push(&s->numbers, found.at[i].word);
    if (row.count)
        vector_push(&s->rows, row);
    vector_release(&found);
}

void secrets_add_role(struct secrets *s, struct text role, uint32_t owner)
{
    (void)s, (void)role, (void)owner;
}

void secrets_allow(struct secrets *s, struct text words)
{
    (void)s, (void)words;
}

void secrets_ready(struct secrets *s)
{
    (void)s;
}

static bool stands_at(const struct secrets *s, const struct row *row, const places *text, size_t at)
{
    for (uint32_t i = 0; i < row->count; i++)
        if (at + i >= text->count || text->at[at + i].word != s->numbers.at[row->first + i])
            return false;
    return true;
}

void secrets_find(const struct secrets *s, struct text text, secret_finds *out)
{
    places words = {0};
    read_words((struct names *)&s->words, false, text, &words);
    for (size_t at = 0; at < words.count; at++)
        for (size_t r = 0; words.at[at].word != NAMES_NONE && r < s->rows.count; r++) {
            const struct row *row = &s->rows.at[r];
            if (stands_at(s, row, &words, at))
                vector_push(out, (struct secret_find){.start = words.at[at].start,
                                                      .end = words.at[at + row->count - 1].end,
                                                      .owner = row->owner,
                                                      .kind = row->kind,
                                                      .how = HOW_PLAIN,
                                                      .score = 1});
        }
    vector_release(&words);
}

void secrets_find_in_bytes(const struct secrets *s, struct text bytes, secret_finds *out)
{
    secrets_find(s, bytes, out);
}

bool secrets_hidden_sign(struct text text, size_t *at, uint32_t *code_point)
{
    int32_t i = 0, length = text.length < INT32_MAX ? (int32_t)text.length : INT32_MAX;
    while (i < length) {
        int32_t start = i;
        UChar32 c;
        U8_NEXT(text.at, i, length, c);
        if (c >= 0 && (letter_is_invisible(c) || u_charType(c) == U_PRIVATE_USE_CHAR)) {
            *at = (size_t)start;
            *code_point = (uint32_t)c;
            return true;
        }
    }
    return false;
}

const char *secret_how_words(enum secret_how how)
{
    static const char *const words[HOW_COUNT] = {
        [HOW_PLAIN] = "as it is",
        [HOW_SPELLING] = "in another spelling",
        [HOW_SCRIPT] = "in another script",
        [HOW_CASE] = "in another form of the word",
        [HOW_INITIALS] = "as initials",
        [HOW_REVERSED] = "written backwards",
        [HOW_PIECES] = "in pieces",
        [HOW_LOOKALIKE] = "with letters that look alike",
        [HOW_INVISIBLE] = "with signs that are not seen",
        [HOW_ENCODED] = "encoded",
    };
    return how < HOW_COUNT ? words[how] : "";
}
