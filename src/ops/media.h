/* The case's pictures and sounds, made ready to leave: the gate's `struct media_source`.
 *
 * A record's `file` is looked for in the folder of the case, and nowhere else. It is decoded and encoded anew by
 * bearout-media, a process of its own in a sandbox, which is given the open file and nothing more; what it answers is
 * believed in nothing and looked over (ops/shape.h). No file's name, path or metadata stands in an error: they
 * may be secrets. */
#ifndef OPS_MEDIA_H
#define OPS_MEDIA_H

#include "gate/gate.h"
#include "ops/open.h"

struct media;

/* For an open case, which must outlive it. `file` is what it was opened by: paths are taken from its folder ("-": the
 * working folder). `stop` is polled. Each record is made ready once and kept. */
struct media *media_new(struct model *m, const char *file, const volatile bool *stop);
void media_free(struct media *media);

/* For struct gate_request. `bytes` that it gives belong to the caller. */
struct media_source media_source(struct media *media);

/* For tests: another program than bearout-media, and how long it may take. */
void media_use(struct media *media, const char *program, uint32_t seconds);

#endif
