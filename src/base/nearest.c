/* The nearest known word: see nearest.h. */
#include "base/nearest.h"

#define LONGEST 64u

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;
    return m < c ? m : c;
}

static unsigned alignment(struct text a, struct text b)
{
    unsigned rows[3][LONGEST + 1];
    unsigned *before = rows[0], *last = rows[1], *now = rows[2];
    for (unsigned j = 0; j <= b.length; j++)
        last[j] = j;
    for (unsigned i = 1; i <= a.length; i++) {
        now[0] = i;
        for (unsigned j = 1; j <= b.length; j++) {
            unsigned cost = a.at[i - 1] != b.at[j - 1];
            now[j] = least(last[j] + 1, now[j - 1] + 1, last[j - 1] + cost);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                now[j] = least(now[j], before[j - 2] + 1, now[j]);
        }
        unsigned *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[b.length];
}

void nearest_offer(struct nearest *n, struct text candidate)
{
    if (!n->word.length || !candidate.length || n->word.length > LONGEST || candidate.length > LONGEST)
        return;
    size_t gap =
        n->word.length > candidate.length ? n->word.length - candidate.length : candidate.length - n->word.length;
    unsigned worth = (unsigned)(n->word.length / 3 ? n->word.length / 3 : 1);
    if (gap > worth || (n->best.length && gap >= n->distance))
        return;
    unsigned distance = alignment(n->word, candidate);
    if (distance > worth || distance >= n->word.length || (n->best.length && distance >= n->distance))
        return;
    n->best = candidate;
    n->distance = distance;
}
