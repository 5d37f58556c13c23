/* Standing against clingo: `people` of claims of generated cases, rings of inference included, as an optimum over
 * stable models. Skips where clingo is not installed.
 *
 *     clingo_test [SEED] */
#include "bench/generate.h"
#include "bench/peers.h"

#include <stdio.h>
#include <stdlib.h>

enum { STATEMENTS = 3000, CLAIMS = 60 };

static struct bearing *measured(struct model *m, struct text text)
{
    struct faults faults = {0};
    if (model_take(m, text, TAKE_TEXT, &faults))
        abort();
    struct bearing *b = bearing_new(m);
    standing_measure(bearing_graph(b), NULL);
    return b;
}

/* Claims at even distances. */
static uint32_t sampled(struct bearing *b, unsigned i)
{
    return (uint32_t)((uint64_t)graph_claims(bearing_graph(b)) * i / CLAIMS);
}

int main(int count, char **arguments)
{
    uint64_t seed = count > 1 ? strtoull(arguments[1], NULL, 10) : 1;
    struct buffer text = {0};
    struct model *m = model_new();
    generate_case(STATEMENTS, seed, &text);
    struct bearing *b = measured(m, buffer_text(&text));
    struct peers *p = peers_new(b);
    unsigned compared = 0, differ = 0;
    int result = 0;
    for (unsigned i = 0; i < CLAIMS && result >= 0; i++) {
        uint32_t people = 0, claim = sampled(b, i);
        result = peers_clingo(p, claim, &people);
        struct interval own = standing_row(bearing_graph(b), claim).measures[PEOPLE];
        bool wrong = result == 0 && (own.low != people || own.high != people);
        compared += result == 0;
        differ += wrong;
        if (wrong)
            printf("# claim %u: clingo says %u people, the engine %u to %u\n", claim, people, own.low, own.high);
    }
    puts("1..1");
    if (result < 0)
        puts("ok 1 - clingo agrees # SKIP clingo is not installed");
    else
        printf("%s 1 - clingo agrees on %u of %u claims, seed %llu\n",
               differ || compared < CLAIMS / 2 ? "not ok" : "ok", compared - differ, compared,
               (unsigned long long)seed);
    peers_free(p);
    bearing_free(b);
    model_free(m);
    buffer_release(&text);
    return 0;
}
