/*
 * A small client for a TA that has teemem's object: opens a session, invokes commands, and takes the heap events after each.
 * It speaks to the driver itself and needs no libteec:   aarch64-linux-gnu-gcc -static -O2 teemem_ta_client.c -o ta_client
 *
 *   ta_client UUID [-t MODE] [COMMAND[,A[,B]] | wait,SECONDS]... >ring.bin
 *
 * Each command gets one value parameter (A, B; decimal or 0x…). MODE (off, ring, lines) is set before the first command.
 * What is taken goes to standard output, one reply behind the other, for `teemem record --from ring.bin`; results to standard error.
 */
#include <fcntl.h>
#include <linux/tee.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "teemem_ta.h"

#define ROOM (256 * 1024)
#define SUCCESS 0
#define TARGET_DEAD 0xffff3024

static int tee;

static int failed(const char *what, uint32_t res)
{
	fprintf(stderr, "ta_client: %s: 0x%08x\n", what, res);
	return 1;
}

/* "8aaaf200-2450-11e4-abe2-0002a5d5c51b", as the driver wants it. */
static int read_uuid(const char *text, uint8_t *to)
{
	unsigned int n = 0, byte = 0;

	for (; *text && n < 16; text += *text == '-') {
		if (sscanf(text, "%2x", &byte) != 1)
			return 1;
		to[n++] = byte;
		text += 2;
	}
	return n != 16 || *text;
}

static uint32_t open_session(const char *uuid, uint32_t *session)
{
	struct tee_ioctl_open_session_arg arg = { 0 };
	struct tee_ioctl_buf_data data = { (uintptr_t)&arg, sizeof(arg) };

	if (read_uuid(uuid, arg.uuid) || ioctl(tee, TEE_IOC_OPEN_SESSION, &data))
		return 0xffff0006;
	*session = arg.session;
	return arg.ret;
}

static uint32_t invoke(uint32_t session, uint32_t command, struct tee_ioctl_param *params, uint32_t count)
{
	struct { struct tee_ioctl_invoke_arg arg; struct tee_ioctl_param params[4]; } call = { 0 };
	struct tee_ioctl_buf_data data = { (uintptr_t)&call, sizeof(call) };

	call.arg.func = command;
	call.arg.session = session;
	call.arg.num_params = 4;
	memcpy(call.params, params, count * sizeof(*params));
	if (ioctl(tee, TEE_IOC_INVOKE, &data))
		return 0xffff0000;
	memcpy(params, call.params, count * sizeof(*params));
	return call.arg.ret;
}

static int fetch(uint32_t session, uint32_t mode)
{
	static struct tee_ioctl_shm_alloc_data shm;
	static uint8_t *room;
	static int shared = -1;
	struct tee_ioctl_param p[2] = { { .attr = TEE_IOCTL_PARAM_ATTR_TYPE_VALUE_INOUT, .a = mode },
					{ .attr = TEE_IOCTL_PARAM_ATTR_TYPE_MEMREF_OUTPUT, .b = ROOM } };
	uint32_t res = 0;

	if (shared < 0) {
		shm.size = ROOM;
		shared = ioctl(tee, TEE_IOC_SHM_ALLOC, &shm);
		room = shared < 0 ? MAP_FAILED : mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
		if (room == MAP_FAILED)
			return failed("shared memory", 0);
	}
	p[1].c = shm.id;
	res = invoke(session, TEEMEM_TA_FETCH, p, 2);
	if (res != SUCCESS)
		return failed(res == TARGET_DEAD ? "the TA has panicked; its last events are on the secure console" :
			      "the TA gives no events; was it linked with teemem_ta.c?", res);
	return fwrite(room, 1, p[1].b, stdout) != p[1].b || fflush(stdout);
}

int main(int argc, char **argv)
{
	static const char *const modes[] = { "keep", "off", "ring", "lines" };
	uint32_t session = 0, mode = TEEMEM_TA_KEEP, res = 0;
	int i = 2, bad = 0;

	tee = open("/dev/tee0", O_RDWR);
	if (argc < 2 || tee < 0)
		return failed(tee < 0 ? "/dev/tee0 cannot be opened" : "usage: ta_client UUID [-t MODE] [COMMAND[,A[,B]]]...", 0);
	if (argc > 3 && !strcmp(argv[2], "-t")) {
		while (mode < TEEMEM_TA_LINES && strcmp(modes[mode], argv[3]))
			mode++;
		i = 4;
	}
	res = open_session(argv[1], &session);
	if (res != SUCCESS)
		return failed("the session cannot be opened", res);
	bad = fetch(session, mode);
	for (; i < argc && !bad; i++) {
		struct timespec from, to;
		char *next = argv[i];
		uint32_t command = strtoul(next, &next, 0);
		struct tee_ioctl_param p = { .attr = TEE_IOCTL_PARAM_ATTR_TYPE_VALUE_INOUT };

		if (!strncmp(argv[i], "wait,", 5)) {
			sleep(strtoul(argv[i] + 5, NULL, 10));
			continue;
		}
		p.a = *next ? strtoul(next + 1, &next, 0) : 0;
		p.b = *next ? strtoul(next + 1, &next, 0) : 0;
		clock_gettime(CLOCK_MONOTONIC, &from);
		res = invoke(session, command, &p, 1);
		clock_gettime(CLOCK_MONOTONIC, &to);
		fprintf(stderr, "%s: 0x%08x a %u b %u %ld us\n", argv[i], res, (unsigned int)p.a, (unsigned int)p.b,
			(to.tv_sec - from.tv_sec) * 1000000L + (to.tv_nsec - from.tv_nsec) / 1000);
		bad = fetch(session, TEEMEM_TA_KEEP);
	}
	return bad;
}
