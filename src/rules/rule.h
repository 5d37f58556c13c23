/* The desk's rules: what it demands of a claim before it prints it (docs/standing.md, "The rule").
 *
 * A rule is a list of conditions that must all hold. The last `rule NAME` that was not retracted
 * replaces earlier ones of that name; `print` (as fact) and `allege` (as an allegation) are always there,
 * by default as the documentation has them. A measure that is known only as an interval meets a
 * condition when every number in it does; no distance counts as one beyond all numbers. */
#ifndef RULES_RULE_H
#define RULES_RULE_H

#include "rules/hearing.h"
#include "standing/standing.h"

enum rule_subject {
    /* 0 … MEASURE_COUNT - 1: enum measure */
    RULE_DISTANCE = MEASURE_COUNT,
    RULE_KEYSTONES,
    RULE_ASKED, /* from here on: flags */
    RULE_ANSWERED,
    RULE_DENIED,
    RULE_CONTESTED,
    RULE_SUBJECTS,
};

enum rule_relation { RULE_IS, RULE_MORE, RULE_LESS, RULE_AT_LEAST, RULE_AT_MOST, RULE_IS_NOT };

struct condition {
    unsigned subject;            /* enum measure or enum rule_subject */
    enum rule_relation relation; /* of those that are no flags */
    uint32_t number;
    bool negated;     /* `not` before it */
    struct text text; /* as it was written; borrowed */
};

struct rule {
    struct text name;
    uint32_t entry; /* that set it; MODEL_NONE: a default */
    const struct condition *conditions;
    size_t count;
};

struct rules;

/* The rules in force. Borrows the model, which must not grow meanwhile. */
struct rules *rules_new(struct model *m);
void rules_free(struct rules *r);

/* `print` is 0 and `allege` 1, others follow in the order of their first entry. */
enum { RULE_PRINT, RULE_ALLEGE };
size_t rules_count(const struct rules *r);
struct rule rules_at(const struct rules *r, size_t rule);

/* The hearings that the rules look at: for others to share. */
struct hearings *rules_hearings(const struct rules *r);

/* Does a claim with this row meet one condition; a whole rule? */
bool rules_holds(const struct rules *r, const struct condition *c, uint32_t claim, const struct row *row);
bool rules_meets(const struct rules *r, size_t rule, uint32_t claim, const struct row *row);

/* Reads a condition. 0, or -1 where it is none. */
int condition_read(struct text t, struct condition *out);

#endif
