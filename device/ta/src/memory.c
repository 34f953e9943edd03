/* TEE_Malloc and its family over the heap, and bytes: TEE Internal Core API 1.3.1, 4.11. */
#include <stdlib.h>
#include <string.h>
#include <tee_internal_api.h>
#include <tee_internal_api_extensions.h>

#include "host.h"

/* What TEE_Malloc gives for no bytes: not NULL, and nothing that may be touched. */
#define NO_BYTES ((void *)1)

void *TEE_Malloc(size_t size, uint32_t hint)
{
	switch (hint) {
	case TEE_MALLOC_FILL_ZERO:
		return size ? calloc(1, size) : NO_BYTES;
	case TEE_MALLOC_NO_FILL:
	case TEE_USER_MEM_HINT_NO_FILL_ZERO:
		return size ? malloc(size) : NO_BYTES;
	default:
		EMSG("Invalid hint %#x", (unsigned int)hint);
		return NULL;
	}
}

void *TEE_Realloc(void *buffer, size_t size)
{
	if (buffer == NO_BYTES)
		buffer = NULL;
	if (size)
		return buffer ? realloc(buffer, size) : calloc(1, size);
	free(buffer);
	return NO_BYTES;
}

void TEE_Free(void *buffer)
{
	if (buffer != NO_BYTES)
		free(buffer);
}

void TEE_MemMove(void *to, const void *from, size_t size)
{
	memmove(to, from, size);
}

void TEE_MemFill(void *buffer, uint8_t byte, size_t size)
{
	memset(buffer, byte, size);
}

int32_t TEE_MemCompare(const void *a, const void *b, size_t size)
{
	const uint8_t *x = a, *y = b;
	int32_t first = 0;

	/* In constant time: the difference of the first bytes that differ. */
	for (size_t i = size; i-- > 0;)
		first = x[i] != y[i] ? (int32_t)x[i] - (int32_t)y[i] : first;
	return first;
}

void __noreturn TEE_Panic(TEE_Result code)
{
	_utee_panic(code);
}

void TEE_InitRefAttribute(TEE_Attribute *attribute, uint32_t id, const void *buffer, size_t length)
{
	if (id & TEE_ATTR_FLAG_VALUE)
		TEE_Panic(TEE_ERROR_BAD_PARAMETERS);
	attribute->attributeID = id;
	attribute->content.ref.buffer = (void *)buffer;
	attribute->content.ref.length = length;
}

void TEE_InitValueAttribute(TEE_Attribute *attribute, uint32_t id, uint32_t a, uint32_t b)
{
	if (!(id & TEE_ATTR_FLAG_VALUE))
		TEE_Panic(TEE_ERROR_BAD_PARAMETERS);
	attribute->attributeID = id;
	attribute->content.value.a = a;
	attribute->content.value.b = b;
}
