/* Connections with a daemon, and calls over them. */
#ifndef TEEMEM_LINK_H
#define TEEMEM_LINK_H

#include "frame.h"

struct link;

/* What a call was answered with. */
struct reply {
	uint32_t code, origin, session;
	/* The parameters; they point into `body`, which the caller frees. */
	struct reader params;
	uint8_t *body;
};

/* A new connection, greeted; NULL where there is none. The caller drops it. */
struct link *link_open(void);
/* Its number, under which others find it. */
int link_number(const struct link *link);
/* Tells connections apart for as long as the process lives: numbers are used again. */
uint32_t link_serial(const struct link *link);
/* Bytes that a memory reference may have. */
size_t link_memory_most(const struct link *link);
/* The connection of this number; NULL where there is none. The caller drops it. */
struct link *link_find(int number);
void link_drop(struct link *link);
/* Nobody finds it any more; it ends when the last call over it has returned. */
void link_close(int number);

/* Sends a request and waits for its reply; `key` is what cancels it. Frees the frame. False where there is no reply. */
int link_ask(struct link *link, struct frame *frame, const void *key, struct reply *reply);
/* Asks for the cancellation of the calls with this key, over whichever connection. */
void link_cancel(const void *key);

#endif
