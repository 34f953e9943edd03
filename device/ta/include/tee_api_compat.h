/*
 * For a TA that was written for version 1.1 of the API (__OPTEE_CORE_API_COMPAT_1_1): sizes behind pointers and in structures have 32
 * bits there. Functions that get such pointers go by other names.
 */
#ifndef TEE_API_COMPAT_H
#define TEE_API_COMPAT_H

#include <stddef.h>
#include <stdint.h>

#if defined(__OPTEE_CORE_API_COMPAT_1_1) && __OPTEE_CORE_API_COMPAT_1_1

typedef uint32_t TEE_Size;

#define TEE_AEDecryptFinal __GP11_TEE_AEDecryptFinal
#define TEE_AEEncryptFinal __GP11_TEE_AEEncryptFinal
#define TEE_AEUpdate __GP11_TEE_AEUpdate
#define TEE_AsymmetricDecrypt __GP11_TEE_AsymmetricDecrypt
#define TEE_AsymmetricEncrypt __GP11_TEE_AsymmetricEncrypt
#define TEE_AsymmetricSignDigest __GP11_TEE_AsymmetricSignDigest
#define TEE_AsymmetricVerifyDigest __GP11_TEE_AsymmetricVerifyDigest
#define TEE_BigIntConvertToOctetString __GP11_TEE_BigIntConvertToOctetString
#define TEE_CipherDoFinal __GP11_TEE_CipherDoFinal
#define TEE_CipherUpdate __GP11_TEE_CipherUpdate
#define TEE_DeriveKey __GP11_TEE_DeriveKey
#define TEE_DigestDoFinal __GP11_TEE_DigestDoFinal
#define TEE_DigestExtract __GP11_TEE_DigestExtract
#define TEE_GenerateKey __GP11_TEE_GenerateKey
#define TEE_GetNextPersistentObject __GP11_TEE_GetNextPersistentObject
#define TEE_GetObjectBufferAttribute __GP11_TEE_GetObjectBufferAttribute
#define TEE_GetObjectInfo __GP11_TEE_GetObjectInfo
#define TEE_GetObjectInfo1 __GP11_TEE_GetObjectInfo1
#define TEE_GetOperationInfoMultiple __GP11_TEE_GetOperationInfoMultiple
#define TEE_GetPropertyAsBinaryBlock __GP11_TEE_GetPropertyAsBinaryBlock
#define TEE_GetPropertyAsString __GP11_TEE_GetPropertyAsString
#define TEE_GetPropertyName __GP11_TEE_GetPropertyName
#define TEE_InvokeTACommand __GP11_TEE_InvokeTACommand
#define TEE_MACComputeFinal __GP11_TEE_MACComputeFinal
#define TEE_OpenTASession __GP11_TEE_OpenTASession
#define TEE_PopulateTransientObject __GP11_TEE_PopulateTransientObject
#define TEE_ReadObjectData __GP11_TEE_ReadObjectData

#else

typedef size_t TEE_Size;

#endif
#endif
