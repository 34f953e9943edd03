/* Texts for the secure console: printf's family, trace lines, what an assertion says. */
#include <assert.h>
#include <printk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <trace.h>
#include <tee_api_core.h>

#include "host.h"

#define LINE 512

int snprintf(char *restrict to, size_t room, const char *restrict format, ...)
{
	va_list arguments;
	int n;

	va_start(arguments, format);
	n = vsnprintf(to, room, format, arguments);
	va_end(arguments);
	return n;
}

int vsnprintk(char *to, size_t room, const char *format, va_list arguments)
{
	const int n = vsnprintf(to, room, format, arguments);

	return (size_t)n < room ? n : -1;
}

int snprintk(char *to, size_t room, const char *format, ...)
{
	va_list arguments;
	int n;

	va_start(arguments, format);
	n = vsnprintk(to, room, format, arguments);
	va_end(arguments);
	return n;
}

static size_t length_in(const char *line, int n)
{
	return n < 0 ? 0 : (size_t)n < LINE ? (size_t)n : strlen(line);
}

int vprintf(const char *restrict format, va_list arguments)
{
	char line[LINE];
	const int n = vsnprintf(line, sizeof(line), format, arguments);

	_utee_log(line, length_in(line, n));
	return n;
}

int printf(const char *restrict format, ...)
{
	va_list arguments;
	int n;

	va_start(arguments, format);
	n = vprintf(format, arguments);
	va_end(arguments);
	return n;
}

int puts(const char *text)
{
	return printf("%s\n", text);
}

int putchar(int c)
{
	const char one = (char)c;

	_utee_log(&one, 1);
	return (unsigned char)one;
}

/* Information has no place; the other levels name theirs. */
void trace_printf(const char *function, int line, int level, bool known, const char *format, ...)
{
	static const char letters[] = "EIDF";
	const char letter = known && level >= TRACE_MIN && level <= TRACE_MAX ? letters[level - 1] : 'M';
	const bool placed = known && level != TRACE_INFO;
	va_list arguments;
	char text[LINE];
	size_t n;

	if (placed && function)
		n = length_in(text, snprintf(text, sizeof(text) - 1, "%c/TA:  %s:%d ", letter, function, line));
	else
		n = length_in(text, snprintf(text, sizeof(text) - 1, "%c/TA: %s", letter, placed ? " " : ""));
	va_start(arguments, format);
	vsnprintf(text + n, sizeof(text) - 1 - n, format, arguments);
	va_end(arguments);
	n = strlen(text);
	text[n++] = '\n';
	_utee_log(text, n);
}

void dhex_dump(const char *function, int line, int level, const void *bytes, int count)
{
	const unsigned char *b = bytes;
	char row[16 * 3 + 1];

	for (int i = 0; i < count; i += 16) {
		size_t n = 0;

		for (int j = i; j < i + 16 && j < count; j++)
			n += (size_t)snprintf(row + n, sizeof(row) - n, "%02x ", b[j]);
		trace_printf(function, line, level, true, "%04x %s", (unsigned int)i, row);
	}
}

void _assert_log(const char *condition, const char *file, int line, const char *function)
{
	trace_printf(NULL, 0, TRACE_ERROR, true, "assertion '%s' failed at %s:%d in %s()", condition, file, line, function);
}

void __noreturn _assert_break(void)
{
	TEE_Panic(TEE_ERROR_GENERIC);
}

void __noreturn abort(void)
{
	TEE_Panic(TEE_ERROR_GENERIC);
}
