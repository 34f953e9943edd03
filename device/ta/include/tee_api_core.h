/* Properties, panics, sessions with other TAs, cancellation, memory: TEE Internal Core API 1.3.1, chapter 4. */
#ifndef TEE_API_CORE_H
#define TEE_API_CORE_H

#include <tee_api_types.h>

TEE_Result TEE_GetPropertyAsString(TEE_PropSetHandle set, const char *name, char *value, TEE_Size *size);
TEE_Result TEE_GetPropertyAsBool(TEE_PropSetHandle set, const char *name, bool *value);
TEE_Result TEE_GetPropertyAsU32(TEE_PropSetHandle set, const char *name, uint32_t *value);
TEE_Result TEE_GetPropertyAsU64(TEE_PropSetHandle set, const char *name, uint64_t *value);
TEE_Result TEE_GetPropertyAsBinaryBlock(TEE_PropSetHandle set, const char *name, void *value, TEE_Size *size);
TEE_Result TEE_GetPropertyAsUUID(TEE_PropSetHandle set, const char *name, TEE_UUID *value);
TEE_Result TEE_GetPropertyAsIdentity(TEE_PropSetHandle set, const char *name, TEE_Identity *value);
TEE_Result TEE_AllocatePropertyEnumerator(TEE_PropSetHandle *enumerator);
void TEE_FreePropertyEnumerator(TEE_PropSetHandle enumerator);
void TEE_StartPropertyEnumerator(TEE_PropSetHandle enumerator, TEE_PropSetHandle set);
void TEE_ResetPropertyEnumerator(TEE_PropSetHandle enumerator);
TEE_Result TEE_GetPropertyName(TEE_PropSetHandle enumerator, void *name, TEE_Size *size);
TEE_Result TEE_GetNextProperty(TEE_PropSetHandle enumerator);

void __noreturn TEE_Panic(TEE_Result code);

TEE_Result TEE_OpenTASession(const TEE_UUID *destination, uint32_t timeout, uint32_t types,
			     TEE_Param params[TEE_NUM_PARAMS], TEE_TASessionHandle *session, uint32_t *origin);
void TEE_CloseTASession(TEE_TASessionHandle session);
TEE_Result TEE_InvokeTACommand(TEE_TASessionHandle session, uint32_t timeout, uint32_t command, uint32_t types,
			       TEE_Param params[TEE_NUM_PARAMS], uint32_t *origin);

bool TEE_GetCancellationFlag(void);
bool TEE_UnmaskCancellation(void);
bool TEE_MaskCancellation(void);

TEE_Result TEE_CheckMemoryAccessRights(uint32_t flags, void *buffer, size_t size);
void TEE_SetInstanceData(const void *data);
const void *TEE_GetInstanceData(void);
void *TEE_Malloc(size_t size, uint32_t hint);
void *TEE_Realloc(void *buffer, size_t size);
void TEE_Free(void *buffer);
void TEE_MemMove(void *to, const void *from, size_t size);
int32_t TEE_MemCompare(const void *a, const void *b, size_t size);
void TEE_MemFill(void *buffer, uint8_t byte, size_t size);

#endif
