/* Asks the statistics TA of one TEE, in a context and a session of its own. One thread at a time: an answer lies in the asker. */
#ifndef TEEMEM_ASKER_H
#define TEEMEM_ASKER_H

#include "line.h"

struct asker;

/* The asker for a TEE by the name that its client gave TEEC_InitializeContext, NULL for the usual one. */
struct asker *asker_of(const char *name);
/*
 * Adds ` heap=… ram=… tas=… reset=… base=…` to a line: see docs/exact_moment.md. Opens the session where that is still to do. With
 * `reset` the maximum of the core heap is set back afterwards, which everybody else sees.
 */
void asker_sample(struct asker *asker, struct line *line, int reset);
/* Adds ` pools=…`, all pools. */
void asker_pools(struct asker *asker, struct line *line);

#endif
