/* The core heap of an OP-TEE of which no ELF file is at hand. */
#ifndef TEEMEM_UNKNOWN_H
#define TEEMEM_UNKNOWN_H

#include "registers.h"

/* Something was translated. */
void unknown_translated(struct qemu_plugin_tb *tb);
/* True for a store that is to be looked at; needs no lock, as nearly all are not. */
bool unknown_concerns(mem_info info, uint64_t vaddr, void *data);
/* True once too much is watched for nothing. */
bool unknown_wants_anew(void);
void unknown_stores(const struct registers *regs, mem_info info, uint64_t vaddr, void *data);
/* Says on standard error what was not found or lost, at the end. */
void unknown_end(void);

#endif
