/* Reads off a store instruction of AArch64 (Arm ARM, C4.1) which registers it wrote. */
#include "store.h"

enum { ZERO = 31 };

static uint64_t value_of(const struct registers *regs, unsigned int n, unsigned int bytes)
{
	uint64_t value = n == ZERO ? 0 : register_value(regs, n);

	return bytes < 8 ? value & ((1ULL << (8 * bytes)) - 1) : value;
}

/* The address of a pair's first register; its base is not yet changed where it will be. */
static uint64_t pair_base(const struct registers *regs, uint32_t insn, unsigned int bytes)
{
	int64_t offset = ((int64_t)(insn >> 15 & 0x7f) << 57) >> 57;
	bool behind = (insn >> 23 & 3) == 1;

	return register_value(regs, insn >> 5 & 31) + (behind ? 0 : offset * bytes);
}

/* STP, STNP of general registers */
static bool is_pair(uint32_t insn)
{
	return (insn & 0x7c400000) == 0x28000000;
}

/* STR, STRB, STRH, STUR in every mode; STLR */
static bool is_single(uint32_t insn)
{
	return (insn & 0x3fc00000) == 0x39000000 || (insn & 0x3fe00000) == 0x38000000 || (insn & 0x3fe00c00) == 0x38200800 ||
	       (insn & 0x3fe08000) == 0x08808000;
}

bool stores_to_heap(uint32_t insn)
{
	return (is_pair(insn) || is_single(insn)) && (insn >> 5 & 31) != SP;
}

unsigned int stored_values(const struct registers *regs, uint32_t insn, mem_info info, uint64_t vaddr, struct stored into[2])
{
	unsigned int bytes = 1u << qemu_plugin_mem_size_shift(info);
	unsigned int first = insn & 31, second = insn >> 10 & 31;
	unsigned int each = insn >> 31 ? 8 : 4;

	if (is_pair(insn)) {
		if (bytes == 2 * each) {
			into[0] = (struct stored){ vaddr, value_of(regs, first, each), each };
			into[1] = (struct stored){ vaddr + each, value_of(regs, second, each), each };
			return 2;
		}
		if (vaddr != pair_base(regs, insn, each))
			first = second;
		into[0] = (struct stored){ vaddr, value_of(regs, first, bytes), bytes };
		return 1;
	}
	if (is_single(insn)) {
		into[0] = (struct stored){ vaddr, value_of(regs, first, bytes), bytes };
		return 1;
	}
	return 0;
}
