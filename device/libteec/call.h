/* Calls over one connection: what link.c does for links.c. */
#ifndef TEEMEM_CALL_H
#define TEEMEM_CALL_H

#include <pthread.h>

#include "link.h"

/* A request that is not answered yet. */
struct call {
	struct call *next;
	const void *key;
	uint32_t tag;
	uint8_t *body;
	size_t length;
	int done;
};

struct link {
	struct link *next;
	int fd;
	uint32_t serial, frame_most, memory_most;
	/* Guarded by the table of links.c. */
	unsigned int users;
	int closed;
	/* Held while a frame is written; taken before `state`. */
	pthread_mutex_t sending;
	/* Guards what follows. */
	pthread_mutex_t state;
	pthread_cond_t news;
	struct call *calls;
	uint32_t tag;
	int reading, dead;
};

/* Says hello, and keeps the limits of the welcome. */
int call_hello(struct link *link);
/* Cancels the call with this key, if it is under way. */
void call_cancel(struct link *link, const void *key);

#endif
