/* The registers of the guest's processor in a callback. */
#ifndef TEEMEM_REGISTERS_H
#define TEEMEM_REGISTERS_H

#include "qemu_api.h"

enum { SP = 31, PC = 32, LR = 30 };

/* Where the registers of a callback are. */
struct registers {
	/* QEMU's CPUARMState, or null where the plugin interface has registers of its own. */
	const uint8_t *env;
	unsigned int cpu;
};

/* Calls a function with the registers, whichever way this QEMU gives them. */
typedef void (*block_callback)(const struct registers *regs, void *data);
typedef void (*store_callback)(const struct registers *regs, mem_info info, uint64_t vaddr, void *data);

/* Chooses the way; null, or why there is none. Called once, before anything is translated. */
const char *registers_install(plugin_id id, block_callback block, store_callback store);

/* A register: 0 to 30, SP, PC. PC is that of an instruction of the same block, at or before the current one. */
uint64_t register_value(const struct registers *regs, unsigned int n);

/* Calls the functions when the block begins (without data: not at all), or when the instruction has stored in such a block. */
void on_block(struct qemu_plugin_tb *tb, void *data);
void on_store(struct qemu_plugin_insn *insn, void *data);

/* The version of the interface that QEMU is told: the newest of those that it and we know. */
int interface_version(void);

#endif
