/* A property that was found. */
#ifndef PROPERTIES_H
#define PROPERTIES_H

#include <string_ext.h>
#include <tee_internal_api.h>
#include <user_ta_header.h>

#include "host.h"

struct value {
	enum user_ta_prop_type type;
	const void *bytes;
	size_t size;
	char name[80];
	/* Room for what the host has. */
	uint8_t host[256];
};

/* By its name in a set, or, without a name, where an enumerator stands. */
TEE_Result teemem_find_property(TEE_PropSetHandle set, const char *name, struct value *value);

/* Copies what fits; SHORT_BUFFER, and the size that is needed, where it does not. */
TEE_Result teemem_give_property(const void *bytes, size_t count, void *to, size_t *size);

#endif
