/* The values of properties, in the type that is asked for, and as text: TEE Internal Core API 1.3.1, 4.4.1 to 4.4.7. */
#include "properties.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TEE_Result teemem_give_property(const void *bytes, size_t count, void *to, size_t *size)
{
	const size_t room = *size;

	*size = count;
	if (room < count)
		return TEE_ERROR_SHORT_BUFFER;
	memcpy(to, bytes, count);
	return TEE_SUCCESS;
}

static void text_of(const struct value *value, char *text, size_t room)
{
	const TEE_Identity *identity = value->bytes;

	switch (value->type) {
	case USER_TA_PROP_TYPE_BOOL:
		strlcpy(text, *(const bool *)value->bytes ? "true" : "false", room);
		break;
	case USER_TA_PROP_TYPE_U32:
		snprintf(text, room, "%u", (unsigned int)*(const uint32_t *)value->bytes);
		break;
	case USER_TA_PROP_TYPE_U64:
		snprintf(text, room, "%llu", (unsigned long long)*(const uint64_t *)value->bytes);
		break;
	case USER_TA_PROP_TYPE_UUID:
		snprintf(text, room, "%pUl", value->bytes);
		break;
	case USER_TA_PROP_TYPE_IDENTITY:
		snprintf(text, room, "%u:%pUl", (unsigned int)identity->login, (const void *)&identity->uuid);
		break;
	default:
		strlcpy(text, value->bytes, room);
		break;
	}
}

TEE_Result TEE_GetPropertyAsString(TEE_PropSetHandle set, const char *name, char *to, size_t *size)
{
	struct value value;
	char text[sizeof(value.host)];
	const TEE_Result code = teemem_find_property(set, name, &value);

	if (code)
		return code;
	if (value.type == USER_TA_PROP_TYPE_STRING)
		return teemem_give_property(value.bytes, strlen(value.bytes) + 1, to, size);
	text_of(&value, text, sizeof(text));
	return teemem_give_property(text, strlen(text) + 1, to, size);
}

/* A value of one size. A property of another type has another format. */
static TEE_Result get(TEE_PropSetHandle set, const char *name, enum user_ta_prop_type type, void *to, size_t size)
{
	struct value value;
	const TEE_Result code = teemem_find_property(set, name, &value);

	if (code)
		return code;
	if (value.type != type)
		return TEE_ERROR_BAD_FORMAT;
	memcpy(to, value.bytes, size);
	return TEE_SUCCESS;
}

TEE_Result TEE_GetPropertyAsBool(TEE_PropSetHandle set, const char *name, bool *value)
{
	return get(set, name, USER_TA_PROP_TYPE_BOOL, value, sizeof(*value));
}

TEE_Result TEE_GetPropertyAsU32(TEE_PropSetHandle set, const char *name, uint32_t *value)
{
	return get(set, name, USER_TA_PROP_TYPE_U32, value, sizeof(*value));
}

TEE_Result TEE_GetPropertyAsU64(TEE_PropSetHandle set, const char *name, uint64_t *value)
{
	return get(set, name, USER_TA_PROP_TYPE_U64, value, sizeof(*value));
}

TEE_Result TEE_GetPropertyAsUUID(TEE_PropSetHandle set, const char *name, TEE_UUID *value)
{
	return get(set, name, USER_TA_PROP_TYPE_UUID, value, sizeof(*value));
}

TEE_Result TEE_GetPropertyAsIdentity(TEE_PropSetHandle set, const char *name, TEE_Identity *value)
{
	return get(set, name, USER_TA_PROP_TYPE_IDENTITY, value, sizeof(*value));
}

static int base64_of(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Decodes base64 up to "=" or the end; how many bytes, with those that have no room. */
static size_t decode(const char *text, uint8_t *to, size_t room)
{
	uint32_t bits = 0;
	size_t count = 0;

	for (int held = 0, digit; (digit = base64_of(*text)) >= 0; text++) {
		bits = bits << 6 | (uint32_t)digit;
		held += 6;
		if (held < 8)
			continue;
		held -= 8;
		if (count < room)
			to[count] = (uint8_t)(bits >> held);
		count++;
	}
	return count;
}

TEE_Result TEE_GetPropertyAsBinaryBlock(TEE_PropSetHandle set, const char *name, void *to, size_t *size)
{
	struct value value;
	const TEE_Result code = teemem_find_property(set, name, &value);
	size_t room = *size;

	if (code)
		return code;
	if (value.type != USER_TA_PROP_TYPE_BINARY_BLOCK)
		return TEE_ERROR_BAD_FORMAT;
	if (value.bytes == value.host)
		return teemem_give_property(value.bytes, value.size, to, size);
	*size = decode(value.bytes, to, room);
	return *size > room ? TEE_ERROR_SHORT_BUFFER : TEE_SUCCESS;
}
