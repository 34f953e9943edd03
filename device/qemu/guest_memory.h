/* Memory of the guest that is mapped in one piece around its code, as a kernel's own is. */
#ifndef TEEMEM_GUEST_MEMORY_H
#define TEEMEM_GUEST_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guest_memory {
	/* What has to be added to a virtual address for the address in this process. */
	uint64_t distance;
	/* The piece of this process's memory that holds the code. */
	uint64_t from, to;
};

/* The memory around code at a virtual address. False if it is in no memory that can be written. */
bool memory_around(struct guest_memory *memory, uint64_t vaddr, const void *host);
/* Reads bytes; false outside of the memory. */
bool memory_read(const struct guest_memory *memory, uint64_t vaddr, void *into, size_t bytes);
/* A word of 4 or 8 bytes; 0 outside of the memory. */
uint64_t memory_word(const struct guest_memory *memory, uint64_t vaddr, size_t bytes);

#endif
