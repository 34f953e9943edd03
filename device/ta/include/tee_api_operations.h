/* Cryptography: TEE Internal Core API 1.3.1, chapter 6. */
#ifndef TEE_API_OPERATIONS_H
#define TEE_API_OPERATIONS_H

#include <tee_api_types.h>

TEE_Result TEE_AllocateOperation(TEE_OperationHandle *operation, uint32_t algorithm, uint32_t mode,
				 uint32_t maxKeySize);
void TEE_FreeOperation(TEE_OperationHandle operation);
void TEE_GetOperationInfo(TEE_OperationHandle operation, TEE_OperationInfo *info);
TEE_Result TEE_GetOperationInfoMultiple(TEE_OperationHandle operation, TEE_OperationInfoMultiple *info, TEE_Size *size);
void TEE_ResetOperation(TEE_OperationHandle operation);
TEE_Result TEE_SetOperationKey(TEE_OperationHandle operation, TEE_ObjectHandle key);
TEE_Result TEE_SetOperationKey2(TEE_OperationHandle operation, TEE_ObjectHandle key1, TEE_ObjectHandle key2);
void TEE_CopyOperation(TEE_OperationHandle to, TEE_OperationHandle from);
TEE_Result TEE_IsAlgorithmSupported(uint32_t algorithm, uint32_t element);

void TEE_DigestUpdate(TEE_OperationHandle operation, const void *chunk, size_t size);
TEE_Result TEE_DigestDoFinal(TEE_OperationHandle operation, const void *chunk, size_t size, void *hash,
			     TEE_Size *hashSize);
TEE_Result TEE_DigestExtract(TEE_OperationHandle operation, void *hash, TEE_Size *hashSize);

void TEE_CipherInit(TEE_OperationHandle operation, const void *iv, size_t ivSize);
TEE_Result TEE_CipherUpdate(TEE_OperationHandle operation, const void *from, size_t fromSize, void *to, TEE_Size *toSize);
TEE_Result TEE_CipherDoFinal(TEE_OperationHandle operation, const void *from, size_t fromSize, void *to,
			     TEE_Size *toSize);

void TEE_MACInit(TEE_OperationHandle operation, const void *iv, size_t ivSize);
void TEE_MACUpdate(TEE_OperationHandle operation, const void *chunk, size_t size);
TEE_Result TEE_MACComputeFinal(TEE_OperationHandle operation, const void *message, size_t size, void *mac,
			       TEE_Size *macSize);
TEE_Result TEE_MACCompareFinal(TEE_OperationHandle operation, const void *message, size_t size, const void *mac,
			       size_t macSize);

TEE_Result TEE_AEInit(TEE_OperationHandle operation, const void *nonce, size_t nonceSize, uint32_t tagBits,
		      size_t aadSize, size_t payloadSize);
void TEE_AEUpdateAAD(TEE_OperationHandle operation, const void *aad, size_t size);
TEE_Result TEE_AEUpdate(TEE_OperationHandle operation, const void *from, size_t fromSize, void *to, TEE_Size *toSize);
TEE_Result TEE_AEEncryptFinal(TEE_OperationHandle operation, const void *from, size_t fromSize, void *to,
			      TEE_Size *toSize, void *tag, TEE_Size *tagSize);
TEE_Result TEE_AEDecryptFinal(TEE_OperationHandle operation, const void *from, size_t fromSize, void *to,
			      TEE_Size *toSize, void *tag, size_t tagSize);

TEE_Result TEE_AsymmetricEncrypt(TEE_OperationHandle operation, const TEE_Attribute *params, uint32_t count,
				 const void *from, size_t fromSize, void *to, TEE_Size *toSize);
TEE_Result TEE_AsymmetricDecrypt(TEE_OperationHandle operation, const TEE_Attribute *params, uint32_t count,
				 const void *from, size_t fromSize, void *to, TEE_Size *toSize);
TEE_Result TEE_AsymmetricSignDigest(TEE_OperationHandle operation, const TEE_Attribute *params, uint32_t count,
				    const void *digest, size_t digestSize, void *signature, TEE_Size *signatureSize);
TEE_Result TEE_AsymmetricVerifyDigest(TEE_OperationHandle operation, const TEE_Attribute *params, uint32_t count,
				      const void *digest, size_t digestSize, const void *signature,
				      size_t signatureSize);
void TEE_DeriveKey(TEE_OperationHandle operation, const TEE_Attribute *params, uint32_t count,
		   TEE_ObjectHandle derived);
void TEE_GenerateRandom(void *buffer, size_t size);

#endif
