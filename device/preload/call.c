/* A call of the client into a TA, and the samples around it. */
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "asker.h"
#include "book.h"
#include "call.h"
#include "gate.h"
#include "line.h"

#define VERSION 1
/* Microseconds without a sample after which one before a call costs little in comparison. */
#define LONG_AGO 50000

static pthread_once_t once = PTHREAD_ONCE_INIT;
/* Guards what follows, the book and the askers. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int writing, reset;
static pid_t process;
static unsigned int lines, sessions;
static uint64_t last;
/* What this thread does itself is not sampled, nor what a libteec calls by its public names within a call. */
static __thread int inside;

static uint64_t now(void)
{
	struct timespec time = { 0 };

	clock_gettime(CLOCK_BOOTTIME, &time);
	return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

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
	const char *where = getenv("TEEMEM_OUT");
	const char *resets = getenv("TEEMEM_RESET");

	reset = resets && !strcmp(resets, "1");
	writing = line_open(where);
	gate_file(writing && strncmp(where, "fd:", 3) ? where : NULL);
	/* Before a fork the last one is called first: this mutex is taken before the gate's, as everywhere. */
	pthread_atfork(hold, let_go, let_go);
}

/* What every line begins with: process, thread, and a number without gaps. */
static void head(struct line *line, const char *what)
{
	line_add(line, "@teemem %s %d %ld %u", what, (int)getpid(), syscall(SYS_gettid), lines++);
}

/* The first line of a process. */
static void introduce(struct asker *asker)
{
	struct line line = { 0 };

	process = getpid();
	lines = 0;
	last = 0;
	head(&line, "begin");
	line_add(&line, " version=%d parent=%d time=%" PRIu64, VERSION, (int)getppid(), now());
	asker_pools(asker, &line);
	line_write(&line);
}

/* Needs the mutex. */
static void sample(const struct call *call, const char *what)
{
	const uint8_t *rest = call->uuid.rest;
	struct line line = { 0 };

	head(&line, what);
	line_add(&line, " session=%u uuid=%08" PRIx32 "-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x command=%" PRIu32,
		 call->session, call->uuid.low, call->uuid.mid, call->uuid.high, rest[0], rest[1], rest[2], rest[3], rest[4],
		 rest[5], rest[6], rest[7], call->command);
	if (call->end)
		line_add(&line, " result=%08" PRIx32 " origin=%" PRIu32 " from=%" PRIu64 " to=%" PRIu64, call->result,
			 call->origin, call->begin, call->end);
	line_add(&line, " time=%" PRIu64, now());
	asker_sample(call->asker, &line, reset);
	last = now();
	line_add(&line, " done=%" PRIu64, last);
	line_write(&line);
}

/* True where this thread takes part; the mutex is held then. A thread can't be cancelled while it holds it. */
static int take(int *cancel)
{
	pthread_once(&once, start);
	if (!writing || inside)
		return 0;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, cancel);
	hold();
	inside++;
	return 1;
}

static void give(int cancel)
{
	inside--;
	let_go();
	pthread_setcancelstate(cancel, NULL);
}

void call_context(const void *context, const char *name)
{
	struct entry entry = { .key = context };
	int kept = errno, cancel;

	if (take(&cancel)) {
		entry.asker = asker_of(name);
		book_add(&entry);
		give(cancel);
	}
	errno = kept;
}

void call_forget(const void *key)
{
	int kept = errno, cancel;

	if (take(&cancel)) {
		book_remove(key);
		give(cancel);
	}
	errno = kept;
}

void call_begin(struct call *call, const void *key)
{
	int kept = errno, cancel;
	struct entry known;

	if (take(&cancel)) {
		known = book_find(key);
		call->asker = known.asker ? known.asker : asker_of(NULL);
		call->session = known.number;
		if (known.number)
			call->uuid = known.uuid;
		if (call->closes)
			book_remove(key);
		if (call->asker && process != getpid())
			introduce(call->asker);
		if (call->asker && now() - last > LONG_AGO)
			sample(call, "before");
		give(cancel);
		gate_enter();
		inside++;
		call->begin = now();
	}
	errno = kept;
}

void call_end(struct call *call, const void *opened)
{
	int kept = errno, cancel;

	if (!call->begin)
		return;
	call->end = now();
	inside--;
	gate_leave();
	if (take(&cancel)) {
		if (opened) {
			struct entry entry = { opened, call->asker, ++sessions, call->uuid };

			call->session = sessions;
			book_add(&entry);
		}
		if (call->asker)
			sample(call, call->what);
		give(cancel);
	}
	errno = kept;
}
