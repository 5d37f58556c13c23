/* Reducing a hitting set question: see kernel.h.
 *
 * Every answer of the reduced question, with what was chosen on the way, is one of the whole:
 * a set that contains another is touched when that one is, and an element whose sets another
 * element's include can be replaced by it. */
#include "standing/kernel.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define resized(v, n)                                                                                                  \
    do {                                                                                                               \
        if ((v)->room < (size_t)(n))                                                                                   \
            vector_reserve(v, (size_t)(n) - (v)->count);                                                               \
        (v)->count = (n);                                                                                              \
    } while (0)

void kernel_release(struct kernel *k)
{
    vector_release(&k->set_at);
    vector_release(&k->set_elements);
    vector_release(&k->element_at);
    vector_release(&k->element_sets);
    vector_release(&k->unit);
    vector_release(&k->chosen);
    vector_release(&k->set_gone);
    vector_release(&k->element_gone);
    vector_release(&k->sign);
    vector_release(&k->mark);
    vector_release(&k->part);
    free(k->local);
    search_free(k->search);
}

/* The element lists from the set lists: a counting sort. */
static void turn(struct kernel *k)
{
    resized(&k->element_at, (size_t)k->elements + 2);
    memset(k->element_at.at, 0, ((size_t)k->elements + 2) * sizeof *k->element_at.at);
    resized(&k->element_sets, k->set_elements.count);
    for (size_t i = 0; i < k->set_elements.count; i++)
        k->element_at.at[k->set_elements.at[i] + 2]++;
    for (uint32_t e = 0; e < k->elements; e++)
        k->element_at.at[e + 2] += k->element_at.at[e + 1];
    for (uint32_t s = 0; s < k->sets; s++)
        for (uint32_t i = k->set_at.at[s]; i < k->set_at.at[s + 1]; i++)
            k->element_sets.at[k->element_at.at[k->set_elements.at[i] + 1]++] = s;
    resized(&k->set_gone, k->sets);
    resized(&k->element_gone, k->elements);
    memset(k->set_gone.at, 0, k->sets);
    memset(k->element_gone.at, 0, k->elements);
}

void kernel_load(struct kernel *k, const uint32_t *sets, uint32_t count, uint32_t highest)
{
    if (k->locals <= highest) {
        size_t next = (size_t)highest + highest / 8 + 64;
        k->local = memory_resize(k->local, next, sizeof *k->local);
        memset(k->local + k->locals, 0, (next - k->locals) * sizeof *k->local);
        k->locals = next;
    }
    k->sets = count;
    k->elements = 0;
    k->set_at.count = k->set_elements.count = k->unit.count = k->chosen.count = k->mark.count = 0;
    for (uint32_t s = 0; s < count; s++, sets += 1 + *sets) {
        vector_push(&k->set_at, (uint32_t)k->set_elements.count);
        for (uint32_t i = 1; i <= *sets; i++) {
            uint32_t *local = &k->local[sets[i]];
            if (!*local) {
                vector_push(&k->unit, sets[i]);
                vector_push(&k->mark, UINT32_MAX);
                *local = ++k->elements;
            }
            if (k->mark.at[*local - 1] != s) /* a unit given twice counts once */
                vector_push(&k->set_elements, *local - 1);
            k->mark.at[*local - 1] = s;
        }
    }
    vector_push(&k->set_at, (uint32_t)k->set_elements.count);
    for (uint32_t e = 0; e < k->elements; e++)
        k->local[k->unit.at[e]] = 0;
    turn(k);
}

static uint32_t degree(const struct kernel *k, uint32_t e)
{
    return k->element_at.at[e + 1] - k->element_at.at[e];
}

static uint32_t size(const struct kernel *k, uint32_t s)
{
    return k->set_at.at[s + 1] - k->set_at.at[s];
}

/* Takes the elements of one-element sets; true where there were any. */
static bool force(struct kernel *k)
{
    bool any = false;
    for (uint32_t s = 0; s < k->sets; s++) {
        if (k->set_gone.at[s] || size(k, s) != 1)
            continue;
        uint32_t e = k->set_elements.at[k->set_at.at[s]];
        vector_push(&k->chosen, k->unit.at[e]);
        k->element_gone.at[e] = 1;
        for (uint32_t i = k->element_at.at[e]; i < k->element_at.at[e + 1]; i++)
            k->set_gone.at[k->element_sets.at[i]] = 1;
        any = true;
    }
    return any;
}

static uint32_t rarest(const struct kernel *k, uint32_t s)
{
    uint32_t best = k->set_elements.at[k->set_at.at[s]];
    for (uint32_t i = k->set_at.at[s] + 1; i < k->set_at.at[s + 1]; i++)
        if (degree(k, k->set_elements.at[i]) < degree(k, best))
            best = k->set_elements.at[i];
    return best;
}

/* Does set s hold all `count` elements that are marked? */
static bool holds_marked(const struct kernel *k, uint32_t s, uint32_t mark, uint32_t count)
{
    for (uint32_t i = k->set_at.at[s]; i < k->set_at.at[s + 1]; i++)
        count -= k->mark.at[k->set_elements.at[i]] == mark;
    return count == 0;
}

/* Drops sets that contain another; of equal ones the first stays. */
static bool drop_wider(struct kernel *k, int64_t *work)
{
    bool any = false;
    resized(&k->sign, k->sets);
    for (uint32_t s = 0; s < k->sets; s++) {
        k->sign.at[s] = 0;
        for (uint32_t i = k->set_at.at[s]; i < k->set_at.at[s + 1]; i++)
            k->sign.at[s] |= UINT64_C(1) << (k->set_elements.at[i] & 63);
    }
    resized(&k->mark, k->elements);
    memset(k->mark.at, 0xff, k->elements * sizeof *k->mark.at);
    for (uint32_t s = 0; s < k->sets; s++) {
        if (k->set_gone.at[s])
            continue;
        for (uint32_t i = k->set_at.at[s]; i < k->set_at.at[s + 1]; i++)
            k->mark.at[k->set_elements.at[i]] = s;
        uint32_t e = rarest(k, s);
        *work -= degree(k, e);
        for (uint32_t i = k->element_at.at[e]; i < k->element_at.at[e + 1]; i++) {
            uint32_t other = k->element_sets.at[i];
            if (other == s || k->set_gone.at[other] || size(k, other) < size(k, s) ||
                k->sign.at[s] & ~k->sign.at[other])
                continue;
            *work -= size(k, other);
            if (holds_marked(k, other, s, size(k, s)))
                k->set_gone.at[other] = any = true;
        }
    }
    return any;
}

/* Are the sets of e among those of f? Both lists ascend. */
static bool within(const struct kernel *k, uint32_t e, uint32_t f)
{
    const uint32_t *a = k->element_sets.at + k->element_at.at[e], *a_end = a + degree(k, e);
    const uint32_t *b = k->element_sets.at + k->element_at.at[f], *b_end = b + degree(k, f);
    for (; a < a_end; a++, b++) {
        while (b < b_end && *b < *a)
            b++;
        if (b == b_end || *b != *a)
            return false;
    }
    return true;
}

static uint32_t shortest_set(const struct kernel *k, uint32_t e)
{
    const uint32_t *at = k->element_sets.at + k->element_at.at[e];
    uint32_t best = at[0];
    for (uint32_t i = 1; i < degree(k, e); i++)
        if (size(k, at[i]) < size(k, best))
            best = at[i];
    return best;
}

/* Drops elements that another makes needless; of equals the first stays. */
static bool drop_dominated(struct kernel *k, int64_t *work)
{
    bool any = false;
    for (uint32_t e = 0; e < k->elements; e++) {
        if (k->element_gone.at[e] || !degree(k, e))
            continue;
        uint32_t s = shortest_set(k, e);
        *work -= degree(k, e) + size(k, s);
        for (uint32_t i = k->set_at.at[s]; i < k->set_at.at[s + 1]; i++) {
            uint32_t f = k->set_elements.at[i];
            if (f == e || k->element_gone.at[f] || degree(k, f) < degree(k, e) ||
                (degree(k, f) == degree(k, e) && f > e))
                continue;
            *work -= degree(k, f);
            if (within(k, e, f)) {
                k->element_gone.at[e] = any = true;
                break;
            }
        }
    }
    return any;
}

/* Squeezes out what is gone. */
static void squeeze(struct kernel *k)
{
    uint32_t elements = 0, sets = 0, from = k->set_at.at[0];
    size_t to = 0;
    resized(&k->mark, k->elements);
    for (uint32_t e = 0; e < k->elements; e++) {
        k->mark.at[e] = elements;
        if (!k->element_gone.at[e])
            k->unit.at[elements++] = k->unit.at[e];
    }
    for (uint32_t s = 0; s < k->sets; s++) {
        uint32_t end = k->set_at.at[s + 1];
        if (!k->set_gone.at[s]) {
            k->set_at.at[sets++] = (uint32_t)to;
            for (uint32_t i = from; i < end; i++)
                if (!k->element_gone.at[k->set_elements.at[i]])
                    k->set_elements.at[to++] = k->mark.at[k->set_elements.at[i]];
        }
        from = end;
    }
    k->set_at.at[sets] = (uint32_t)to;
    k->set_elements.count = to;
    k->sets = sets;
    k->elements = elements;
    turn(k);
}

static void reduce(struct kernel *k, int64_t *work)
{
    for (;;) {
        bool any = force(k);
        if (any)
            squeeze(k);
        if (!k->sets || *work < 0)
            return;
        if (drop_wider(k, work)) {
            squeeze(k);
            any = true;
        }
        if (drop_dominated(k, work)) {
            squeeze(k);
            any = true;
        }
        if (!any)
            return;
    }
}

/* Gathers the sets that hang together with `s` into k->part, marking them gone. */
static void gather_part(struct kernel *k, uint32_t s)
{
    k->part.count = 0;
    k->set_gone.at[s] = 1;
    vector_push(&k->part, s);
    for (size_t next = 0; next < k->part.count; next++) {
        uint32_t at = k->part.at[next];
        for (uint32_t i = k->set_at.at[at]; i < k->set_at.at[at + 1]; i++) {
            uint32_t e = k->set_elements.at[i];
            if (k->element_gone.at[e])
                continue;
            k->element_gone.at[e] = 1;
            for (uint32_t j = k->element_at.at[e]; j < k->element_at.at[e + 1]; j++) {
                uint32_t other = k->element_sets.at[j];
                if (!k->set_gone.at[other]) {
                    k->set_gone.at[other] = 1;
                    vector_push(&k->part, other);
                }
            }
        }
    }
}

struct interval kernel_solve(struct kernel *k, uint32_t floor, int64_t *work)
{
    reduce(k, work);
    uint32_t forced = (uint32_t)k->chosen.count;
    struct interval sum = {forced, forced};
    for (uint32_t s = 0; s < k->sets; s++) {
        if (k->set_gone.at[s])
            continue;
        gather_part(k, s);
        bool only = k->part.count == k->sets; /* the floor is for all parts together */
        struct interval part =
            search_part(k, k->part.at, (uint32_t)k->part.count, only && floor > forced ? floor - forced : 0, work);
        sum.low += part.low;
        sum.high += part.high;
    }
    return sum;
}
