/* The functions of the libteec that the client uses. */
#ifndef TEEMEM_REAL_H
#define TEEMEM_REAL_H

#include "teec.h"

struct real {
	uint32_t (*initialize)(const char *name, void *context);
	void (*finalize)(void *context);
	uint32_t (*open)(void *context, void *session, const struct teec_uuid *uuid, uint32_t method, const void *data,
			 void *operation, uint32_t *origin);
	uint32_t (*invoke)(void *session, uint32_t command, void *operation, uint32_t *origin);
	void (*close)(void *session);
	uint32_t (*allocate)(void *context, void *memory);
	void (*release)(void *memory);
};

/* NULL where no libteec is loaded that has them all. */
const struct real *real(void);

#endif
