/* Bugs with memory of the client: its size is not looked at, or what it holds is read twice. */
#include <string.h>

#include "bugs.h"

/* Bug: writes 48 bytes, however small the client's buffer is. */
TEE_Result version(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	static const char text[48] = "bugs 1.0, a TA with a bug of each kind";

	(void)session;
	memcpy(params[0].memref.buffer, text, sizeof(text));
	params[0].memref.size = sizeof(text);
	return TEE_SUCCESS;
}

struct message {
	uint32_t length;
	uint8_t bytes[];
};

/* Bug: the length was checked, but is read again, and the client may have changed it. */
TEE_Result turn(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	volatile struct message *message = params[0].memref.buffer;
	const size_t size = params[0].memref.size;
	uint8_t bytes[64];

	(void)session;
	if (size < sizeof(*message) || message->length > sizeof(bytes) || message->length > size - sizeof(*message))
		return TEE_ERROR_BAD_PARAMETERS;
	for (uint32_t i = 0; i < message->length; i++)
		bytes[i] = message->bytes[i];
	for (uint32_t i = 0; i < message->length; i++)
		message->bytes[i] = bytes[message->length - 1 - i];
	return TEE_SUCCESS;
}
