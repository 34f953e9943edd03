/* Calls whose arguments the host wants in another form. */
#include <tee_internal_api.h>
#include <tee_internal_api_extensions.h>

#include "host.h"

/* Positions have 32 bits. */
TEE_Result TEE_SeekObjectData(TEE_ObjectHandle object, intmax_t offset, TEE_Whence whence)
{
	if (offset > INT32_MAX)
		return TEE_ERROR_OVERFLOW;
	return teemem_seek(object, offset < INT32_MIN ? INT32_MIN : (int32_t)offset, whence);
}

enum { CLEAN, FLUSH, INVALIDATE };

TEE_Result TEE_CacheClean(char *buffer, size_t size)
{
	return _utee_cache_operation(buffer, size, CLEAN);
}

TEE_Result TEE_CacheFlush(char *buffer, size_t size)
{
	return _utee_cache_operation(buffer, size, FLUSH);
}

TEE_Result TEE_CacheInvalidate(char *buffer, size_t size)
{
	return _utee_cache_operation(buffer, size, INVALIDATE);
}
