/* A key of which not all bytes are set: a short password leaves the rest as it lay on the heap. */
#include <string.h>

#include "bugs.h"

#define KEY_BYTES 32
#define BLOCK_BYTES 16

static TEE_Result encrypt(TEE_ObjectHandle key, void *to, size_t *size)
{
	static const uint8_t zeros[BLOCK_BYTES];
	TEE_OperationHandle operation = TEE_HANDLE_NULL;
	TEE_Result code = TEE_AllocateOperation(&operation, TEE_ALG_AES_ECB_NOPAD, TEE_MODE_ENCRYPT, KEY_BYTES * 8);

	if (!code)
		code = TEE_SetOperationKey(operation, key);
	if (!code) {
		TEE_CipherInit(operation, NULL, 0);
		code = TEE_CipherDoFinal(operation, zeros, sizeof(zeros), to, size);
	}
	TEE_FreeOperation(operation);
	return code;
}

/* Bug: all 32 bytes become the key, though the password may have set fewer. */
TEE_Result seal(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	TEE_ObjectHandle key = TEE_HANDLE_NULL;
	uint8_t *bytes = TEE_Malloc(KEY_BYTES, TEE_MALLOC_NO_FILL);
	TEE_Result code = bytes ? TEE_SUCCESS : TEE_ERROR_OUT_OF_MEMORY;
	TEE_Attribute secret;

	(void)session;
	if (!code) {
		memcpy(bytes, params[0].memref.buffer, params[0].memref.size < KEY_BYTES ? params[0].memref.size : KEY_BYTES);
		TEE_InitRefAttribute(&secret, TEE_ATTR_SECRET_VALUE, bytes, KEY_BYTES);
		code = TEE_AllocateTransientObject(TEE_TYPE_AES, KEY_BYTES * 8, &key);
	}
	if (!code)
		code = TEE_PopulateTransientObject(key, &secret, 1);
	if (!code)
		code = encrypt(key, params[1].memref.buffer, &params[1].memref.size);
	TEE_FreeTransientObject(key);
	TEE_Free(bytes);
	return code;
}
