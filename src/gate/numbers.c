/* Numbers in a text, however their digits are parted: of telephones, cards, papers. Part of a search
 * (secrets_inside.h). Linear in the signs. */
#include "gate/secrets_inside.h"

#include <stdlib.h>
#include <unicode/uchar.h>

int number_order(const void *a, const void *b)
{
    const struct number *x = a, *y = b;
    if (x->digits != y->digits)
        return x->digits < y->digits ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

/* What stands within one number. */
static bool parts_digits(UChar32 c)
{
    return c == ' ' || c == 0xa0 || c == 0x202f || c == 0x2009 || c == '-' || (c >= 0x2010 && c <= 0x2015) ||
           c == '.' || c == '/' || c == '(' || c == ')' || c == '+' || c == '_' || c == '*';
}

/* The digits read last, and the signs that they are. */
struct row {
    uint8_t value[32];
    uint32_t sign[32];
    unsigned count;
};

static void push(struct row *r, uint8_t value, uint32_t sign)
{
    r->value[r->count % 32] = value;
    r->sign[r->count % 32] = sign;
    r->count++;
}

static void put_number(struct search *s, const struct number *n, uint32_t first, uint32_t last)
{
    const struct sign *a = &s->view->signs.at[first], *b = &s->view->signs.at[last];
    struct secret_find f = {.start = a->start, .end = b->end, .owner = n->owner, .kind = (enum secret_kind)n->kind};
    f.how = s->view->torn || ((a->undone | b->undone) & UNDONE_ENCODED) ? HOW_ENCODED : HOW_PLAIN;
    f.score = 1;
    if (!s->view->torn || (a->undone & UNDONE_WHOLE))
        vector_push(s->out, f);
}

/* Looks up the digits that end here. */
static void look_up(struct search *s, const struct row *r)
{
    const struct secrets *all = s->secrets;
    for (unsigned digits = NUMBER_LEAST; digits <= NUMBER_MOST && digits <= r->count; digits++) {
        struct number n = {.digits = (uint8_t)digits};
        for (unsigned k = r->count - digits; k < r->count; k++)
            n.value = n.value * 10 + r->value[k % 32];
        const struct number *found =
            bsearch(&n, all->numbers.at, all->numbers.count, sizeof *all->numbers.at, number_order);
        while (found && found > all->numbers.at && number_order(found - 1, &n) == 0)
            found--;
        for (; found && found < all->numbers.at + all->numbers.count && number_order(found, &n) == 0; found++)
            put_number(s, found, r->sign[(r->count - digits) % 32], r->sign[(r->count - 1) % 32]);
    }
}

void search_numbers(struct search *s)
{
    enum { APART = 3 };
    const signs *all = &s->view->signs;
    struct row row = {.count = 0};
    unsigned apart = 0;
    if (!s->secrets->numbers.count)
        return;
    for (uint32_t i = 0; i <= all->count; i++) {
        UChar32 c = i < all->count ? all->at[i].c : 0;
        int value = c ? u_charDigitValue(c) : -1;
        if (value >= 0) {
            push(&row, (uint8_t)value, i);
            apart = 0;
            continue;
        }
        if (apart == 0 && row.count >= NUMBER_LEAST)
            look_up(s, &row);
        if (!c || !parts_digits(c) || ++apart > APART)
            row.count = 0;
    }
}
