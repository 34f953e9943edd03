/*
 * A libteec that stands in for a board: its statistics TA answers with the bytes in FAKE_HEAP, FAKE_RAM, FAKE_POOLS and FAKE_TAS (hex, or
 * `!` and a result), less the core heap's first counter, which tells the calls so far. It ends the program where statistics of TAs are
 * asked for while some client is inside of a TA, in any process: that is what blocks an OP-TEE.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct uuid { uint32_t low; uint16_t mid, high; uint8_t rest[8]; };
struct context { int fd; int owner; };
struct session { struct context *context; uint32_t stats; };
struct memory { void *buffer; size_t size; uint32_t flags; int allocated; };
struct operation { uint32_t started, types; union { struct { struct memory *parent; size_t size, offset; } part; struct { void *buffer; size_t size; } temporary; struct { uint32_t a, b; } value; } params[4]; };

static volatile int *inside;
static volatile int *calls;

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("FAKE_SHARED");
	int fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;

	if (fd >= 0 && ftruncate(fd, 4096))
		_exit(91);
	inside = mmap(NULL, 4096, PROT_READ | PROT_WRITE, fd >= 0 ? MAP_SHARED : MAP_SHARED | MAP_ANONYMOUS, fd, 0);
	calls = inside + 1;
	if (fd >= 0)
		close(fd);
}

static void fail(const char *why)
{
	fprintf(stderr, "fake libteec: %s\n", why);
	_exit(90);
}

uint32_t TEEC_InitializeContext(const char *name, struct context *context)
{
	if (name && !strcmp(name, "no-such-tee"))
		return 0xffff0008;
	context->fd = open("/dev/null", O_RDWR);
	context->owner = getpid();
	if (getenv("FAKE_NAMES"))
		fprintf(stderr, "context %s\n", name ? name : "(usual)");
	return 0;
}

void TEEC_FinalizeContext(struct context *context)
{
	close(context->fd);
}

uint32_t TEEC_OpenSession(struct context *context, struct session *session, const struct uuid *uuid, uint32_t method, const void *data, void *operation, uint32_t *origin)
{
	uint32_t own;

	(void)method; (void)data; (void)operation;
	if (!origin)
		origin = &own;
	session->context = context;
	session->stats = uuid->low == 0xd96a5b40;
	*origin = 4;
	if (session->stats && getenv("FAKE_NO_STATS")) {
		*origin = 3;
		errno = 99;
		return 0xffff0008;
	}
	if (!session->stats) {
		__atomic_add_fetch(calls, 1, __ATOMIC_SEQ_CST);
		errno = 55;
	}
	return 0;
}

void TEEC_CloseSession(struct session *session)
{
	if (session->context->owner != getpid())
		fail("a session of another process is closed");
	__atomic_add_fetch(calls, 1, __ATOMIC_SEQ_CST);
	errno = 55;
}

uint32_t TEEC_AllocateSharedMemory(struct context *context, struct memory *memory)
{
	(void)context;
	memory->buffer = malloc(memory->size);
	/* As memory of a board: full of what was there before. */
	memset(memory->buffer, 0xa5, memory->size);
	return 0;
}

void TEEC_ReleaseSharedMemory(struct memory *memory)
{
	free(memory->buffer);
}

static uint32_t answer(const char *name, struct memory *memory, size_t *size)
{
	const char *hex = getenv(name);
	size_t length = hex ? strlen(hex) / 2 : 0, i;
	unsigned int byte;

	if (hex && *hex == '!')
		return (uint32_t)strtoul(hex + 1, NULL, 16);
	if (memory->size < length) {
		*size = length;
		return 0xffff0010;
	}
	for (i = 0; i < length; i++) {
		/* As OP-TEE it writes neither name nor sum of squares of a TA. */
		if (!strcmp(name, "FAKE_TAS") && i % 88 >= 24 && i % 88 < 64)
			continue;
		sscanf(hex + 2 * i, "%2x", &byte);
		((uint8_t *)memory->buffer)[i] = (uint8_t)byte;
	}
	*size = length;
	if (!strcmp(name, "FAKE_HEAP")) {
		uint32_t allocated = 16 * (uint32_t)*calls;

		memcpy((uint8_t *)memory->buffer + (length == 64 ? 40 : 32), &allocated, 4);
	}
	return 0;
}

static uint32_t statistics(struct session *session, uint32_t command, struct operation *operation)
{
	int place = command == 1;

	errno = 99;
	if (session->context->owner != getpid())
		fail("a session of another process is asked");
	if (command == 3) {
		if (__atomic_load_n(inside, __ATOMIC_SEQ_CST))
			fail("TAs are asked for while a client is inside of one");
		usleep(200);
		if (__atomic_load_n(inside, __ATOMIC_SEQ_CST))
			fail("a client came into a TA while TAs are asked for");
		return answer("FAKE_TAS", operation->params[0].part.parent, &operation->params[0].part.size);
	}
	return answer(operation->params[0].value.a == 1 ? "FAKE_HEAP" : operation->params[0].value.a == 3 ? "FAKE_RAM" : "FAKE_POOLS",
		      operation->params[place].part.parent, &operation->params[place].part.size);
}

uint32_t TEEC_InvokeCommand(struct session *session, uint32_t command, struct operation *operation, uint32_t *origin)
{
	uint32_t result = command == 9 ? 0xffff000c : 0, own;

	if (!origin)
		origin = &own;
	*origin = 4;
	if (session->stats)
		return statistics(session, command, operation);
	if (command == 0x7ee3e300) {
		const char *events = getenv("FAKE_EVENTS");
		size_t room = operation->params[1].temporary.size;

		errno = 99;
		if (operation->types != 0x63)
			fail("events are asked for with other parameters");
		if (!events)
			return 0xffff000a;
		operation->params[1].temporary.size = strlen(events);
		if (room >= strlen(events))
			memcpy(operation->params[1].temporary.buffer, events, strlen(events));
		return room < strlen(events) ? 0xffff0010 : 0;
	}
	if (command == 7 && errno != 77)
		fail("errno of the client was changed");
	__atomic_add_fetch(inside, 1, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(calls, 1, __ATOMIC_SEQ_CST);
	usleep(command == 8 ? 500 : 0);
	__atomic_sub_fetch(inside, 1, __ATOMIC_SEQ_CST);
	errno = 55;
	return result;
}
