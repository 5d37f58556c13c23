/* What the files of transcripts share; nobody else includes it. */
#ifndef OPS_TRANSCRIPT_INSIDE_H
#define OPS_TRANSCRIPT_INSIDE_H

#include "ops/transcript.h"

/* Adds a line of plain words. */
void transcript_put(struct transcript *out, uint64_t start, uint64_t end, struct text speaker, struct text words);

/* Adds words, with blanks for control characters. */
void transcript_clean(struct transcript *out, struct text t);

/* A time as WebVTT and SRT write it, all of `t`. */
bool transcript_moment(struct text t, uint64_t *time);

/* What a speech recogniser says, in JSON. */
void transcript_read_json(struct text source, struct transcript *out, struct faults *faults);

#endif
