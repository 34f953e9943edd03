/* SPDX-License-Identifier: BSD-2-Clause */
/* OP-TEE's header of this name has assembler for each processor; nothing is guessed ahead in a simulated one. */
#ifndef TEEMEM_CONFINE_ARRAY_INDEX_H
#define TEEMEM_CONFINE_ARRAY_INDEX_H

#include <stddef.h>

static inline size_t confine_array_index(size_t index, size_t size)
{
	return index < size ? index : 0;
}

#endif
