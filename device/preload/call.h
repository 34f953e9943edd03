/* A call of the client into a TA, and the samples around it. */
#ifndef TEEMEM_CALL_H
#define TEEMEM_CALL_H

#include "teec.h"

struct asker;

struct call {
	const char *what;
	unsigned int session;
	struct teec_uuid uuid;
	uint32_t command, result, origin;
	/* Microseconds since the board was started; 0: not yet, or the call is not sampled. */
	uint64_t begin, end;
	struct asker *asker;
	/* It ends its session. */
	int closes;
};

/* Notes a context of the client, with the name of its TEE. */
void call_context(const void *context, const char *name);
/* A context has ended. */
void call_forget(const void *key);
/* Right before a call with a context or a session; errno is the client's behind it. */
void call_begin(struct call *call, const void *key);
/* Right after it, with the session that it opened, or NULL; errno stays as the call left it. */
void call_end(struct call *call, const void *opened);

#endif
