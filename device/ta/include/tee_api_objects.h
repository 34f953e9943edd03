/* Objects and their attributes: TEE Internal Core API 1.3.1, 5.5, 5.6. */
#ifndef TEE_API_OBJECTS_H
#define TEE_API_OBJECTS_H

#include <tee_api_types.h>

TEE_Result TEE_GetObjectInfo1(TEE_ObjectHandle object, TEE_ObjectInfo *info);
TEE_Result TEE_RestrictObjectUsage1(TEE_ObjectHandle object, uint32_t usage);
TEE_Result TEE_GetObjectBufferAttribute(TEE_ObjectHandle object, uint32_t id, void *buffer, TEE_Size *size);
TEE_Result TEE_GetObjectValueAttribute(TEE_ObjectHandle object, uint32_t id, uint32_t *a, uint32_t *b);
void TEE_CloseObject(TEE_ObjectHandle object);

TEE_Result TEE_AllocateTransientObject(TEE_ObjectType type, uint32_t maxObjectSize, TEE_ObjectHandle *object);
void TEE_FreeTransientObject(TEE_ObjectHandle object);
void TEE_ResetTransientObject(TEE_ObjectHandle object);
TEE_Result TEE_PopulateTransientObject(TEE_ObjectHandle object, const TEE_Attribute *attributes, uint32_t count);
void TEE_InitRefAttribute(TEE_Attribute *attribute, uint32_t id, const void *buffer, size_t length);
void TEE_InitValueAttribute(TEE_Attribute *attribute, uint32_t id, uint32_t a, uint32_t b);
TEE_Result TEE_CopyObjectAttributes1(TEE_ObjectHandle to, TEE_ObjectHandle from);
TEE_Result TEE_GenerateKey(TEE_ObjectHandle object, uint32_t keySize, const TEE_Attribute *params, uint32_t count);

/* Of earlier versions. */
void TEE_GetObjectInfo(TEE_ObjectHandle object, TEE_ObjectInfo *info);
void TEE_RestrictObjectUsage(TEE_ObjectHandle object, uint32_t usage);
void TEE_CopyObjectAttributes(TEE_ObjectHandle to, TEE_ObjectHandle from);

#endif
