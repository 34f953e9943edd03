/* What the client has open: its contexts and sessions, by their addresses. One thread at a time. */
#ifndef TEEMEM_BOOK_H
#define TEEMEM_BOOK_H

#include "teec.h"

struct asker;

struct entry {
	const void *key;
	/* Whom to ask for the statistics of its TEE. */
	struct asker *asker;
	/* Of a session: counts up from 1 in a process. */
	unsigned int number;
	struct teec_uuid uuid;
};

/* Adds an entry, in place of an older one with the same key. Without memory it is not there. */
void book_add(const struct entry *entry);
/* What is known of a key: zeros where nothing is. */
struct entry book_find(const void *key);
void book_remove(const void *key);

#endif
