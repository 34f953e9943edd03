/* Fetches heap events of TAs. See ta_events.h. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../teemem_ta.h"
#include "gate.h"
#include "real.h"
#include "ta_events.h"

#define TYPES (TEEC_VALUE_INOUT | TEEC_MEMREF_TEMP_OUTPUT << 4)
#define SESSIONS 64
#define ROOM 65536
#define MOST (64u << 20)

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void *asked[SESSIONS];

static void hold(void)
{
	pthread_mutex_lock(&mutex);
}

static void let_go(void)
{
	pthread_mutex_unlock(&mutex);
}

static void start(void)
{
	pthread_atfork(hold, let_go, let_go);
}

/* True for a TA whose UUID stands in TEEMEM_TA, in lower case, between commas. */
static int is_named(const struct teec_uuid *uuid)
{
	const char *names = getenv("TEEMEM_TA");
	const uint8_t *r = uuid->rest;
	char text[40];

	snprintf(text, sizeof(text), "%08" PRIx32 "-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", uuid->low, uuid->mid,
		 uuid->high, r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]);
	return names && strstr(names, text);
}

/* Puts `to` in the place of `from`. Needs the mutex. */
static int replaced(void *from, void *to)
{
	unsigned int i = 0;

	while (i < SESSIONS && asked[i] != from)
		i++;
	if (i < SESSIONS)
		asked[i] = to;
	return i < SESSIONS;
}

/* One reply as one piece: processes may share the file. */
static void append(const uint8_t *bytes, size_t length)
{
	const char *where = getenv("TEEMEM_TA_OUT");
	int file = where ? open(where, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;

	if (file >= 0 && write(file, bytes, length) != (ssize_t)length)
		fprintf(stderr, "teemem: %s: heap events could not be written\n", where);
	if (file >= 0)
		close(file);
}

/* Needs the mutex. The TA says how much room it needs, once. */
static void fetch(void *session)
{
	size_t room = ROOM;
	uint32_t origin = 0, result = TEEC_ERROR_SHORT_BUFFER;
	unsigned int tries = 0;

	for (tries = 0; tries < 2 && result == TEEC_ERROR_SHORT_BUFFER && room <= MOST; tries++) {
		struct teec_operation operation = { 0 };
		uint8_t *bytes = malloc(room);

		if (!bytes)
			return;
		operation.types = TYPES;
		operation.params[0].value.a = TEEMEM_TA_KEEP;
		operation.params[1].temporary.buffer = bytes;
		operation.params[1].temporary.size = room;
		gate_enter();
		result = real()->invoke(session, TEEMEM_TA_FETCH, &operation, &origin);
		gate_leave();
		room = operation.params[1].temporary.size;
		if (!result)
			append(bytes, room);
		free(bytes);
	}
	if (result && result != TEEC_ERROR_SHORT_BUFFER)
		replaced(session, NULL);
}

void ta_events_fetch(void *session)
{
	int kept = errno, cancel;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel);
	pthread_mutex_lock(&mutex);
	if (session && replaced(session, session))
		fetch(session);
	pthread_mutex_unlock(&mutex);
	pthread_setcancelstate(cancel, NULL);
	errno = kept;
}

void ta_events_opened(void *session, const struct teec_uuid *uuid)
{
	if (!getenv("TEEMEM_TA_OUT") || !session || !uuid || !is_named(uuid))
		return;
	pthread_once(&once, start);
	pthread_mutex_lock(&mutex);
	replaced(NULL, session);
	pthread_mutex_unlock(&mutex);
	ta_events_fetch(session);
}

void ta_events_closing(void *session)
{
	ta_events_fetch(session);
	pthread_mutex_lock(&mutex);
	if (session)
		replaced(session, NULL);
	pthread_mutex_unlock(&mutex);
}
