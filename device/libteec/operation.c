/* The parameters of a call: from the client's operation into a frame, and from a reply into the operation. */
#include <string.h>

#include "abi.h"
#include "operation.h"

/* What the protocol calls memory references: their directions are those of TEEC_MEMREF_TEMP_…. */
#define MEMREF 0x4u
/* Bit 16 + n of the types: all bytes of memory reference n travel in both directions, as in memory that is shared. */
#define SHARED(n) (0x10000u << (n))
/* In place of the number of bytes, where there is no buffer. */
#define NO_BUFFER 0xffffffffu

static uint32_t type_of(const struct parameters *parameters, unsigned int n)
{
	return parameters->types >> (4 * n) & 0xf;
}

static int comes_out(uint32_t type)
{
	return type & 2;
}

static TEEC_Result read_temporary(const struct link *link, TEEC_TempMemoryReference *given, struct reference *reference)
{
	if (!given->buffer && given->size)
		return TEEC_ERROR_BAD_PARAMETERS;
	if (given->size > link_memory_most(link))
		return TEEC_ERROR_OUT_OF_MEMORY;
	*reference = (struct reference){ given->buffer, given->size, &given->size };
	return TEEC_SUCCESS;
}

/* Memory that was registered with this context; the driver finds out where it was not. */
static TEEC_Result check_parent(const struct link *link, const TEEC_SharedMemory *parent, uint32_t *origin)
{
	uint32_t kind = parent->imp.kind;
	int shared = kind == MEMORY_REGISTERED || kind == MEMORY_ALLOCATED || kind == MEMORY_FILE;

	if (shared && parent->imp.owner == link_serial(link))
		return TEEC_SUCCESS;
	*origin = TEEC_ORIGIN_COMMS;
	return TEEC_ERROR_BAD_PARAMETERS;
}

static TEEC_Result read_parent(const struct link *link, uint32_t kind, TEEC_RegisteredMemoryReference *given,
			       struct reference *reference, uint32_t *type, uint32_t *origin)
{
	const TEEC_SharedMemory *parent = given->parent;
	uint32_t flags = parent->flags & (TEEC_MEM_INPUT | TEEC_MEM_OUTPUT), needed = kind & 3;
	size_t offset = kind == TEEC_MEMREF_WHOLE ? 0 : given->offset;
	size_t size = kind == TEEC_MEMREF_WHOLE ? parent->size : given->size;

	if (kind == TEEC_MEMREF_WHOLE)
		needed = flags;
	if (!needed || (flags & needed) != needed || offset > parent->size || size > parent->size - offset)
		return TEEC_ERROR_BAD_PARAMETERS;
	*type = MEMREF | needed;
	*reference = (struct reference){ (uint8_t *)parent->imp.memory + offset, size, &given->size };
	return check_parent(link, parent, origin);
}

TEEC_Result operation_read(const struct link *link, TEEC_Operation *operation, struct parameters *parameters, uint32_t *origin)
{
	TEEC_Result result = TEEC_SUCCESS;
	unsigned int n;

	memset(parameters, 0, sizeof(*parameters));
	*origin = TEEC_ORIGIN_API;
	for (n = 0; operation && n < TEEC_CONFIG_PAYLOAD_REF_COUNT && !result; n++) {
		uint32_t kind = TEEC_PARAM_TYPE_GET(operation->paramTypes, n), type = kind;
		TEEC_Parameter *given = &operation->params[n];
		struct reference *reference = &parameters->references[n];

		if (kind >= TEEC_MEMREF_WHOLE)
			result = read_parent(link, kind, &given->memref, reference, &type, origin);
		else if (kind > MEMREF && kind <= TEEC_MEMREF_TEMP_INOUT)
			result = read_temporary(link, &given->tmpref, reference);
		else if (kind >= MEMREF)
			result = TEEC_ERROR_BAD_PARAMETERS;
		parameters->types |= type << (4 * n);
		if (type > MEMREF && comes_out(type) && reference->memory)
			parameters->types |= SHARED(n);
	}
	return result;
}

void operation_write(const TEEC_Operation *operation, const struct parameters *parameters, struct frame *frame)
{
	unsigned int n;

	frame_word(frame, parameters->types);
	for (n = 0; n < TEEC_CONFIG_PAYLOAD_REF_COUNT; n++) {
		uint32_t type = type_of(parameters, n);
		const struct reference *reference = &parameters->references[n];
		/* Only these have values that go in. */
		int value = type == TEEC_VALUE_INPUT || type == TEEC_VALUE_INOUT;

		if (type > MEMREF) {
			frame_word(frame, (uint32_t)reference->size);
			frame_word(frame, reference->memory ? (uint32_t)reference->size : NO_BUFFER);
		} else {
			frame_word(frame, value ? operation->params[n].value.a : 0);
			frame_word(frame, value ? operation->params[n].value.b : 0);
		}
	}
	for (n = 0; n < TEEC_CONFIG_PAYLOAD_REF_COUNT; n++)
		if (type_of(parameters, n) > MEMREF && parameters->references[n].memory)
			frame_bytes(frame, parameters->references[n].memory, parameters->references[n].size);
}

int operation_answer(TEEC_Operation *operation, const struct parameters *parameters, struct reader *reply)
{
	uint32_t types = read_word(reply), words[TEEC_CONFIG_PAYLOAD_REF_COUNT][2];
	unsigned int n;

	for (n = 0; n < TEEC_CONFIG_PAYLOAD_REF_COUNT; n++) {
		words[n][0] = read_word(reply);
		words[n][1] = read_word(reply);
	}
	/* It did not reach the TEE, or there are none. */
	if (!types || reply->failed)
		return !reply->failed;
	for (n = 0; n < TEEC_CONFIG_PAYLOAD_REF_COUNT; n++) {
		uint32_t type = type_of(parameters, n);
		const struct reference *reference = &parameters->references[n];
		const uint8_t *bytes;

		if (!comes_out(type))
			continue;
		if (type < MEMREF) {
			operation->params[n].value.a = words[n][0];
			operation->params[n].value.b = words[n][1];
			continue;
		}
		*reference->used = words[n][0];
		if (words[n][1] == NO_BUFFER || !words[n][1])
			continue;
		bytes = words[n][1] <= reference->size ? read_bytes(reply, words[n][1]) : NULL;
		if (!bytes)
			return 0;
		memcpy(reference->memory, bytes, words[n][1]);
	}
	return 1;
}
