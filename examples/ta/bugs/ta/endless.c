/* Bugs that never end: a step of nothing, and a circle. */
#include "bugs.h"

/* Bug: an item of length 0 is never passed. */
TEE_Result items(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	const volatile uint8_t *bytes = params[0].memref.buffer;
	uint32_t count = 0;

	(void)session;
	for (size_t at = 0; at < params[0].memref.size; at += bytes[at])
		count++;
	params[1].value.a = count;
	return TEE_SUCCESS;
}

/* Bug: a place may be above itself. The volatile keeps the compiler from making a loop of it. */
static uint32_t depth_of(const uint8_t *parents, size_t count, uint8_t place)
{
	volatile uint8_t parent = place < count ? parents[place] : place;

	return parent == place ? 0 : 1 + depth_of(parents, count, parent) + (parent - parent);
}

TEE_Result depth(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	const size_t count = params[0].memref.size;

	(void)session;
	if (!count || count > 256)
		return TEE_ERROR_BAD_PARAMETERS;
	params[1].value.a = depth_of(params[0].memref.buffer, count, (uint8_t)(count - 1));
	return TEE_SUCCESS;
}
