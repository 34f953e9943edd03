/* Shared memory of the TEE Client API. Calls copy it to the daemon and back. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "abi.h"
#include "link.h"

/* Bytes that are shared where a client asks for none. */
#define LEAST 8

static int is_shareable(const TEEC_Context *context, const TEEC_SharedMemory *memory)
{
	return context && memory && memory->flags && !(memory->flags & ~(uint32_t)(TEEC_MEM_INPUT | TEEC_MEM_OUTPUT));
}

/* Notes that it is shared with this context. Where there is no room, nothing is noted. */
static TEEC_Result share(const TEEC_Context *context, TEEC_SharedMemory *memory, uint32_t kind, void *bytes, size_t size)
{
	struct link *link = link_find(context->imp.number);
	TEEC_Result result = !link || size > link_memory_most(link) ? TEEC_ERROR_OUT_OF_MEMORY : TEEC_SUCCESS;

	if (result == TEEC_SUCCESS) {
		memory->imp.memory = bytes;
		memory->imp.size = size;
		memory->imp.owner = link_serial(link);
		memory->imp.kind = kind;
	}
	if (link)
		link_drop(link);
	return result;
}

EXPORT TEEC_Result TEEC_RegisterSharedMemory(TEEC_Context *context, TEEC_SharedMemory *memory)
{
	if (!is_shareable(context, memory) || !memory->buffer)
		return TEEC_ERROR_BAD_PARAMETERS;
	return share(context, memory, MEMORY_REGISTERED, memory->buffer, memory->size);
}

EXPORT TEEC_Result TEEC_AllocateSharedMemory(TEEC_Context *context, TEEC_SharedMemory *memory)
{
	size_t size;
	TEEC_Result result;

	if (!is_shareable(context, memory))
		return TEEC_ERROR_BAD_PARAMETERS;
	size = memory->size ? memory->size : LEAST;
	if (posix_memalign(&memory->buffer, (size_t)sysconf(_SC_PAGESIZE), size)) {
		memory->buffer = NULL;
		return TEEC_ERROR_OUT_OF_MEMORY;
	}
	result = share(context, memory, MEMORY_ALLOCATED, memory->buffer, size);
	if (result != TEEC_SUCCESS) {
		free(memory->buffer);
		memory->buffer = NULL;
	}
	return result;
}

EXPORT TEEC_Result TEEC_RegisterSharedMemoryFileDescriptor(TEEC_Context *context, TEEC_SharedMemory *memory, int fd)
{
	struct stat found;
	TEEC_Result result;
	size_t size;
	void *bytes;

	if (!is_shareable(context, memory) || fd < 0 || fstat(fd, &found) || found.st_size <= 0)
		return TEEC_ERROR_BAD_PARAMETERS;
	size = (size_t)found.st_size;
	bytes = mmap(NULL, size, PROT_READ | (memory->flags & TEEC_MEM_OUTPUT ? PROT_WRITE : 0), MAP_SHARED, fd, 0);
	if (bytes == MAP_FAILED)
		return TEEC_ERROR_BAD_PARAMETERS;
	result = share(context, memory, MEMORY_FILE, bytes, size);
	if (result == TEEC_SUCCESS) {
		memory->buffer = NULL;
		memory->size = size;
	} else
		munmap(bytes, size);
	return result;
}

EXPORT void TEEC_ReleaseSharedMemory(TEEC_SharedMemory *memory)
{
	if (!memory)
		return;
	switch (memory->imp.kind) {
	case MEMORY_ALLOCATED:
		free(memory->imp.memory);
		break;
	case MEMORY_FILE:
		munmap(memory->imp.memory, memory->imp.size);
		break;
	case MEMORY_REGISTERED:
		break;
	default:
		return;
	}
	memory->imp.kind = 0;
	memory->imp.memory = NULL;
	memory->buffer = NULL;
}
