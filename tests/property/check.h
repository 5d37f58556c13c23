/* Holds a graph's answers against the reference, row by row and certificate by certificate.
 *
 * A check says what is wrong as a remark in TAP and returns false; it never stops the program, so
 * that a failing case can be made smaller. */
#ifndef TESTS_PROPERTY_CHECK_H
#define TESTS_PROPERTY_CHECK_H

#include "property/reference.h"

/* While quiet, checks say nothing: for trying whether a smaller case still fails. */
void check_quiet(bool quiet);
void check_remark(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A graph of all steps of the sample, measured. */
struct graph *check_graph(const struct sample *s);

/* Every row of the two, word for word. `what` says how they came about. */
bool check_same_rows(const struct graph *expected, const struct graph *got, const char *what);
bool check_same_row(uint32_t claim, const struct row *expected, const struct row *got, const char *what);

/* Every number of every row, exact, by the reference. */
bool check_rows(struct graph *g, struct reference *r);

/* The certificate of a measure: the breaking set breaks, the packed lines are lines and share no
 * unit, and both agree with the row. Costs a few fixpoints; good at any size. */
bool check_certificate(struct graph *g, const struct reference *r, uint32_t claim, enum measure m);

/* What standing_lines() shows of a claim: lines that carry it and are minimal, each once. */
bool check_lines(struct graph *g, struct reference *r, uint32_t claim, enum line_side side);

#endif
