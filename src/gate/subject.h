/* Whom an article is about, as against whom it has something from.
 *
 * Nothing agreed means off the record, and an off-record voice's name is a secret. That is right for anybody who told
 * the desk something. It would be wrong for the government that a claim accuses: nobody promises it anything, and its
 * name must be in the page. So a voice to whom nothing was ever promised is a subject, whose name may be printed, if it
 * is an organisation, if it stands accused or answers for the accused and has only denied, or if the desk neither has
 * anything from it nor any way to it; and if nothing of it is protected. */
#ifndef GATE_SUBJECT_H
#define GATE_SUBJECT_H

#include "case/model.h"

/* Sets `out[voice]` for each voice that is a subject; `promised[voice]` says to whom anything was ever promised.
 * Linear. */
void subjects_find(struct model *m, const bool *promised, bool *out);

#endif
