/* As whom a client opens a session. */
#ifndef TEEMEM_IDENTITY_H
#define TEEMEM_IDENTITY_H

#include "tee_client_api.h"

/* The user or group of a login method, 0 with TEEC_LOGIN_PUBLIC; an error where Linux refuses the method. */
TEEC_Result identity_of(uint32_t method, const void *data, uint32_t *identity);

#endif
