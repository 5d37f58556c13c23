/* The index of secrets: see secrets.h. What a secret is taken for, a name, a phrase, a number, is decided here;
 * marks.c, weigh.c, numbers.c and initials.c search. */
#include "gate/secrets_inside.h"

#include "gate/endings.h"
#include "gate/known.h"
#include "gate/score.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

struct secrets *secrets_new(void)
{
    struct secrets *s = memory_new(sizeof *s);
    s->tokens = tokens_new();
    return s;
}

#define WIPE(v)                                                                                                        \
    do {                                                                                                               \
        if ((v)->at)                                                                                                   \
            explicit_bzero((v)->at, (v)->room * sizeof *(v)->at);                                                      \
        vector_release(v);                                                                                             \
    } while (0)

void secrets_free(struct secrets *s)
{
    if (!s)
        return;
    tokens_free(s->tokens);
    WIPE(&s->list);
    WIPE(&s->parts);
    WIPE(&s->uses);
    WIPE(&s->numbers);
    WIPE(&s->initials);
    WIPE(&s->roles);
    WIPE(&s->days);
    WIPE(&s->allowed);
    free(s->first_use);
    free(s);
}

/* The words of a secret or a role as it is given. */
struct reading {
    struct view view;
    word_list words;
};

static void reading_make(struct text t, struct reading *r)
{
    *r = (struct reading){.view = {.markup = false}};
    signs_of_utf8(t, NULL, &r->view.signs);
    signs_undo(&r->view.signs);
    words_read(&r->view, &r->words);
}

static void reading_release(struct reading *r)
{
    WIPE(&r->view.signs);
    WIPE(&r->words);
}

static bool is_stop(const struct word *w)
{
    return known_is(KNOWN_STOP, w->key);
}

/* Whether a word, or what it is the plural of, is common. */
static bool is_common(const struct word *w)
{
    struct base bases[BASES_MOST];
    unsigned count = w->plain.count ? bases_read(&w->plain, &w->letters, bases) : 0;
    for (unsigned i = 0; i < count; i++)
        if (bases[i].cost < 1 && known_is(KNOWN_COMMON, letters_key(&bases[i].letters)))
            return true;
    return false;
}

static bool is_given(const struct word *w)
{
    return known_is(KNOWN_GIVEN, w->key);
}

/* Small words inside names. */
static bool is_particle(const struct word *w)
{
    static const char particles[] = " al el ul as ibn bin bint ben bar bat abu abi um umm van von vom der den de da di "
                                    "do dos du la le lo ter ten zu zum "
                                    "af av y e i oglu ogly ogli og'li o'g'li ogli qizi kizi kyzy gizi угли оглы огли "
                                    "ўғли кизи қизи кызы гызы бен бин ибн аль "
                                    "эль ас ан ал фон ван дер де ال بن ابن بنت ابو أبو ابی בן בת אבן אל ";
    char name[LETTERS_MOST * 4] = " ";
    size_t length = 1;
    for (uint8_t i = 0; i < w->letters.count && length + 6 < sizeof name; i++) {
        const char *letter = letter_name((enum script)w->letters.script, w->letters.at[i]);
        memcpy(name + length, letter, strlen(letter));
        length += strlen(letter);
    }
    name[length] = ' ';
    name[length + 1] = '\0';
    return w->letters.count && strstr(particles, name);
}

static bool is_small(const struct word *w)
{
    return w->letters.count && !(w->flags & (WORD_CAPITAL | WORD_CASELESS));
}

/* Whether a NAME describes somebody ("A former clerk at the mill") instead of naming them. */
static bool is_description(const word_list *all)
{
    unsigned caseless_common = 0;
    if (all->count < 2)
        return false;
    for (size_t i = 0; i < all->count; i++) {
        const struct word *w = &all->at[i];
        if (is_small(w) && !is_particle(w) && !(w->flags & WORD_DIGITS))
            return true;
        if (i == 0 && w->letters.script == SCRIPT_LATIN && is_stop(w) && !is_particle(w))
            return true;
        caseless_common += w->flags & WORD_CASELESS && is_common(w) && !is_given(w) && !is_particle(w);
    }
    return caseless_common > 0 || all->count > 6;
}

static void begin(struct secrets *s, enum secret_kind kind, enum form form, uint32_t owner)
{
    struct secret_entry e = {
        .kind = (uint8_t)kind, .form = (uint8_t)form, .owner = owner, .first = (uint32_t)s->parts.count};
    vector_push(&s->list, e);
}

static void add_part(struct secrets *s, const struct word *w, unsigned rank, bool spelled)
{
    struct secret_entry *e = &s->list.at[s->list.count - 1];
    uint32_t token = tokens_add(s->tokens, w, rank == RANK_RARE ? RANK_NAME : (enum rank)rank, spelled);
    vector_push(&s->uses, (struct use){token, (uint32_t)s->list.count - 1, e->parts});
    vector_push(&s->parts, (struct part){token, (uint8_t)rank});
    e->parts++;
}

/* Takes back a secret that has no parts. */
static void end(struct secrets *s)
{
    if (!s->list.at[s->list.count - 1].parts)
        s->list.count--;
}

static bool ends_in(const struct word *w, const char *ending)
{
    struct letters l = {.script = w->plain.script};
    letters_spell(&l, ending);
    return l.count && w->plain.count > l.count + 1 &&
           memcmp(w->plain.at + w->plain.count - l.count, l.at, l.count) == 0;
}

static bool is_patronymic(const struct word *w)
{
    static const char *const latin[] = {"ovich", "evich", "ovna", "evna", "ichna", "ovych", "ivna", "yevich"};
    static const char *const cyrillic[] = {"ович", "евич", "овна", "евна", "ична", "инична", "йович", "ивна"};
    const char *const *endings = w->plain.script == SCRIPT_LATIN ? latin : cyrillic;
    if (w->plain.script != SCRIPT_LATIN && w->plain.script != SCRIPT_CYRILLIC)
        return false;
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (ends_in(w, endings[i]))
            return true;
    return false;
}

/* The parts of a name that count, in their order. */
struct name {
    const struct word *at[8];
    unsigned count, family; /* family: which one says most */
};

static void name_read(const word_list *all, struct name *n)
{
    *n = (struct name){.count = 0};
    for (size_t i = 0; i < all->count && n->count < 8; i++) {
        const struct word *w = &all->at[i];
        bool only = all->count == 1;
        if (only || (!is_particle(w) && !(is_stop(w) && is_small(w)) && w->plain.count > 0))
            n->at[n->count++] = w;
    }
    if (!n->count)
        return;
    n->family = n->count - 1;
    bool last_is_given = is_given(n->at[n->family]) || (n->count > 2 && is_patronymic(n->at[n->family]));
    if (n->count > 1 && last_is_given && !is_given(n->at[0]))
        n->family = 0;
}

static unsigned rank_of(const struct name *n, unsigned i)
{
    const struct word *w = n->at[i];
    bool family = i == n->family;
    if (is_common(w) || (n->count > 1 && known_is(KNOWN_ROLE, w->key)))
        return RANK_COMMON;
    if (is_given(w) || (!family && is_patronymic(w)))
        return RANK_GIVEN;
    return family ? RANK_NAME : RANK_RARE;
}

/* Latin letters that begin the usual spellings of a letter. */
uint32_t initial_of(const struct letters *plain)
{
    static const struct {
        const char *letter, *latin;
    } more[] = {
        {"я", "yji"}, {"ю", "yjiu"}, {"е", "eyj"},   {"ж", "zj"},    {"ш", "s"},   {"щ", "s"},     {"ч", "ct"},
        {"ц", "tc"},  {"х", "khx"},  {"в", "vw"},    {"г", "gh"},    {"й", "yji"}, {"к", "kcq"},   {"у", "uow"},
        {"о", "oa"},  {"ё", "yj"},   {"а", "ao"},    {"и", "iy"},    {"э", "ea"},  {"с", "sc"},    {"з", "z"},
        {"ф", "fp"},  {"дж", "dj"},  {"ا", "aeiou"}, {"ع", "aeiou"}, {"ي", "yji"}, {"و", "wvou"},  {"خ", "kx"},
        {"ح", "h"},   {"ه", "h"},    {"ج", "jg"},    {"غ", "g"},     {"ق", "qkg"}, {"ك", "kc"},    {"ش", "sc"},
        {"ث", "t"},   {"ذ", "dz"},   {"ف", "fpv"},   {"ب", "bp"},    {"چ", "c"},   {"א", "aeiou"}, {"ע", "aeiou"},
        {"י", "yji"}, {"ו", "vwou"}, {"ח", "hck"},   {"ה", "h"},     {"ש", "s"},   {"צ", "tzc"},   {"ק", "kcq"},
        {"כ", "kc"},  {"פ", "pf"},   {"ב", "bv"},    {"ג", "gj"},    {"ט", "t"},   {"ת", "t"},     {"y", "yji"},
        {"j", "jyi"}, {"k", "kcq"},  {"c", "ck"},    {"q", "qk"},    {"x", "xkh"}, {"w", "wv"},    {"v", "vw"},
        {"i", "iyj"}, {"u", "uy"},   {"o", "oa"},    {"e", "ey"},
    };
    if (!plain->count)
        return 0;
    const char *letter = letter_name((enum script)plain->script, plain->at[0]);
    const char *latin = NULL;
    struct letters first = {.script = plain->script, .count = 1, .at = {plain->at[0]}}, respelled;
    for (size_t i = 0; !latin && i < sizeof more / sizeof *more; i++)
        if (strcmp(more[i].letter, letter) == 0)
            latin = more[i].latin;
    uint32_t mask = 0;
    for (; latin && *latin; latin++)
        mask |= 1u << (*latin - 'a');
    if (mask)
        return mask;
    letters_in_latin(&first, &respelled);
    letter = respelled.count && respelled.script == SCRIPT_LATIN ? letter_name(SCRIPT_LATIN, respelled.at[0]) : "";
    return *letter >= 'a' && *letter <= 'z' ? 1u << (*letter - 'a') : 0;
}

static void add_initials(struct secrets *s, const struct name *n, uint32_t owner)
{
    struct initials i = {.owner = owner};
    for (unsigned k = 0; k < n->count && i.count < INITIALS_MOST; k++)
        i.at[i.count++] = initial_of(&n->at[k]->plain);
    if (i.count >= 2)
        vector_push(&s->initials, i);
}

static void append(struct letters *to, const struct letters *from, uint8_t count)
{
    for (uint8_t i = 0; i < count && to->count < LETTERS_MOST; i++)
        to->at[to->count++] = from->at[i];
}

/* A name without blanks, as in addresses: both words, or one and the other's first letter. */
static void add_whole(struct secrets *s, enum secret_kind kind, uint32_t owner, const struct word *a,
                      const struct word *b, uint8_t of_a, uint8_t of_b)
{
    enum { LEAST = 6 };
    struct word w = {.letters = {.script = a->plain.script}};
    append(&w.letters, &a->plain, of_a);
    append(&w.letters, &b->plain, of_b);
    if (a->plain.script != b->plain.script || w.letters.count < LEAST)
        return;
    w.plain = w.letters;
    w.key = w.raw = letters_key(&w.plain);
    begin(s, kind, FORM_NAME, owner);
    add_part(s, &w, RANK_WHOLE, false);
}

static void add_wholes(struct secrets *s, enum secret_kind kind, uint32_t owner, const struct name *n)
{
    const struct word *family = n->at[n->family];
    for (unsigned i = 0; i < n->count; i++) {
        const struct word *w = n->at[i];
        if (i == n->family || !w->plain.count || !family->plain.count)
            continue;
        add_whole(s, kind, owner, w, family, w->plain.count, family->plain.count);
        add_whole(s, kind, owner, family, w, family->plain.count, w->plain.count);
        if (is_common(family))
            continue;
        add_whole(s, kind, owner, w, family, 1, family->plain.count);
        add_whole(s, kind, owner, family, w, family->plain.count, 1);
    }
}

static void add_name(struct secrets *s, enum secret_kind kind, const word_list *all, uint32_t owner)
{
    struct name n;
    name_read(all, &n);
    begin(s, kind, FORM_NAME, owner);
    for (unsigned i = 0; i < n.count; i++) {
        unsigned rank = rank_of(&n, i);
        add_part(s, n.at[i], rank, rank != RANK_COMMON && n.at[i]->plain.count >= 3);
    }
    end(s);
    add_wholes(s, kind, owner, &n);
    add_initials(s, &n, owner);
}

/* A phrase: its words but those that mean nothing. Never one common word alone where it only describes. */
static void add_phrase(struct secrets *s, enum secret_kind kind, const word_list *all, uint32_t owner)
{
    size_t telling = 0, last = 0;
    for (size_t i = 0; i < all->count; i++)
        if (!is_stop(&all->at[i])) {
            telling++;
            last = i;
        }
    if (!telling || (telling == 1 && kind == SECRET_NAME && is_common(&all->at[last])))
        return;
    begin(s, kind, FORM_PHRASE, owner);
    for (size_t i = 0; i < all->count; i++) {
        const struct word *w = &all->at[i];
        bool name = (w->flags & (WORD_CAPITAL | WORD_CASELESS)) && !is_common(w) && w->plain.count >= 4;
        if (!is_stop(w))
            add_part(s, w, RANK_WORD, name);
    }
}

/* Capitals alone, none of them a common word: a name within a detail. */
static bool is_name(const word_list *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (!(all->at[i].flags & WORD_CAPITAL) || is_common(&all->at[i]) || is_stop(&all->at[i]))
            return false;
    return all->count == 2 || all->count == 3;
}

/* Digits of a text as one number, where they are enough to be one. */
static void add_numbers(struct secrets *s, enum secret_kind kind, const signs *all, uint32_t owner)
{
    uint8_t digits[32];
    uint8_t count = 0;
    for (size_t i = 0; i <= all->count; i++) {
        UChar32 c = i < all->count ? all->at[i].c : 'x';
        int value = u_charDigitValue(c);
        if (value >= 0 && count < sizeof digits)
            digits[count++] = (uint8_t)value;
        if (value >= 0 || !(u_isalpha(c) || c == ',' || c == ';' || c == '@' || c == 0))
            continue;
        if (count >= NUMBER_LEAST) {
            struct number n = {.kind = (uint8_t)kind, .owner = owner, .digits = NUMBER_MOST};
            n.digits = count < NUMBER_MOST ? count : NUMBER_MOST;
            for (uint8_t k = count - n.digits; k < count; k++)
                n.value = n.value * 10 + digits[k];
            vector_push(&s->numbers, n);
        }
        count = 0;
    }
}

/* The words from `from` to `to`, as all words of a secret. */
static word_list slice(const word_list *all, size_t from, size_t to)
{
    word_list some = {.at = all->at + from, .count = to - from, .room = 0};
    return some;
}

/* Addresses and handles within a contact: runs without blanks that hold '@', or letters and digits or signs. True
 * where there was one. */
static bool add_addresses(struct secrets *s, const struct reading *r, uint32_t owner)
{
    bool any = false;
    for (size_t i = 0; i < r->words.count;) {
        size_t to = i + 1;
        while (to < r->words.count && r->words.at[to].gap == GAP_SIGN)
            to++;
        const struct word *first = &r->words.at[i], *last = &r->words.at[to - 1];
        bool at = first->first && r->view.signs.at[first->first - 1].c == '@';
        bool mail = false, letters = first->plain.count > 0;
        size_t local = to;
        for (size_t k = i + 1; k < to; k++)
            if (r->view.signs.at[r->words.at[k].first - 1].c == '@') {
                mail = true;
                local = k;
            }
        word_list run = slice(&r->words, i, to), own = slice(&r->words, i, local);
        bool technical = (first->flags | last->flags) & WORD_TECHNICAL;
        if (mail || at || (technical && letters && r->words.count > 1) || (technical && letters)) {
            any = true;
            begin(s, SECRET_CONTACT, FORM_PHRASE, owner);
            for (size_t k = 0; k < run.count; k++)
                if (!is_stop(&run.at[k]))
                    add_part(s, &run.at[k], RANK_WORD, false);
            end(s);
            unsigned total = 0;
            for (size_t k = 0; k < own.count; k++)
                total += own.at[k].plain.count;
            if (mail && total >= 6 && (own.count > 1 || !is_common(&own.at[0]))) {
                begin(s, SECRET_CONTACT, FORM_EXACT, owner);
                for (size_t k = 0; k < own.count; k++)
                    add_part(s, &own.at[k], RANK_WORD, false);
            }
        }
        i = to;
    }
    return any;
}

static void add_contact(struct secrets *s, const struct reading *r, uint32_t owner)
{
    size_t numbers = s->numbers.count;
    add_numbers(s, SECRET_CONTACT, &r->view.signs, owner);
    bool address = add_addresses(s, r, owner);
    if (address || s->numbers.count > numbers)
        return;
    if (r->words.count == 1)
        add_name(s, SECRET_CONTACT, &r->words, owner);
    else
        add_phrase(s, SECRET_CONTACT, &r->words, owner);
}

/* How much a word of a file's name says: letters or digits that are not common. */
static double tells(const struct word *w)
{
    if (!w->plain.count)
        return w->count >= 4 ? 2 : 0.5;
    return is_common(w) || is_stop(w) || w->plain.count < 3 ? 0.5 : w->plain.count < 5 ? 1.5 : 2;
}

static void add_file_words(struct secrets *s, const word_list *all, uint32_t owner)
{
    begin(s, SECRET_FILE, FORM_EXACT, owner);
    for (size_t i = 0; i < all->count; i++)
        add_part(s, &all->at[i], RANK_WORD, false);
    end(s);
}

/* A file's name with its ending; without, where what is left says enough. */
static void add_file(struct secrets *s, struct text path, uint32_t owner)
{
    struct reading r;
    double says = 0;
    for (size_t i = path.length; i > 0; i--)
        if (path.at[i - 1] == '/' || path.at[i - 1] == '\\') {
            path = (struct text){path.at + i, path.length - i};
            break;
        }
    size_t point = path.length;
    for (size_t i = path.length; i > 1 && path.length - i < 6; i--)
        if (path.at[i - 1] == '.') {
            point = i - 1;
            break;
        }
    reading_make(path, &r);
    size_t stem = r.words.count;
    while (stem > 0 && r.words.at[stem - 1].start >= point)
        stem--;
    for (size_t i = 0; i < stem; i++)
        says += tells(&r.words.at[i]);
    add_file_words(s, &r.words, owner);
    word_list some = slice(&r.words, 0, stem);
    if (stem < r.words.count && says >= 2)
        add_file_words(s, &some, owner);
    reading_release(&r);
}

/* Days within a detail: each is found however it is written. */
static void add_days(struct secrets *s, const struct reading *r, uint32_t owner)
{
    size_t last;
    for (size_t i = 0; i < r->words.count; i++) {
        uint32_t day = date_at(&r->view.signs, &r->words, i, &last);
        if (day)
            vector_push(&s->days, (struct day){day, owner});
    }
}

void secrets_add(struct secrets *s, enum secret_kind kind, struct text secret, uint32_t owner)
{
    struct reading r;
    if (kind == SECRET_FILE) {
        add_file(s, secret, owner);
        return;
    }
    reading_make(secret, &r);
    if (kind == SECRET_CONTACT) {
        add_contact(s, &r, owner);
    } else if (kind == SECRET_NAME && !is_description(&r.words)) {
        add_name(s, kind, &r.words, owner);
    } else {
        add_phrase(s, kind, &r.words, owner);
        add_numbers(s, kind, &r.view.signs, owner);
        add_days(s, &r, owner);
        if (kind == SECRET_DETAIL && is_name(&r.words))
            add_name(s, kind, &r.words, owner);
    }
    reading_release(&r);
}

void secrets_add_role(struct secrets *s, struct text role, uint32_t owner)
{
    struct reading r;
    reading_make(role, &r);
    for (size_t i = 0; i < r.words.count; i++) {
        const struct word *w = &r.words.at[i];
        uint16_t groups[KNOWN_MOST];
        if (is_stop(w))
            continue;
        unsigned count = known_groups(KNOWN_ROLE, w->key, groups);
        vector_push(&s->roles, (struct role){owner, w->key, UINT16_MAX});
        for (unsigned g = 0; g < count; g++)
            vector_push(&s->roles, (struct role){owner, w->key, groups[g]});
    }
    reading_release(&r);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

void secrets_allow(struct secrets *s, struct text words)
{
    struct reading r;
    reading_make(words, &r);
    for (size_t i = 0; i < r.words.count; i++)
        vector_push(&s->allowed, r.words.at[i].key);
    reading_release(&r);
}

static int by_token(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    if (x->token != y->token)
        return x->token < y->token ? -1 : 1;
    if (x->secret != y->secret)
        return x->secret < y->secret ? -1 : 1;
    return x->part < y->part ? -1 : x->part > y->part;
}

static void sort_uses(struct secrets *s)
{
    size_t count = tokens_count(s->tokens), use = 0;
    if (s->uses.count)
        qsort(s->uses.at, s->uses.count, sizeof *s->uses.at, by_token);
    s->first_use = memory_array(count + 1, sizeof *s->first_use);
    for (size_t t = 0; t <= count; t++) {
        while (use < s->uses.count && s->uses.at[use].token < t)
            use++;
        s->first_use[t] = (uint32_t)use;
    }
}

void secrets_ready(struct secrets *s)
{
    size_t names = 0;
    if (s->ready)
        return;
    s->ready = true;
    tokens_ready(s->tokens);
    for (uint32_t i = 0; i < tokens_count(s->tokens); i++)
        names += tokens_at(s->tokens, i)->spelled;
    s->need = 6.5 + 1.3 * log(1 + (double)names);
    sort_uses(s);
    days_sort(s);
    if (s->numbers.count)
        qsort(s->numbers.at, s->numbers.count, sizeof *s->numbers.at, number_order);
    if (s->allowed.count)
        qsort(s->allowed.at, s->allowed.count, sizeof *s->allowed.at, by_number);
}

static int by_place(const void *a, const void *b)
{
    const struct secret_find *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->owner != y->owner)
        return x->owner < y->owner ? -1 : 1;
    if (x->near != y->near)
        return x->near ? 1 : -1;
    if (x->how != y->how)
        return x->how < y->how ? -1 : 1;
    return x->end < y->end ? 1 : x->end > y->end ? -1 : 0;
}

/* Of finds of one owner that overlap, the surer one stays; of equals the first. */
static void merge(secret_finds *out, size_t first)
{
    size_t to = first;
    if (out->count > first)
        qsort(out->at + first, out->count - first, sizeof *out->at, by_place);
    for (size_t i = first; i < out->count; i++) {
        struct secret_find f = out->at[i];
        bool taken = false;
        for (size_t k = to; k > first && !taken && to - k < 16; k--) {
            struct secret_find *old = &out->at[k - 1];
            if (old->owner != f.owner || old->end <= f.start)
                continue;
            taken = true;
            if (old->near && !f.near) {
                f.start = old->start < f.start ? old->start : f.start;
                *old = f;
            }
        }
        if (!taken)
            out->at[to++] = f;
    }
    out->count = to;
}

static void find_in_view(const struct secrets *s, const struct view *v, secret_finds *out)
{
    struct search search = {.secrets = s, .view = v, .out = out};
    words_read(v, &search.words);
    if (search.words.count) {
        search_mark(&search);
        search_weigh(&search);
        search_initials(&search);
        search_dates(&search);
    }
    search_numbers(&search);
    vector_release(&search.words);
    vector_release(&search.marks);
}

static void find_in_views(const struct secrets *s, const views *all, secret_finds *out)
{
    size_t first = out->count;
    assert(s->ready);
    for (size_t i = 0; i < all->count; i++)
        find_in_view(s, &all->at[i], out);
    merge(out, first);
}

void secrets_find(const struct secrets *s, struct text text, secret_finds *out)
{
    views all = {0};
    views_of_text(text, &all);
    find_in_views(s, &all, out);
    views_release(&all);
}

void secrets_find_in_bytes(const struct secrets *s, struct text bytes, secret_finds *out)
{
    views all = {0};
    views_of_bytes(bytes, &all);
    find_in_views(s, &all, out);
    views_release(&all);
}

/* Signs that writing needs: the non-joiner inside Persian words, a variation selector behind a symbol. */
static bool is_needed(UChar32 before, UChar32 c, UChar32 behind)
{
    bool arabic = before >= 0x600 && before < 0x780 && behind >= 0x600 && behind < 0x780;
    return (c == 0x200c && arabic) || (c == 0xfe0f && before >= 0x2000 && u_charType(before) != U_FORMAT_CHAR);
}

bool secrets_hidden_sign(struct text text, size_t *at, uint32_t *code_point)
{
    UChar32 before = 0;
    for (size_t i = 0; i < text.length;) {
        size_t start = i, next;
        UChar32 c, behind = 0;
        U8_NEXT((const uint8_t *)text.at, i, text.length, c);
        next = i;
        if (next < text.length)
            U8_NEXT((const uint8_t *)text.at, next, text.length, behind);
        bool hidden = c >= 0 && (letter_is_invisible(c) || u_charType(c) == U_PRIVATE_USE_CHAR);
        if (hidden && !is_needed(before, c, behind)) {
            *at = start;
            *code_point = (uint32_t)c;
            return true;
        }
        before = c;
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
