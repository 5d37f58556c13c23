/* Keeping a transcript with the record whose words it has. */
#ifndef OPS_TRANSCRIPT_KEEP_H
#define OPS_TRANSCRIPT_KEEP_H

#include "ops/take.h"
#include "ops/transcript.h"

/* Reads a transcript in any of the forms that transcript_read() knows and keeps it, as WebVTT, as what was derived from
 * the file of `record`; the newest holds. `maker`: who or what made it. *lines (may be NULL): how many it has. 0; -1
 * with ERROR_INPUT and faults of the text, or with what the error says; the case is then as it was. */
int transcript_keep(const struct take_case *into, const char *record, struct text source, const char *maker,
                    size_t *lines, struct faults *faults, struct error *error);

#endif
