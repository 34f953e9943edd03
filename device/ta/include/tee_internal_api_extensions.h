/* What OP-TEE adds to the TEE Internal Core API, as far as it is here: caches, plugins of the normal world, UUIDs as bytes. */
#ifndef TEE_INTERNAL_API_EXTENSIONS_H
#define TEE_INTERNAL_API_EXTENSIONS_H

#include <stdio.h>
#include <tee_api_defines_extensions.h>
#include <tee_api_types.h>
#include <trace.h>
#include <types_ext.h>

#define TEE_USER_MEM_HINT_NO_FILL_ZERO 0x80000000

TEE_Result TEE_CacheClean(char *buffer, size_t size);
TEE_Result TEE_CacheFlush(char *buffer, size_t size);
TEE_Result TEE_CacheInvalidate(char *buffer, size_t size);
/* A plugin of tee-supplicant; `outlen` is what it wrote to the buffer. */
TEE_Result tee_invoke_supp_plugin(const TEE_UUID *uuid, uint32_t cmd, uint32_t sub_cmd, void *buf, size_t len,
				  size_t *outlen);
void tee_uuid_to_octets(uint8_t *to, const TEE_UUID *from);
void tee_uuid_from_octets(TEE_UUID *to, const uint8_t *from);

#endif
