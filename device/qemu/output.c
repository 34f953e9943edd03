/* Writes events, one a line. What cannot be written ends the output, never the machine. */
#define _GNU_SOURCE
#include "output.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static FILE *out;
static uint64_t begun, flushed, events;

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

const char *output_open(const char *path, bool blocks)
{
	static char text[512];
	int fd = !strncmp(path, "unix:", 5) ? connect_to(path + 5) : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	out = fd < 0 ? NULL : fdopen(fd, "w");
	if (!out) {
		snprintf(text, sizeof(text), "%s: %s", path, strerror(errno));
		return text;
	}
	setvbuf(out, NULL, _IOFBF, 1 << 16);
	begun = flushed = now_us();
	fprintf(out, "# teemem heap events 1\n# sizes %s\n", blocks ? "blocks" : "requests");
	fputs("#heap\tinst\tt_us\top\tptr\tsize\targ\tret\talloc\tfunc\tloc\n", out);
	fflush(out);
	return NULL;
}

/* A reader that went away must not end QEMU. */
static void guarded(void (*write)(const struct event *), const struct event *event)
{
	sigset_t pipe, old;
	struct timespec none = { 0, 0 };

	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe, &old);
	write(event);
	if (ferror(out)) {
		fprintf(stderr, "teemem: the events cannot be written: %s; the recording ends here\n", strerror(errno));
		sigtimedwait(&pipe, NULL, &none);
		fclose(out);
		sigtimedwait(&pipe, NULL, &none);
		out = NULL;
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static void write_event(const struct event *e)
{
	fprintf(out, "%s\t%u\t%" PRIu64 "\t%c\t%" PRIx64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIx64 "\t%" PRIu64 "\t%s\t%s\n", e->heap,
		e->instance, now_us() - begun, e->op, e->pointer, e->size, e->arg, e->result, e->allocated, e->func, e->place);
	events++;
}

/* Turns go the way of events: an operation '<' or '>', and the name where functions stand. */
static void write_turn(const struct event *e)
{
	fprintf(out, "#%s\t%s\t%u\t%" PRIu64 "\t%s\t%" PRIx64 "\n", e->op == '<' ? "enter" : "leave", e->heap, e->instance,
		now_us() - begun, e->func, e->result);
}

static void write_out(const struct event *e)
{
	(void)e;
	fflush(out);
}

static void write_end(const struct event *e)
{
	(void)e;
	fprintf(out, "# end %" PRIu64 "\n", events);
	fflush(out);
}

void output_event(const struct event *event)
{
	if (out)
		guarded(write_event, event);
}

void output_turn(bool enters, const char *heap, unsigned int instance, const char *name, uint32_t code)
{
	struct event e = { .heap = heap, .instance = instance, .op = enters ? '<' : '>', .func = name, .result = code };

	if (out)
		guarded(write_turn, &e);
}

void output_flush(bool now)
{
	uint64_t time = out ? now_us() : 0;

	if (!out || (!now && time - flushed < 1000000))
		return;
	flushed = time;
	guarded(write_out, NULL);
}

void output_close(void)
{
	if (out)
		guarded(write_end, NULL);
	if (out)
		fclose(out);
	out = NULL;
}
