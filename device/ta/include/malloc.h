/* The heap of the TA. These are calls of the host, which keeps it as OP-TEE does: in the TA's own bytes. */
#ifndef MALLOC_H
#define MALLOC_H

#include <stdbool.h>
#include <stddef.h>

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void *memalign(size_t alignment, size_t size);
void free(void *block);
void free_wipe(void *block);
void malloc_add_pool(void *buffer, size_t size);
bool malloc_buffer_overlaps_heap(void *buffer, size_t size);
bool malloc_buffer_is_within_alloced(void *buffer, size_t size);

#endif
