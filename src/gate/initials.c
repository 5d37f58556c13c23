/* First letters of a name beside a role of the same person: "A.Y., a nurse". Part of a search
 * (secrets_inside.h). */
#include "gate/secrets_inside.h"

#include "gate/endings.h"
#include "gate/known.h"

enum { ROLE_WORDS = 6 }; /* so near must the role stand */

static bool is_role_of(const struct secrets *s, const struct word *w, uint32_t owner)
{
    struct base bases[BASES_MOST];
    uint16_t groups[KNOWN_MOST];
    unsigned count = w->plain.count ? bases_read(&w->plain, &w->letters, bases) : 0;
    for (unsigned i = 0; i < count; i++) {
        uint64_t key = letters_key(&bases[i].letters);
        unsigned found = known_groups(KNOWN_ROLE, key, groups);
        for (size_t r = 0; r < s->roles.count; r++) {
            const struct role *role = &s->roles.at[r];
            if (role->owner != owner)
                continue;
            if (role->key == key)
                return true;
            for (unsigned g = 0; g < found; g++)
                if (groups[g] == role->group)
                    return true;
        }
    }
    return false;
}

bool search_role_near(const struct search *s, uint32_t first, uint32_t last, uint32_t owner)
{
    uint32_t from = first > ROLE_WORDS ? first - ROLE_WORDS : 0, to = last + ROLE_WORDS;
    for (uint32_t i = from; s->secrets->roles.count && i <= to && i < s->words.count; i++)
        if ((i < first || i > last) && is_role_of(s->secrets, &s->words.at[i], owner))
            return true;
    return false;
}

/* Whether letters are a name's first ones: in its order, family name first, or of two of its parts. */
static bool are_of(const uint32_t *letters, unsigned count, const struct initials *name)
{
    if (count == name->count) {
        bool same = true, turned = true;
        for (unsigned i = 0; i < count; i++) {
            same &= (letters[i] & name->at[i]) != 0;
            turned &= (letters[(i + 1) % count] & name->at[i]) != 0;
        }
        if (same || turned)
            return true;
    }
    uint32_t first = name->at[0], last = name->at[name->count - 1];
    return count == 2 && ((letters[0] & first && letters[1] & last) || (letters[0] & last && letters[1] & first));
}

/* Letters from word `at` on that stand alone or are one word of capitals; the last word. */
static uint32_t read_letters(const struct search *s, uint32_t at, uint32_t letters[INITIALS_MOST], unsigned *count)
{
    const struct word *w = &s->words.at[at];
    uint32_t last = at;
    *count = 0;
    if (w->plain.count >= 2 && w->plain.count <= 3 && (w->flags & WORD_CAPITAL) && (w->flags & WORD_OPENS)) {
        for (uint8_t i = 0; i < w->plain.count; i++) {
            struct letters one = {.script = w->plain.script, .count = 1, .at = {w->plain.at[i]}};
            letters[(*count)++] = initial_of(&one);
        }
        return last;
    }
    for (; at < s->words.count && *count < INITIALS_MOST; at++) {
        w = &s->words.at[at];
        if (w->plain.count != 1 || !(w->flags & (WORD_CAPITAL | WORD_CASELESS)) || (*count && w->gap == GAP_BREAK))
            break;
        letters[(*count)++] = initial_of(&w->plain);
        last = at;
    }
    return last;
}

void search_initials(struct search *s)
{
    const struct secrets *all = s->secrets;
    if (!all->roles.count || s->view->torn)
        return;
    for (uint32_t i = 0; i < s->words.count; i++) {
        uint32_t letters[INITIALS_MOST];
        unsigned count;
        uint32_t last = read_letters(s, i, letters, &count);
        for (size_t k = 0; count >= 2 && k < all->initials.count; k++) {
            const struct initials *name = &all->initials.at[k];
            if (are_of(letters, count, name) && search_role_near(s, i, last, name->owner))
                search_put(
                    s, i, last,
                    (struct secret_find){.owner = name->owner, .kind = SECRET_NAME, .how = HOW_INITIALS, .score = 0.9});
        }
        i = last;
    }
}
