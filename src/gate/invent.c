/* Inventions: see invent.h. Names are syllables of one script with an ending of a man's or a woman's name. */
#include "gate/invent.h"

#include <unicode/utf8.h>

enum { SYLLABLES = 12, ENDINGS = 3, TRIES = 24 };

struct alphabet {
    const char *syllables[SYLLABLES];
    const char *endings[2][ENDINGS]; /* of a man's name, of a woman's */
};

static const struct alphabet alphabets[] = {
    {{"ba", "dor", "lin", "mak", "ve", "sto", "ri", "qu", "ze", "tham", "ny", "ghil"},
     {{"ev", "us", "ek"}, {"ova", "ina", "ia"}}},
    {{"ра", "мир", "ол", "жан", "щу", "бек", "ту", "ной", "гри", "э", "кла", "вш"},
     {{"ов", "ин", "ский"}, {"ова", "ина", "ская"}}},
    {{"با", "رو", "نش", "گل", "كم", "تي", "هد", "وس", "جم", "زا", "لي", "مر"}, {{"ان", "ور", "ي"}, {"ة", "ية", "ات"}}},
    {{"בר", "שי", "מל", "גו", "דן", "קי", "רו", "הל", "צב", "טו", "נע", "לב"}, {{"ון", "אל", "י"}, {"ית", "ה", "ת"}}},
    {{"κα", "ρη", "θε", "λου", "μι", "ξα", "φω", "δρα", "νι", "πο", "στε", "γα"},
     {{"ος", "ης", "ας"}, {"ου", "η", "ια"}}},
    {{"ნა", "გი", "თა", "ლე", "შო", "ჯა", "მი", "ზუ", "ხა", "ვა", "რი", "ტო"},
     {{"შვილი", "ძე", "ია"}, {"ული", "ანა", "იკო"}}},
    {{"김", "다", "라", "마", "바", "사", "아", "자", "차", "카", "파", "하"},
     {{"호", "석", "철"}, {"희", "미", "순"}}},
    {{"王", "林", "山", "江", "白", "田", "石", "方", "文", "安", "海", "宁"},
     {{"伟", "强", "军"}, {"芳", "娜", "丽"}}},
};
#define ALPHABETS (sizeof alphabets / sizeof *alphabets)

/* Splitmix64: Steele, Lea and Flood 2014. */
uint64_t chance_next(struct chance *c)
{
    uint64_t z = c->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint32_t chance_below(struct chance *c, uint32_t n)
{
    return (uint32_t)((chance_next(c) >> 32) * n >> 32);
}

uint64_t chance_mix(uint64_t seed, uint64_t a, uint64_t b)
{
    struct chance c = {seed};
    c.state = chance_next(&c) ^ a;
    c.state = chance_next(&c) ^ b;
    return chance_next(&c);
}

uint64_t chance_text(uint64_t seed, struct text t)
{
    uint64_t hash = seed;
    for (size_t i = 0; i < t.length; i++)
        hash = chance_mix(hash, (unsigned char)t.at[i], i);
    return hash;
}

static size_t letters_in(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.length; i++)
        count += ((unsigned char)t.at[i] & 0xc0) != 0x80;
    return count;
}

/* The block of the first letter that is not ASCII punctuation: enough to tell alphabets apart. */
static uint32_t block_of(struct text t)
{
    for (size_t i = 0; i < t.length;) {
        UChar32 c;
        U8_NEXT(t.at, i, t.length, c);
        if (c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            return c < 0x250 ? 0 : (uint32_t)c >> 8;
    }
    return UINT32_MAX;
}

static bool is_vowel_ending(struct text t)
{
    static const char *const vowels[] = {"a", "e", "i", "о", "а", "я", "ة", "ה", "η", "α"};
    for (size_t v = 0; v < sizeof vowels / sizeof *vowels; v++) {
        size_t n = strlen(vowels[v]);
        if (t.length >= n && memcmp(t.at + t.length - n, vowels[v], n) == 0)
            return true;
    }
    return false;
}

static const struct alphabet *other_alphabet(struct chance *c, struct text original)
{
    uint32_t first = chance_below(c, ALPHABETS), block = block_of(original);
    for (uint32_t i = 0; i < ALPHABETS; i++) {
        const struct alphabet *a = &alphabets[(first + i) % ALPHABETS];
        if (block_of(text_of(a->syllables[0])) != block)
            return a;
    }
    return &alphabets[first];
}

static void add_word(struct chance *c, const struct alphabet *a, bool woman, uint32_t syllables, struct buffer *out)
{
    for (uint32_t i = 0; i < syllables; i++)
        buffer_string(out, a->syllables[chance_below(c, SYLLABLES)]);
    buffer_string(out, a->endings[woman][chance_below(c, ENDINGS)]);
}

static bool differs_in_length(struct text made, struct text original)
{
    return made.length != original.length && letters_in(made) != letters_in(original);
}

/* Words of one alphabet, until they are of another length than the original. */
static void invent(struct chance *c, struct text original, uint32_t most_words, struct buffer *out)
{
    const struct alphabet *a = other_alphabet(c, original);
    bool woman = !is_vowel_ending(original);
    size_t start = out->length;
    for (uint32_t try = 0; try < TRIES; try++) {
        uint32_t words = 1 + chance_below(c, most_words);
        out->length = start;
        for (uint32_t w = 0; w < words; w++) {
            if (w)
                buffer_char(out, ' ');
            add_word(c, a, woman, 1 + chance_below(c, 4), out);
        }
        if (differs_in_length((struct text){out->at + start, out->length - start}, original))
            return;
    }
}

void invent_name(struct chance *c, struct text original, struct buffer *out)
{
    invent(c, original, 4, out);
}

void invent_words(struct chance *c, struct text original, struct buffer *out)
{
    invent(c, original, 24, out);
}

static void add_letters(struct chance *c, uint32_t count, struct buffer *out)
{
    for (uint32_t i = 0; i < count; i++)
        buffer_char(out, (char)('a' + chance_below(c, 26)));
}

static struct text ending_of(struct text path)
{
    for (size_t i = path.length; i-- > 0 && path.at[i] != '/';)
        if (path.at[i] == '.')
            return (struct text){path.at + i, path.length - i};
    return TEXT("");
}

void invent_path(struct chance *c, struct text original, struct buffer *out)
{
    for (uint32_t folders = chance_below(c, 3); folders; folders--) {
        add_letters(c, 1 + chance_below(c, 12), out);
        buffer_char(out, '/');
    }
    add_letters(c, 1 + chance_below(c, 20), out);
    buffer_text_add(out, ending_of(original));
}

void invent_id(struct chance *c, uint32_t number, struct buffer *out)
{
    add_letters(c, 1 + chance_below(c, 12), out);
    buffer_number(out, number);
}
