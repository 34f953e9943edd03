/* Persistent objects: TEE Internal Core API 1.3.1, 5.7 to 5.9. */
#ifndef TEE_API_STORAGE_H
#define TEE_API_STORAGE_H

#include <tee_api_types.h>

TEE_Result TEE_OpenPersistentObject(uint32_t storage, const void *id, size_t idSize, uint32_t flags,
				    TEE_ObjectHandle *object);
TEE_Result TEE_CreatePersistentObject(uint32_t storage, const void *id, size_t idSize, uint32_t flags,
				      TEE_ObjectHandle attributes, const void *data, size_t size,
				      TEE_ObjectHandle *object);
void TEE_CloseAndDeletePersistentObject(TEE_ObjectHandle object);
TEE_Result TEE_CloseAndDeletePersistentObject1(TEE_ObjectHandle object);
TEE_Result TEE_RenamePersistentObject(TEE_ObjectHandle object, const void *id, size_t idSize);

TEE_Result TEE_AllocatePersistentObjectEnumerator(TEE_ObjectEnumHandle *enumerator);
void TEE_FreePersistentObjectEnumerator(TEE_ObjectEnumHandle enumerator);
void TEE_ResetPersistentObjectEnumerator(TEE_ObjectEnumHandle enumerator);
TEE_Result TEE_StartPersistentObjectEnumerator(TEE_ObjectEnumHandle enumerator, uint32_t storage);
TEE_Result TEE_GetNextPersistentObject(TEE_ObjectEnumHandle enumerator, TEE_ObjectInfo *info, void *id,
				       TEE_Size *idSize);

TEE_Result TEE_ReadObjectData(TEE_ObjectHandle object, void *buffer, size_t size, TEE_Size *count);
TEE_Result TEE_WriteObjectData(TEE_ObjectHandle object, const void *buffer, size_t size);
TEE_Result TEE_TruncateObjectData(TEE_ObjectHandle object, size_t size);
TEE_Result TEE_SeekObjectData(TEE_ObjectHandle object, intmax_t offset, TEE_Whence whence);

#endif
