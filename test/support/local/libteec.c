/*
 * A libteec that stands in for a board. It answers the statistics TA's commands with the files in FOLDER: `alloc` and `tas` hold the bytes
 * that a board gave, `init` and `open` the result of a call in hex, where it is not 0. While there is a file `hang`, calls do not return:
 * those that it names, like `invoke 3`, or all.
 * What is called is written to the file `calls`.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct uuid { uint32_t low; uint16_t mid, high; uint8_t rest[8]; };
struct context { int fd; void *own[3]; };
struct session { struct context *context; uint32_t id; };
union parameter {
	struct { void *buffer; size_t size; } temporary;
	struct { void *parent; size_t size, offset; } part;
	struct { uint32_t a, b; } value;
};
struct operation { uint32_t started, types; union parameter params[4]; struct session *session; };

#define ITEM_NOT_FOUND 0xffff0008u
#define BAD_PARAMETERS 0xffff0006u
#define SHORT_BUFFER 0xffff0010u
#define NOT_SUPPORTED 0xffff000au

static const struct uuid stats = { 0xd96a5b40, 0xe2c7, 0xb1af, { 0x87, 0x94, 0x10, 0x02, 0xa5, 0xd5, 0xc6, 0x1b } };
static uint32_t maximum;

static ssize_t contents(const char *name, void *bytes, size_t room)
{
	char path[512];
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), FOLDER "/%s", name);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return -1;
	length = read(fd, bytes, room);
	close(fd);
	return length;
}

static uint32_t code_in(const char *name)
{
	char text[16] = "";

	return contents(name, text, sizeof(text) - 1) < 0 ? 0 : (uint32_t)strtoul(text, NULL, 16);
}

static int hangs(const char *text)
{
	char which[32] = "";

	return contents("hang", which, sizeof(which) - 1) >= 0 && (!which[0] || !strcmp(which, text));
}

static void note(const char *call, unsigned int number)
{
	FILE *file = fopen(FOLDER "/calls", "a");
	char text[32];

	snprintf(text, sizeof(text), "%s %u", call, number);
	if (file) {
		fprintf(file, "%s\n", text);
		fclose(file);
	}
	while (hangs(text))
		usleep(1000);
}

uint32_t TEEC_InitializeContext(const char *name, struct context *context)
{
	note("initialize", name != NULL);
	context->fd = 77;
	context->own[0] = context;
	return code_in("init");
}

void TEEC_FinalizeContext(struct context *context)
{
	note("finalize", context->own[0] == context);
}

uint32_t TEEC_OpenSession(struct context *context, struct session *session, const struct uuid *uuid, uint32_t login, const void *data, struct operation *operation, uint32_t *origin)
{
	note("open", login);
	*origin = 3;
	if (context->own[0] != context || data || (operation && operation->types))
		return BAD_PARAMETERS;
	if (memcmp(uuid, &stats, sizeof(stats)))
		return ITEM_NOT_FOUND;
	session->context = context;
	session->id = 5;
	return code_in("open");
}

void TEEC_CloseSession(struct session *session)
{
	note("close", session->id);
}

void TEEC_RequestCancellation(struct operation *operation)
{
	(void)operation;
	note("cancel", 0);
}

static uint32_t give(const char *name, union parameter *parameter)
{
	static uint8_t bytes[65536];
	ssize_t length = contents(name, bytes, sizeof(bytes));
	size_t room = parameter->temporary.size;

	if (length < 0)
		return NOT_SUPPORTED;
	parameter->temporary.size = (size_t)length;
	if (room < (size_t)length)
		return SHORT_BUFFER;
	memcpy(parameter->temporary.buffer, bytes, (size_t)length);
	/* The core heap's maximum, which can be set back: behind its name and bytes allocated. */
	if (maximum)
		memcpy((uint8_t *)parameter->temporary.buffer + (length % 64 ? 36 : 44), &maximum, 4);
	return 0;
}

uint32_t TEEC_InvokeCommand(struct session *session, uint32_t command, struct operation *operation, uint32_t *origin)
{
	union parameter *params = operation->params;
	uint32_t result;

	note("invoke", command);
	*origin = 4;
	if (session->id != 5)
		return BAD_PARAMETERS;
	if (command == 0 && operation->types == 0x222) {
		params[0].value.a = 1000;
		params[2].value.b = 0xfffffff0;
		return 0;
	}
	if (command == 1 && operation->types == 0x61) {
		result = give("alloc", &params[1]);
		if (!result && params[0].value.b)
			maximum = 4711;
		return params[0].value.a ? BAD_PARAMETERS : result;
	}
	if (command == 2 && operation->types == 0)
		return 0;
	if (command == 3 && operation->types == 0x6)
		return give("tas", &params[0]);
	if (command == 4 && operation->types == 0x22) {
		params[0].value.a = 1795888958;
		params[0].value.b = 577;
		params[1].value.a = 3372;
		params[1].value.b = 301;
		return 0;
	}
	return BAD_PARAMETERS;
}
