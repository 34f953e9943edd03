/* A line of the output: text that grows, with a checksum at its end, written as one piece. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "line.h"

static const char *path;
static int out = -1;
/* What was opened: a client that closes all descriptors may give the number to a file of its own. */
static dev_t device;
static ino_t inode;

static int make_room(struct line *line, size_t length)
{
	size_t room = line->length + length + 1;
	char *larger;

	if (room <= line->room)
		return 1;
	larger = realloc(line->text, room * 2);
	if (!larger) {
		line->broken = 1;
		return 0;
	}
	line->text = larger;
	line->room = room * 2;
	return 1;
}

void line_add(struct line *line, const char *format, ...)
{
	va_list list;
	int length;

	va_start(list, format);
	length = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (length < 0 || !make_room(line, (size_t)length))
		return;
	va_start(list, format);
	line->length += (size_t)vsnprintf(line->text + line->length, (size_t)length + 1, format, list);
	va_end(list);
}

void line_hex(struct line *line, const void *bytes, size_t length)
{
	const uint8_t *byte = bytes;
	size_t i;

	if (!make_room(line, 2 * length))
		return;
	for (i = 0; i < length; i++)
		line->length += (size_t)sprintf(line->text + line->length, "%02x", byte[i]);
}

/* CRC-32 as zip has it. */
static uint32_t check_sum(const char *text, size_t length)
{
	uint32_t sum = 0xffffffff;
	size_t i;
	int bit;

	for (i = 0; i < length; i++) {
		sum ^= (uint8_t)text[i];
		for (bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (0xedb88320 & -(sum & 1));
	}
	return ~sum;
}

int line_open(const char *where)
{
	struct stat now;

	path = where;
	if (!where)
		return 0;
	if (strncmp(where, "fd:", 3)) {
		/* A FIFO without a reader refuses at once, it does not wait for one. */
		out = open(where, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
		if (out >= 0)
			fcntl(out, F_SETFL, O_APPEND);
	} else {
		out = atoi(where + 3);
	}
	if (out < 0 || fstat(out, &now)) {
		out = -1;
		return 0;
	}
	device = now.st_dev;
	inode = now.st_ino;
	return 1;
}

static int still_ours(void)
{
	struct stat now;

	if (out >= 0 && !fstat(out, &now) && now.st_dev == device && now.st_ino == inode)
		return 1;
	out = -1;
	return path && strncmp(path, "fd:", 3) ? line_open(path) : 0;
}

static void put(const char *text, size_t length)
{
	ssize_t done;

	while (length) {
		done = write(out, text, length);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			/* Its reader has gone, or the disk is full: the client goes on without us. */
			path = NULL;
			out = -1;
			return;
		}
		text += done;
		length -= (size_t)done;
	}
}

void line_write(struct line *line)
{
	static const struct timespec now;
	sigset_t pipe_signal, before, pending;
	int was_pending;

	line_add(line, " #%08x\n", line->broken ? 0 : check_sum(line->text, line->length));
	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	sigpending(&pending);
	was_pending = sigismember(&pending, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
	if (!line->broken && still_ours())
		put(line->text, line->length);
	if (!was_pending)
		while (sigtimedwait(&pipe_signal, NULL, &now) < 0 && errno == EINTR)
			;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	free(line->text);
	memset(line, 0, sizeof(*line));
}
