/* As whom a client opens a session: Linux' driver checks it, so the library does. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "identity.h"

/* One of the process's groups, the effective one included. */
static int is_member(gid_t group)
{
	int n, count = getgroups(0, NULL), found = group == getegid();
	gid_t *groups = count > 0 ? calloc((size_t)count, sizeof(*groups)) : NULL;

	if (groups && !found)
		count = getgroups(count, groups);
	for (n = 0; groups && !found && n < count; n++)
		found = groups[n] == group;
	free(groups);
	return found;
}

TEEC_Result identity_of(uint32_t method, const void *data, uint32_t *identity)
{
	*identity = 0;
	switch (method) {
	case TEEC_LOGIN_PUBLIC:
		return TEEC_SUCCESS;
	case TEEC_LOGIN_USER:
		*identity = geteuid();
		return TEEC_SUCCESS;
	case TEEC_LOGIN_GROUP:
		if (!data)
			return TEEC_ERROR_BAD_PARAMETERS;
		memcpy(identity, data, sizeof(*identity));
		/* EPERM of the driver, as libteec translates it. */
		return is_member(*identity) ? TEEC_SUCCESS : TEEC_ERROR_GENERIC;
	default:
		/* EINVAL: Linux has no identity of applications. */
		return TEEC_ERROR_BAD_PARAMETERS;
	}
}
