/* Functions of version 1.1 whose sizes have 32 bits, and which are not the host's: properties. */
#include <tee_internal_api.h>

TEE_Result __GP11_TEE_GetPropertyAsString(TEE_PropSetHandle set, const char *name, char *value, uint32_t *size);
TEE_Result __GP11_TEE_GetPropertyAsBinaryBlock(TEE_PropSetHandle set, const char *name, void *value, uint32_t *size);
TEE_Result __GP11_TEE_GetPropertyName(TEE_PropSetHandle enumerator, void *name, uint32_t *size);

TEE_Result __GP11_TEE_GetPropertyAsString(TEE_PropSetHandle set, const char *name, char *value, uint32_t *size)
{
	size_t wide = *size;
	const TEE_Result code = TEE_GetPropertyAsString(set, name, value, &wide);

	*size = (uint32_t)wide;
	return code;
}

TEE_Result __GP11_TEE_GetPropertyAsBinaryBlock(TEE_PropSetHandle set, const char *name, void *value, uint32_t *size)
{
	size_t wide = *size;
	const TEE_Result code = TEE_GetPropertyAsBinaryBlock(set, name, value, &wide);

	*size = (uint32_t)wide;
	return code;
}

TEE_Result __GP11_TEE_GetPropertyName(TEE_PropSetHandle enumerator, void *name, uint32_t *size)
{
	size_t wide = *size;
	const TEE_Result code = TEE_GetPropertyName(enumerator, name, &wide);

	*size = (uint32_t)wide;
	return code;
}
