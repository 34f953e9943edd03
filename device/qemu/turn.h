/* Turns of a TA: from the call of one of its entry points to its return. */
#ifndef TEEMEM_TURN_H
#define TEEMEM_TURN_H

#include "plan.h"
#include "registers.h"

/* An entry point is called. */
void turn_begins(const struct registers *regs, const struct program *program, const struct turn *turn, uint64_t slide);
/* A call of one has returned. */
void turn_returns(const struct registers *regs, const struct program *program, uint64_t slide);

#endif
