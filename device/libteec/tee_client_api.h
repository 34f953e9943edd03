/*
 * GlobalPlatform's TEE Client API 1.0, written from its specification, with what OP-TEE's libteec adds. A client that is compiled
 * with this header runs with teemem's libteec and with libteec.so.2 of a board. Clients that are compiled with the header of
 * libteec.so.1 run, too: see abi.h.
 */
#ifndef TEE_CLIENT_API_H
#define TEE_CLIENT_API_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEEC_CONFIG_PAYLOAD_REF_COUNT 4
/* Bytes. */
#define TEEC_CONFIG_SHAREDMEM_MAX_SIZE SIZE_MAX

/* Types of parameters. */
#define TEEC_NONE 0x0
#define TEEC_VALUE_INPUT 0x1
#define TEEC_VALUE_OUTPUT 0x2
#define TEEC_VALUE_INOUT 0x3
#define TEEC_MEMREF_TEMP_INPUT 0x5
#define TEEC_MEMREF_TEMP_OUTPUT 0x6
#define TEEC_MEMREF_TEMP_INOUT 0x7
#define TEEC_MEMREF_WHOLE 0xc
#define TEEC_MEMREF_PARTIAL_INPUT 0xd
#define TEEC_MEMREF_PARTIAL_OUTPUT 0xe
#define TEEC_MEMREF_PARTIAL_INOUT 0xf

#define TEEC_PARAM_TYPES(p0, p1, p2, p3) ((p0) | ((p1) << 4) | ((p2) << 8) | ((p3) << 12))
#define TEEC_PARAM_TYPE_GET(types, index) (((types) >> (4 * (index))) & 0xf)

/* Directions of shared memory. */
#define TEEC_MEM_INPUT 0x1
#define TEEC_MEM_OUTPUT 0x2

typedef uint32_t TEEC_Result;

#define TEEC_SUCCESS 0x00000000
#define TEEC_ERROR_STORAGE_NOT_AVAILABLE 0xf0100003
#define TEEC_ERROR_GENERIC 0xffff0000
#define TEEC_ERROR_ACCESS_DENIED 0xffff0001
#define TEEC_ERROR_CANCEL 0xffff0002
#define TEEC_ERROR_ACCESS_CONFLICT 0xffff0003
#define TEEC_ERROR_EXCESS_DATA 0xffff0004
#define TEEC_ERROR_BAD_FORMAT 0xffff0005
#define TEEC_ERROR_BAD_PARAMETERS 0xffff0006
#define TEEC_ERROR_BAD_STATE 0xffff0007
#define TEEC_ERROR_ITEM_NOT_FOUND 0xffff0008
#define TEEC_ERROR_NOT_IMPLEMENTED 0xffff0009
#define TEEC_ERROR_NOT_SUPPORTED 0xffff000a
#define TEEC_ERROR_NO_DATA 0xffff000b
#define TEEC_ERROR_OUT_OF_MEMORY 0xffff000c
#define TEEC_ERROR_BUSY 0xffff000d
#define TEEC_ERROR_COMMUNICATION 0xffff000e
#define TEEC_ERROR_SECURITY 0xffff000f
#define TEEC_ERROR_SHORT_BUFFER 0xffff0010
#define TEEC_ERROR_EXTERNAL_CANCEL 0xffff0011
#define TEEC_ERROR_TARGET_DEAD 0xffff3024
#define TEEC_ERROR_STORAGE_NO_SPACE 0xffff3041

#define TEE_ERROR_EXTERNAL_CANCEL 0xffff0011
#define TEE_ERROR_OVERFLOW 0xffff300f
#define TEE_ERROR_TARGET_DEAD 0xffff3024
#define TEE_ERROR_STORAGE_NO_SPACE 0xffff3041
#define TEE_ERROR_MAC_INVALID 0xffff3071
#define TEE_ERROR_SIGNATURE_INVALID 0xffff3072
#define TEE_ERROR_TIME_NOT_SET 0xffff5000
#define TEE_ERROR_TIME_NEEDS_RESET 0xffff5001

/* Where a result comes from. */
#define TEEC_ORIGIN_API 0x1
#define TEEC_ORIGIN_COMMS 0x2
#define TEEC_ORIGIN_TEE 0x3
#define TEEC_ORIGIN_TRUSTED_APP 0x4

/* As whom a client opens a session. */
#define TEEC_LOGIN_PUBLIC 0x0
#define TEEC_LOGIN_USER 0x1
#define TEEC_LOGIN_GROUP 0x2
#define TEEC_LOGIN_APPLICATION 0x4
#define TEEC_LOGIN_USER_APPLICATION 0x5
#define TEEC_LOGIN_GROUP_APPLICATION 0x6

/* A connection with a TEE. Some programs look where optee_client says whether it registers memory, and passes NULL on. */
typedef struct {
	struct {
		int number;
		uint8_t registers;
		uint8_t passes_null;
		uint16_t spare;
	} imp;
} TEEC_Context;

typedef struct {
	uint32_t timeLow;
	uint16_t timeMid;
	uint16_t timeHiAndVersion;
	uint8_t clockSeqAndNode[8];
} TEEC_UUID;

/* A buffer of the client that TAs work on. The client sets flags (TEEC_MEM_…) and size; to register memory buffer, too. */
typedef struct {
	void *buffer;
	size_t size;
	uint32_t flags;
	struct {
		void *memory;
		size_t size;
		uint32_t owner;
		uint32_t kind;
		uintptr_t spare;
	} imp;
} TEEC_SharedMemory;

typedef struct {
	void *buffer;
	size_t size;
} TEEC_TempMemoryReference;

typedef struct {
	TEEC_SharedMemory *parent;
	size_t size;
	size_t offset;
} TEEC_RegisteredMemoryReference;

typedef struct {
	uint32_t a;
	uint32_t b;
} TEEC_Value;

typedef union {
	TEEC_TempMemoryReference tmpref;
	TEEC_RegisteredMemoryReference memref;
	TEEC_Value value;
} TEEC_Parameter;

typedef struct {
	struct {
		TEEC_Context *context;
		uint32_t number;
	} imp;
} TEEC_Session;

/* The parameters of a call. */
typedef struct {
	uint32_t started;
	uint32_t paramTypes;
	TEEC_Parameter params[TEEC_CONFIG_PAYLOAD_REF_COUNT];
	struct {
		TEEC_Session *session;
	} imp;
} TEEC_Operation;

/* `name`: NULL or "optee-tz"; any other TEE is TEEC_ERROR_ITEM_NOT_FOUND. */
TEEC_Result TEEC_InitializeContext(const char *name, TEEC_Context *context);
void TEEC_FinalizeContext(TEEC_Context *context);

/* `data`: with the group methods a uint32_t, the group; else it is not read. `operation` and `origin` may be NULL. */
TEEC_Result TEEC_OpenSession(TEEC_Context *context, TEEC_Session *session, const TEEC_UUID *destination, uint32_t method,
			     const void *data, TEEC_Operation *operation, uint32_t *origin);
void TEEC_CloseSession(TEEC_Session *session);
TEEC_Result TEEC_InvokeCommand(TEEC_Session *session, uint32_t command, TEEC_Operation *operation, uint32_t *origin);
/* Asks for the end of the call that is using `operation` in another thread. */
void TEEC_RequestCancellation(TEEC_Operation *operation);

TEEC_Result TEEC_RegisterSharedMemory(TEEC_Context *context, TEEC_SharedMemory *memory);
TEEC_Result TEEC_AllocateSharedMemory(TEEC_Context *context, TEEC_SharedMemory *memory);
void TEEC_ReleaseSharedMemory(TEEC_SharedMemory *memory);
/* OP-TEE's extension: `fd` is a file that can be mapped. Sets the size; buffer is NULL. */
TEEC_Result TEEC_RegisterSharedMemoryFileDescriptor(TEEC_Context *context, TEEC_SharedMemory *memory, int fd);

#ifdef __cplusplus
}
#endif

#endif
