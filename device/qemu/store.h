/* What a store of AArch64 wrote. */
#ifndef TEEMEM_STORE_H
#define TEEMEM_STORE_H

#include "registers.h"

/* Up to two values: QEMU reports a pair as one store or as two. */
struct stored {
	uint64_t address, value;
	unsigned int bytes;
};

/*
 * True for a store that can write to a heap: of general registers, and not to a local variable. Others are not watched; with
 * those that QEMU does in functions of its own, QEMU 7.2 keeps what it has freed.
 */
bool stores_to_heap(uint32_t insn);

/* Fills `into` from the instruction, the address and the size of the store. Returns how many; 0 for a store of another kind. */
unsigned int stored_values(const struct registers *regs, uint32_t insn, mem_info info, uint64_t vaddr, struct stored into[2]);

#endif
