/*
 * What the library keeps in the client's structures. libteec.so.1 and libteec.so.2 lay TEEC_SharedMemory out differently with
 * 64 bits: the first is 48 bytes long. The library keeps to what both have, which it reaches by these fields alone.
 */
#ifndef TEEMEM_ABI_H
#define TEEMEM_ABI_H

#include "tee_client_api.h"

#define LAID_OUT(name, condition) typedef char name[(condition) ? 1 : -1]

LAID_OUT(context_fits, sizeof(TEEC_Context) == 8);
LAID_OUT(session_fits, sizeof(TEEC_Session) == 2 * sizeof(void *));
LAID_OUT(operation_fits, sizeof(TEEC_Operation) == 8 + 4 * sizeof(TEEC_Parameter) + sizeof(void *));
LAID_OUT(memory_has_both, offsetof(TEEC_SharedMemory, imp.spare) <= (sizeof(void *) == 8 ? 48 : 32));

/* imp.kind of memory that is shared; anything else is not. */
#define MEMORY_REGISTERED 0x6d656d31u
#define MEMORY_ALLOCATED 0x6d656d32u
#define MEMORY_FILE 0x6d656d33u

#define EXPORT __attribute__((visibility("default")))

#endif
