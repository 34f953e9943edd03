/* Tells code of a program by its bytes, wherever it was loaded. */
#ifndef TEEMEM_RECOGNISE_H
#define TEEMEM_RECOGNISE_H

#include "plan.h"

/* The place where a block has to stop, or null. `host` is where its first instruction is in the memory of this process. */
const struct stop *stop_at(const struct program *program, uint64_t vaddr, const uint8_t *host);
/* The link address of an instruction in the allocator's own functions, or 0. */
uint64_t code_at(const struct program *program, uint64_t vaddr, const uint8_t *host);

#endif
