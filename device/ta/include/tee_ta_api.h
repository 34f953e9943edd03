/* The five functions that a trusted application has: TEE Internal Core API 1.3.1, 4.3. */
#ifndef TEE_TA_API_H
#define TEE_TA_API_H

#include <tee_api_types.h>

#define TA_EXPORT

TEE_Result TA_EXPORT TA_CreateEntryPoint(void);
void TA_EXPORT TA_DestroyEntryPoint(void);
TEE_Result TA_EXPORT TA_OpenSessionEntryPoint(uint32_t paramTypes, TEE_Param params[TEE_NUM_PARAMS],
					      void **sessionContext);
void TA_EXPORT TA_CloseSessionEntryPoint(void *sessionContext);
TEE_Result TA_EXPORT TA_InvokeCommandEntryPoint(void *sessionContext, uint32_t commandID, uint32_t paramTypes,
						TEE_Param params[TEE_NUM_PARAMS]);

#endif
