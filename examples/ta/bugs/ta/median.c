/* A command without a bug, whose heap nobody sees from outside: two copies of its input are there while it sorts, none when it returns. */
#include <string.h>

#include "bugs.h"

/* Both halves are in order; `scratch` has room for all. */
static void merge(uint32_t *numbers, uint32_t *scratch, size_t half, size_t count)
{
	size_t a = 0, b = half;

	for (size_t i = 0; i < count; i++)
		scratch[i] = b == count || (a < half && numbers[a] <= numbers[b]) ? numbers[a++] : numbers[b++];
	memcpy(numbers, scratch, count * sizeof(*numbers));
}

static void sort(uint32_t *numbers, uint32_t *scratch, size_t count)
{
	if (count < 2)
		return;
	sort(numbers, scratch, count / 2);
	sort(numbers + count / 2, scratch, count - count / 2);
	merge(numbers, scratch, count / 2, count);
}

TEE_Result median(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	const size_t count = params[0].memref.size / sizeof(uint32_t);
	TEE_Result code = TEE_ERROR_OUT_OF_MEMORY;
	uint32_t *numbers, *scratch;

	(void)session;
	if (!count)
		return TEE_ERROR_NO_DATA;
	numbers = TEE_Malloc(count * sizeof(*numbers), TEE_MALLOC_FILL_ZERO);
	scratch = TEE_Malloc(count * sizeof(*scratch), TEE_MALLOC_FILL_ZERO);
	if (numbers && scratch) {
		memcpy(numbers, params[0].memref.buffer, count * sizeof(*numbers));
		sort(numbers, scratch, count);
		params[1].value.a = numbers[count / 2];
		code = TEE_SUCCESS;
	}
	TEE_Free(scratch);
	TEE_Free(numbers);
	return code;
}
