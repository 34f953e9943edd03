/* Operations on heaps: from the call of the allocator to its end. */
#ifndef TEEMEM_OPERATION_H
#define TEEMEM_OPERATION_H

#include "plan.h"
#include "registers.h"
#include "store.h"

/* The allocator of a program begins: an entry, on a stack. */
void operation_begins(const struct registers *regs, const struct program *program, const struct entry *entry, uint64_t slide);
/* One of its own functions has stored. */
void operation_stores(const struct registers *regs, const struct program *program, uint64_t slide, uint64_t page,
		      const struct stored *store);
/* A call has returned. */
void operation_returns(const struct registers *regs, const struct program *program, uint64_t slide);
/* The instance of a program that was loaded last at this place; 0 for none. */
unsigned int operation_instance(const struct program *program, uint64_t slide);
/* Says on standard error what was lost, at the end. */
void operations_end(void);

#endif
