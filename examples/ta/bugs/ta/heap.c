/* Bugs with blocks of the heap: one byte too many, freed twice, never freed, too small for what is written. */
#include <string.h>

#include "bugs.h"

#define LABEL_LETTERS 16

/* Bug: the loop goes one letter beyond the block. */
TEE_Result label(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	const char *text = params[0].memref.buffer;
	char *letters = TEE_Malloc(LABEL_LETTERS, TEE_MALLOC_FILL_ZERO);

	(void)session;
	if (!letters)
		return TEE_ERROR_OUT_OF_MEMORY;
	for (size_t i = 0; i < params[0].memref.size && i <= LABEL_LETTERS; i++)
		letters[i] = text[i] >= 'a' && text[i] <= 'z' ? text[i] - 'a' + 'A' : text[i];
	IMSG("%.*s", LABEL_LETTERS, letters);
	TEE_Free(letters);
	return TEE_SUCCESS;
}

/* Bug: where there is no "=", the copy is freed here and once more at the end. */
TEE_Result setting(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	const size_t size = params[0].memref.size;
	char *copy = TEE_Malloc(size + 1, TEE_MALLOC_FILL_ZERO);
	TEE_Result code = TEE_SUCCESS;
	const char *sign;

	(void)session;
	if (!copy)
		return TEE_ERROR_OUT_OF_MEMORY;
	memcpy(copy, params[0].memref.buffer, size);
	sign = strchr(copy, '=');
	if (!sign) {
		TEE_Free(copy);
		code = TEE_ERROR_BAD_FORMAT;
		goto out;
	}
	params[1].value.a = strlen(sign + 1);
out:
	TEE_Free(copy);
	return code;
}

/* Bug: a packet of another version returns without giving the copy back. */
TEE_Result packet(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	const size_t size = params[0].memref.size;
	uint8_t *copy;

	(void)session;
	if (!size)
		return TEE_ERROR_NO_DATA;
	copy = TEE_Malloc(size, TEE_MALLOC_FILL_ZERO);
	if (!copy)
		return TEE_ERROR_OUT_OF_MEMORY;
	memcpy(copy, params[0].memref.buffer, size);
	if (copy[0] != 1)
		return TEE_ERROR_NOT_SUPPORTED;
	params[1].value.a = 0;
	for (size_t i = 1; i < size; i++)
		params[1].value.a += copy[i];
	TEE_Free(copy);
	return TEE_SUCCESS;
}

struct record {
	uint32_t number;
	uint32_t next;
	uint64_t value;
};

/* Bug: the product of 32 bits is smaller than what the loop writes. */
TEE_Result records(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	const uint32_t count = params[0].value.a;
	const uint32_t bytes = count * (uint32_t)sizeof(struct record);
	struct record *list = TEE_Malloc(bytes, TEE_MALLOC_FILL_ZERO);

	(void)session;
	if (!list)
		return TEE_ERROR_OUT_OF_MEMORY;
	for (uint32_t i = 0; i < count; i++) {
		list[i].number = i;
		list[i].next = i + 1;
	}
	params[1].value.a = bytes;
	TEE_Free(list);
	return TEE_SUCCESS;
}

/* No bug, but no end either: each call keeps more, until the heap has no more. */
TEE_Result hoard(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	struct hoard *more = TEE_Malloc(sizeof(*more) + params[0].value.a, TEE_MALLOC_FILL_ZERO);

	if (!more)
		return TEE_ERROR_OUT_OF_MEMORY;
	more->next = session->hoard;
	session->hoard = more;
	return TEE_SUCCESS;
}
