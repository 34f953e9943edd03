/*
 * The part of GlobalPlatform's TEE Client API 1.0 that this library needs, as libteec.so.1 and libteec.so.2 both lay it out. It
 * is declared here so that nobody needs the development package of libteec. What the implementation keeps at the end of a
 * structure differs between versions: there is room for more than any of them takes.
 */
#ifndef TEEMEM_TEEC_H
#define TEEMEM_TEEC_H

#include <stddef.h>
#include <stdint.h>

#define TEEC_ORIGIN_API 1u
#define TEEC_LOGIN_PUBLIC 0u
#define TEEC_MEM_OUTPUT 2u

#define TEEC_VALUE_INPUT 0x1u
#define TEEC_VALUE_INOUT 0x3u
#define TEEC_MEMREF_TEMP_OUTPUT 0x6u
#define TEEC_MEMREF_PARTIAL_OUTPUT 0xeu

#define TEEC_SUCCESS 0u
#define TEEC_ERROR_ITEM_NOT_FOUND 0xffff0008u
#define TEEC_ERROR_NOT_IMPLEMENTED 0xffff0009u
#define TEEC_ERROR_NOT_SUPPORTED 0xffff000au
#define TEEC_ERROR_SHORT_BUFFER 0xffff0010u

struct teec_uuid {
	uint32_t low;
	uint16_t mid, high;
	uint8_t rest[8];
};

struct teec_context {
	int fd;
	uintptr_t rest[15];
};

struct teec_session {
	uintptr_t rest[16];
};

struct teec_memory {
	void *buffer;
	size_t size;
	uint32_t flags;
	uintptr_t rest[29];
};

union teec_parameter {
	struct {
		struct teec_memory *parent;
		size_t size, offset;
	} part;
	struct {
		void *buffer;
		size_t size;
	} temporary;
	struct {
		uint32_t a, b;
	} value;
};

struct teec_operation {
	uint32_t started, types;
	union teec_parameter params[4];
	uintptr_t rest[16];
};

#endif
