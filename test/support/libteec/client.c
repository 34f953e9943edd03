/* A client that goes through libteec.so: each argument is a step, and prints a line. Exit code 0 where all went as asked. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <tee_client_api.h>

static const TEEC_UUID HELLO = { 0x8aaaf200, 0x2450, 0x11e4, { 0xab, 0xe2, 0x00, 0x02, 0xa5, 0xd5, 0xc5, 0x1b } };
static const TEEC_UUID RANDOM = { 0xb6c53aba, 0x9669, 0x4668, { 0xa7, 0xf2, 0x20, 0x56, 0x29, 0xd0, 0x0f, 0x86 } };
/* What test/libteec.test.ts has: command 0 writes four bytes and says two, 1 waits until it is cancelled. */
static const TEEC_UUID TEST = { 0, 0, 0x4000, { 0x80, 0, 0, 0, 0, 0, 0, 1 } };
static const TEEC_UUID NOBODY = { 1, 2, 3, { 4 } };

static TEEC_Context context;

static TEEC_Result open_it(TEEC_Session *session, const TEEC_UUID *uuid, uint32_t method, const void *data, uint32_t *origin)
{
	*origin = 99;
	return TEEC_OpenSession(&context, session, uuid, method, data, NULL, origin);
}

static void add(int times)
{
	TEEC_Session session;
	TEEC_Operation operation = { 0 };
	uint32_t origin;
	int n;

	open_it(&session, &HELLO, TEEC_LOGIN_PUBLIC, NULL, &origin);
	operation.paramTypes = TEEC_PARAM_TYPES(TEEC_VALUE_INOUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	for (n = 0; n < times; n++)
		TEEC_InvokeCommand(&session, 0, &operation, &origin);
	printf("%u\n", operation.params[0].value.a);
	TEEC_CloseSession(&session);
}

static void *add_many(void *unused)
{
	(void)unused;
	add(200);
	return NULL;
}

/* Several threads over one context. */
static void step_threads(void)
{
	pthread_t threads[8];
	int n;

	for (n = 0; n < 8; n++)
		pthread_create(&threads[n], NULL, add_many, NULL);
	for (n = 0; n < 8; n++)
		pthread_join(threads[n], NULL);
}

static TEEC_Result fill(TEEC_Operation *operation)
{
	TEEC_Session session;
	TEEC_Result result;
	uint32_t origin;

	open_it(&session, &RANDOM, TEEC_LOGIN_PUBLIC, NULL, &origin);
	result = TEEC_InvokeCommand(&session, 0, operation, &origin);
	printf("%x from %u\n", result, origin);
	TEEC_CloseSession(&session);
	return result;
}

/* Bytes of a buffer that are no longer 0xaa, as one letter each. */
static void show(const unsigned char *bytes, size_t count)
{
	size_t n;

	for (n = 0; n < count; n++)
		putchar(bytes[n] == 0xaa ? '.' : 'x');
	putchar('\n');
}

/* What programs read where optee_client's own header has its fields: an int, and two bools. */
static void step_capabilities(void)
{
	const unsigned char *bytes = (const unsigned char *)&context;

	printf("%d %d\n", bytes[4], bytes[5]);
}

static void step_temporary(void)
{
	static unsigned char bytes[64];
	TEEC_Operation operation = { 0 };

	memset(bytes, 0xaa, sizeof(bytes));
	operation.paramTypes = TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_OUTPUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	operation.params[0].tmpref.buffer = bytes;
	operation.params[0].tmpref.size = 40;
	fill(&operation);
	printf("%zu\n", operation.params[0].tmpref.size);
	show(bytes + 40, 24);
}

static void registered(TEEC_SharedMemory *memory, uint32_t kind, size_t offset, size_t size)
{
	TEEC_Operation operation = { 0 };

	memset(memory->buffer, 0xaa, memory->size);
	operation.paramTypes = TEEC_PARAM_TYPES(kind, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	operation.params[0].memref.parent = memory;
	operation.params[0].memref.offset = offset;
	operation.params[0].memref.size = size;
	fill(&operation);
	printf("%zu\n", operation.params[0].memref.size);
}

static void step_memory(void)
{
	static unsigned char bytes[64];
	TEEC_SharedMemory own = { .buffer = bytes, .size = sizeof(bytes), .flags = TEEC_MEM_OUTPUT };
	TEEC_SharedMemory given = { .size = 32, .flags = TEEC_MEM_OUTPUT };
	TEEC_SharedMemory input = { .buffer = bytes, .size = sizeof(bytes), .flags = TEEC_MEM_INPUT };

	TEEC_RegisterSharedMemory(&context, &own);
	registered(&own, TEEC_MEMREF_WHOLE, 0, 0);
	registered(&own, TEEC_MEMREF_PARTIAL_OUTPUT, 8, 16);
	show(bytes, 8);
	show(bytes + 24, 40);
	/* Beyond the end, in the wrong direction, and no longer shared. */
	registered(&own, TEEC_MEMREF_PARTIAL_OUTPUT, 60, 8);
	registered(&own, TEEC_MEMREF_PARTIAL_OUTPUT, (size_t)-8, 16);
	registered(&own, TEEC_MEMREF_PARTIAL_INOUT, 0, 8);
	TEEC_ReleaseSharedMemory(&own);
	own.buffer = bytes;
	registered(&own, TEEC_MEMREF_WHOLE, 0, 0);
	TEEC_AllocateSharedMemory(&context, &given);
	registered(&given, TEEC_MEMREF_WHOLE, 0, 0);
	TEEC_ReleaseSharedMemory(&given);
	printf("%d\n", given.buffer == NULL);
	input.buffer = NULL;
	printf("%x\n", TEEC_RegisterSharedMemory(&context, &input));
	input.flags = 4;
	input.buffer = bytes;
	printf("%x\n", TEEC_RegisterSharedMemory(&context, &input));
}

static void step_file(void)
{
	TEEC_SharedMemory memory = { .flags = TEEC_MEM_OUTPUT };
	int fd = memfd_create("shared", 0);
	unsigned char bytes[48];

	if (ftruncate(fd, sizeof(bytes)))
		return;
	printf("%x\n", TEEC_RegisterSharedMemoryFileDescriptor(&context, &memory, fd));
	memset(bytes, 0xaa, sizeof(bytes));
	if (pwrite(fd, bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return;
	{
		TEEC_Operation operation = { 0 };

		operation.paramTypes = TEEC_PARAM_TYPES(TEEC_MEMREF_PARTIAL_OUTPUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
		operation.params[0].memref.parent = &memory;
		operation.params[0].memref.offset = 40;
		operation.params[0].memref.size = 8;
		fill(&operation);
	}
	if (pread(fd, bytes, sizeof(bytes), 0) == (ssize_t)sizeof(bytes))
		show(bytes, 40);
	TEEC_ReleaseSharedMemory(&memory);
	close(fd);
}

static void step_logins(void)
{
	static const uint32_t methods[] = { TEEC_LOGIN_USER, TEEC_LOGIN_GROUP, TEEC_LOGIN_APPLICATION, 0x80000000, 3 };
	uint32_t group = getegid(), other = 0x7ffffffe, origin;
	TEEC_Session session;
	TEEC_Result result;
	size_t n;

	for (n = 0; n < sizeof(methods) / sizeof(*methods); n++) {
		result = open_it(&session, &HELLO, methods[n], &group, &origin);
		printf("%x from %u\n", result, origin);
		if (!result)
			TEEC_CloseSession(&session);
	}
	result = open_it(&session, &HELLO, TEEC_LOGIN_GROUP, &other, &origin);
	printf("%x from %u\n", result, origin);
}

static void step_refused(void)
{
	TEEC_Operation operation = { 0 };
	TEEC_Context second;
	TEEC_Session session;
	uint32_t origin;
	TEEC_Result result = open_it(&session, &NOBODY, TEEC_LOGIN_PUBLIC, NULL, &origin);

	printf("%x from %u\n", result, origin);
	printf("%x\n", TEEC_InitializeContext("another", &second));
	printf("%x\n", TEEC_InitializeContext("optee-tz", &second));
	TEEC_FinalizeContext(&second);
	operation.paramTypes = 4;
	fill(&operation);
	operation.paramTypes = TEEC_MEMREF_TEMP_INPUT;
	operation.params[0].tmpref.size = 1;
	fill(&operation);
	TEEC_RequestCancellation(NULL);
	TEEC_RequestCancellation(&operation);
	TEEC_CloseSession(NULL);
	TEEC_ReleaseSharedMemory(NULL);
	TEEC_FinalizeContext(NULL);
}

static void step_large(void)
{
	static unsigned char bytes[3 << 20];
	TEEC_Operation operation = { 0 };

	memset(bytes, 0xaa, sizeof(bytes));
	operation.paramTypes = TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_OUTPUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	operation.params[0].tmpref.buffer = bytes;
	operation.params[0].tmpref.size = sizeof(bytes);
	fill(&operation);
}

/* The TA works on the client's memory: what it wrote is there whatever size it says, and nothing else has changed. */
static void step_shared(void)
{
	unsigned char bytes[16];
	TEEC_Operation operation = { 0 };
	TEEC_Session session;
	uint32_t origin;

	memset(bytes, 0xaa, sizeof(bytes));
	operation.paramTypes = TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_OUTPUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	operation.params[0].tmpref.buffer = bytes;
	operation.params[0].tmpref.size = sizeof(bytes);
	open_it(&session, &TEST, TEEC_LOGIN_PUBLIC, NULL, &origin);
	printf("%x\n", TEEC_InvokeCommand(&session, 0, &operation, &origin));
	printf("%zu\n", operation.params[0].tmpref.size);
	show(bytes, sizeof(bytes));
	TEEC_CloseSession(&session);
}

static void *cancel(void *operation)
{
	/* Until the call has begun, there is nothing to cancel. */
	for (;;) {
		pthread_testcancel();
		TEEC_RequestCancellation(operation);
		usleep(1000);
	}
	return NULL;
}

static void step_cancel(void)
{
	TEEC_Operation operation = { 0 };
	TEEC_Session session;
	pthread_t thread;
	uint32_t origin;

	open_it(&session, &TEST, TEEC_LOGIN_PUBLIC, NULL, &origin);
	pthread_create(&thread, NULL, cancel, &operation);
	printf("%x\n", TEEC_InvokeCommand(&session, 1, &operation, &origin));
	pthread_cancel(thread);
	pthread_join(thread, NULL);
	TEEC_CloseSession(&session);
}

static const struct {
	const char *name;
	void (*step)(void);
} STEPS[] = {
	{ "threads", step_threads }, { "temporary", step_temporary }, { "memory", step_memory },   { "file", step_file },
	{ "logins", step_logins },   { "refused", step_refused },     { "large", step_large },
	{ "shared", step_shared },   { "cancel", step_cancel },       { "capabilities", step_capabilities },
};

int main(int argc, char **argv)
{
	size_t n;
	int arg;
	TEEC_Result result = TEEC_InitializeContext(NULL, &context);

	if (result) {
		printf("%x\n", result);
		return 1;
	}
	for (arg = 1; arg < argc; arg++) {
		if (!strcmp(argv[arg], "exit"))
			return atoi(argv[arg + 1]);
		for (n = 0; n < sizeof(STEPS) / sizeof(*STEPS); n++)
			if (!strcmp(argv[arg], STEPS[n].name))
				STEPS[n].step();
	}
	TEEC_FinalizeContext(&context);
	return 0;
}
