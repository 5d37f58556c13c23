/* How surely two spellings are one name.
 *
 *     names-score < PAIRS      reads lines LATIN<TAB>OTHER and prints the score of each, 0 to 1, in order
 *     names-score --threshold  prints the score at which the gate takes two spellings for one name
 *     names-score --measure < TSV  recall at one false match in a thousand over 200 000 random wrong pairs, and at the
 * threshold */
#include "gate/score.h"

#include "base/buffer.h"
#include "base/vector.h"

#include <stdio.h>
#include <stdlib.h>

/* The first two fields of a line; false where there is no tab. */
static bool split(char *line, struct text *a, struct text *b)
{
    char *tab = strchr(line, '\t');
    if (!tab)
        return false;
    *a = (struct text){line, (size_t)(tab - line)};
    *b = (struct text){tab + 1, strcspn(tab + 1, "\t\r\n")};
    return true;
}

static int score_lines(void)
{
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        struct text a, b;
        printf("%.6f\n", split(line, &a, &b) ? name_score(a, b) : 0.0);
    }
    free(line);
    return 0;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) / (double)(UINT64_C(1) << 53);
}

static int measure(void)
{
    enum { WRONG = 200000 };
    VECTOR(char *) lines = {0};
    char *line = NULL;
    size_t room = 0;
    struct text a, b, ignored;
    while (getline(&line, &room, stdin) > 0)
        if (split(line, &a, &b))
            vector_push(&lines, memory_copy(line, strlen(line)));
    double *wrong = memory_array(WRONG, sizeof *wrong);
    uint64_t state = 1;
    size_t false_hits = 0, found = 0, hits = 0;
    for (size_t i = 0; i < WRONG && lines.count > 1; i++) {
        size_t p = (size_t)(draw(&state) * (double)lines.count), q = (size_t)(draw(&state) * (double)lines.count);
        split(lines.at[p], &a, &ignored);
        split(lines.at[q], &ignored, &b);
        wrong[i] = p == q ? 0 : name_score(a, b);
        false_hits += wrong[i] >= NAME_SCORE_THRESHOLD;
    }
    qsort(wrong, WRONG, sizeof *wrong, by_size);
    double level = wrong[WRONG - 1 - WRONG / 1000];
    for (size_t i = 0; i < lines.count; i++) {
        split(lines.at[i], &a, &b);
        double s = name_score(a, b);
        found += s > level;
        hits += s >= NAME_SCORE_THRESHOLD;
    }
    printf("%zu pairs, %d wrong ones: recall %.4f at one false match in a thousand (score %.4f);\n"
           "at the threshold %.2f recall %.4f, false matches %.5f\n",
           lines.count, WRONG, (double)found / (double)lines.count, level, NAME_SCORE_THRESHOLD,
           (double)hits / (double)lines.count, (double)false_hits / WRONG);
    for (size_t i = 0; i < lines.count; i++)
        free(lines.at[i]);
    vector_release(&lines);
    free(wrong);
    free(line);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 1)
        return score_lines();
    if (argc == 2 && strcmp(argv[1], "--threshold") == 0)
        return printf("%.2f\n", NAME_SCORE_THRESHOLD) < 0;
    if (argc == 2 && strcmp(argv[1], "--measure") == 0)
        return measure();
    fputs("usage: names-score [--threshold | --measure] < PAIRS\n", stderr);
    return 2;
}
