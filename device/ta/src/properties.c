/* Properties: TEE Internal Core API 1.3.1, 4.4. Those that the TA declares are here; the host has the others. */
#include "properties.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

/* An enumerator is this; its address is no number of a set. */
struct enumerator {
	TEE_PropSetHandle set;
	uint32_t index;
};

static bool is_set(TEE_PropSetHandle handle)
{
	return handle == TEE_PROPSET_TEE_IMPLEMENTATION || handle == TEE_PROPSET_CURRENT_CLIENT ||
	       handle == TEE_PROPSET_CURRENT_TA;
}

static size_t own_count(TEE_PropSetHandle set)
{
	return set == TEE_PROPSET_CURRENT_TA ? ta_num_props : 0;
}

static size_t size_of(const struct user_ta_property *property)
{
	switch (property->type) {
	case USER_TA_PROP_TYPE_BOOL: return sizeof(bool);
	case USER_TA_PROP_TYPE_U32: return sizeof(uint32_t);
	case USER_TA_PROP_TYPE_U64: return sizeof(uint64_t);
	case USER_TA_PROP_TYPE_UUID: return sizeof(TEE_UUID);
	case USER_TA_PROP_TYPE_IDENTITY: return sizeof(TEE_Identity);
	/* A block is declared as text, as it is printed: in base64. */
	default: return strlen(property->value) + 1;
	}
}

/* A property by its index: first those that the TA declares. */
static TEE_Result at_index(TEE_PropSetHandle set, uint32_t index, struct value *value)
{
	const size_t own = own_count(set);
	uint32_t size = sizeof(value->host), name_size = sizeof(value->name), type = 0;
	TEE_Result code;

	if (index < own) {
		value->type = ta_props[index].type;
		value->bytes = ta_props[index].value;
		value->size = size_of(&ta_props[index]);
		strlcpy(value->name, ta_props[index].name, sizeof(value->name));
		return TEE_SUCCESS;
	}
	code = _utee_get_property((unsigned long)set, index - own, value->name, &name_size, value->host, &size, &type);
	value->type = type;
	value->bytes = value->host;
	value->size = size;
	return code;
}

TEE_Result teemem_find_property(TEE_PropSetHandle set, const char *name, struct value *value)
{
	const size_t own = own_count(set);
	uint32_t index;
	TEE_Result code;

	if (!name) {
		const struct enumerator *e = (void *)set;

		return is_set(set) || !is_set(e->set) ? TEE_ERROR_ITEM_NOT_FOUND : at_index(e->set, e->index, value);
	}
	if (!is_set(set))
		return TEE_ERROR_ITEM_NOT_FOUND;
	for (index = 0; index < own; index++)
		if (!strcmp(ta_props[index].name, name))
			return at_index(set, index, value);
	code = _utee_get_property_name_to_index((unsigned long)set, name, strlen(name) + 1, &index);
	return code ? code : at_index(set, index + (uint32_t)own, value);
}

TEE_Result TEE_AllocatePropertyEnumerator(TEE_PropSetHandle *enumerator)
{
	struct enumerator *e = TEE_Malloc(sizeof(*e), TEE_MALLOC_FILL_ZERO);

	*enumerator = (TEE_PropSetHandle)e;
	return e ? TEE_SUCCESS : TEE_ERROR_OUT_OF_MEMORY;
}

void TEE_FreePropertyEnumerator(TEE_PropSetHandle enumerator)
{
	TEE_Free(enumerator);
}

void TEE_StartPropertyEnumerator(TEE_PropSetHandle enumerator, TEE_PropSetHandle set)
{
	*(struct enumerator *)enumerator = (struct enumerator){ .set = set };
}

void TEE_ResetPropertyEnumerator(TEE_PropSetHandle enumerator)
{
	*(struct enumerator *)enumerator = (struct enumerator){ 0 };
}

TEE_Result TEE_GetPropertyName(TEE_PropSetHandle enumerator, void *name, size_t *size)
{
	struct value value;
	const TEE_Result code = teemem_find_property(enumerator, NULL, &value);

	return code ? code : teemem_give_property(value.name, strlen(value.name) + 1, name, size);
}

TEE_Result TEE_GetNextProperty(TEE_PropSetHandle enumerator)
{
	struct enumerator *e = (struct enumerator *)enumerator;
	struct value value;

	if (!is_set(e->set))
		return TEE_ERROR_ITEM_NOT_FOUND;
	e->index++;
	return at_index(e->set, e->index, &value);
}
