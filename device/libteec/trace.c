/* What upstream's libteec exports beside the API, and upstream's programs use: messages on standard output, dumps of buffers. */
#define _GNU_SOURCE
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "abi.h"

/* Bytes of a message, its end included; what is longer is cut. */
#define MESSAGE 256
#define ROW 16

void _dprintf(const char *function, int line, int level, const char *prefix, const char *format, ...);
void dump_buffer(const char *name, const uint8_t *buffer, size_t size);

EXPORT void __attribute__((format(printf, 5, 6)))
_dprintf(const char *function, int line, int level, const char *prefix, const char *format, ...)
{
	static const char *const levels[] = { "", "ERR", "INF", "DBG", "FLW" };
	const char *name = level >= 0 && level < (int)(sizeof(levels) / sizeof(*levels)) ? levels[level] : "";
	char text[MESSAGE] = "";
	int used = 0;
	va_list rest;

	if (function)
		used = snprintf(text, sizeof(text), "%s [%d] %s:%s:%d: ", name, (int)syscall(SYS_gettid), prefix, function, line);
	if (used < 0)
		return;
	if ((size_t)used < sizeof(text)) {
		va_start(rest, format);
		vsnprintf(text + used, sizeof(text) - (size_t)used, format, rest);
		va_end(rest);
	}
	fputs(text, stdout);
}

EXPORT void dump_buffer(const char *name, const uint8_t *buffer, size_t size)
{
	size_t at, n;

	fprintf(stderr, "#### %s\n", name);
	for (at = 0; at < size; at += ROW) {
		for (n = at; n < at + ROW; n++) {
			if (n < size)
				fprintf(stderr, "%02x ", buffer[n]);
			else
				fputs("   ", stderr);
			if (n == at + ROW / 2 - 1)
				fputc(' ', stderr);
		}
		fputs(" |", stderr);
		for (n = at; n < at + ROW && n < size; n++)
			fputc(isprint(buffer[n]) ? buffer[n] : '.', stderr);
		fputs("|\n", stderr);
	}
}
