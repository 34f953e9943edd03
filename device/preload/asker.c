/* Asks the statistics TA of one TEE, in a context and a session of its own. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asker.h"
#include "gate.h"
#include "real.h"

#define STATS_UUID { 0xd96a5b40, 0xe2c7, 0xb1af, { 0x87, 0x94, 0x10, 0x02, 0xa5, 0xd5, 0xc6, 0x1b } }
#define ALLOC_STATS 1u
#define TA_STATS 3u
#define ALL_POOLS 0u
#define CORE_HEAP 1u
#define TA_RAM 3u

#define NAME_ROOM 64
#define FIRST_SIZE 4096u
#define LARGEST_SIZE (1u << 20)

struct asker {
	struct asker *next;
	char name[NAME_ROOM];
	/* The process that opened what follows; 0: none has. A child opens its own. */
	pid_t process;
	/* Why it can't be asked, once that is known. */
	uint32_t failure;
	struct teec_context context;
	struct teec_session session;
	struct teec_memory memory;
	/* The core was built without statistics of TAs. */
	int no_tas;
};

static struct asker *askers;

struct asker *asker_of(const char *name)
{
	struct asker *one;

	if (!name || strlen(name) >= NAME_ROOM)
		name = "";
	for (one = askers; one && strcmp(one->name, name); one = one->next)
		;
	if (!one) {
		one = calloc(1, sizeof(*one));
		if (one) {
			strcpy(one->name, name);
			one->next = askers;
			askers = one;
		}
	}
	return one;
}

static uint32_t allocate(struct asker *asker, size_t size)
{
	memset(&asker->memory, 0, sizeof(asker->memory));
	asker->memory.size = size;
	asker->memory.flags = TEEC_MEM_OUTPUT;
	return real()->allocate(&asker->context, &asker->memory);
}

static uint32_t begin(struct asker *asker)
{
	static const struct teec_uuid uuid = STATS_UUID;
	uint32_t origin = 0, result;

	/* What a parent opened stays its own: its descriptor is closed here, its session is not. */
	if (asker->process)
		real()->finalize(&asker->context);
	memset(&asker->context, 0, sizeof(asker->context));
	memset(&asker->session, 0, sizeof(asker->session));
	asker->process = getpid();
	result = real()->initialize(asker->name[0] ? asker->name : NULL, &asker->context);
	if (result)
		return result;
	/* The descriptor stands first in all versions. A program that the client starts must not keep our session open. */
	if (asker->context.fd > STDERR_FILENO)
		fcntl(asker->context.fd, F_SETFD, FD_CLOEXEC);
	result = real()->open(&asker->context, &asker->session, &uuid, TEEC_LOGIN_PUBLIC, NULL, NULL, &origin);
	return result ? result : allocate(asker, FIRST_SIZE);
}

/* Asks once; `size` is that of the answer, or the size that it needs. */
static uint32_t invoke(struct asker *asker, uint32_t command, uint32_t pool, uint32_t reset, size_t *size)
{
	struct teec_operation operation = { 0 };
	unsigned int place = command == ALLOC_STATS ? 1 : 0;
	uint32_t origin = 0, result;

	if (place) {
		operation.types = TEEC_VALUE_INPUT;
		operation.params[0].value.a = pool;
		operation.params[0].value.b = reset;
	}
	operation.types |= TEEC_MEMREF_PARTIAL_OUTPUT << 4 * place;
	operation.params[place].part.parent = &asker->memory;
	operation.params[place].part.size = asker->memory.size;
	/* OP-TEE leaves parts of its records as they are. */
	memset(asker->memory.buffer, 0, asker->memory.size);
	result = real()->invoke(&asker->session, command, &operation, &origin);
	*size = operation.params[place].part.size;
	return result;
}

/* Adds an answer in hex, or `!` and why there is none. A TA that comes meanwhile may need a larger buffer once more. */
static uint32_t ask(struct asker *asker, struct line *line, uint32_t command, uint32_t pool, uint32_t reset)
{
	uint32_t result = TEEC_SUCCESS;
	size_t size = 0;
	int more;

	for (more = 8; more; more--) {
		result = invoke(asker, command, pool, reset, &size);
		if (result != TEEC_ERROR_SHORT_BUFFER || size <= asker->memory.size || size > LARGEST_SIZE)
			break;
		real()->release(&asker->memory);
		result = allocate(asker, 2 * size);
		if (result) {
			asker->failure = result;
			break;
		}
	}
	if (result || size > asker->memory.size)
		line_add(line, "!%08x", result);
	else
		line_hex(line, asker->memory.buffer, size);
	return result;
}

static int ready(struct asker *asker, struct line *line)
{
	if (asker->process != getpid())
		asker->failure = begin(asker);
	if (!asker->failure)
		return 1;
	line_add(line, " none=%08x", asker->failure);
	return 0;
}

/* True if they were told. */
static int ask_tas(struct asker *asker, struct line *line)
{
	uint32_t result;

	if (asker->no_tas)
		return 0;
	line_add(line, " tas=");
	if (!gate_close()) {
		line_add(line, "busy");
		return 0;
	}
	result = ask(asker, line, TA_STATS, 0, 0);
	gate_open();
	asker->no_tas = result == TEEC_ERROR_NOT_SUPPORTED;
	return !result || result == TEEC_ERROR_ITEM_NOT_FOUND;
}

void asker_sample(struct asker *asker, struct line *line, int reset)
{
	int told;

	if (!ready(asker, line))
		return;
	line_add(line, " heap=");
	ask(asker, line, ALLOC_STATS, CORE_HEAP, 0);
	line_add(line, " ram=");
	ask(asker, line, ALLOC_STATS, TA_RAM, 0);
	told = ask_tas(asker, line);
	if ((!told && !reset) || asker->failure)
		return;
	/* Asking for TAs takes core heap: this maximum is the one that the client's next call has not raised yet. */
	line_add(line, " reset=%d base=", reset);
	ask(asker, line, ALLOC_STATS, CORE_HEAP, reset ? 1 : 0);
}

void asker_pools(struct asker *asker, struct line *line)
{
	if (ready(asker, line)) {
		line_add(line, " pools=");
		ask(asker, line, ALLOC_STATS, ALL_POOLS, 0);
	}
}
