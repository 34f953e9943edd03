/* vsnprintf: C11 7.21.6 without floating point and %n, and %pUl, which prints a UUID. */
#include "format.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <tee_api_types.h>

static long long signed_of(char size, va_list *arguments)
{
	switch (size) {
	case 'H': return (signed char)va_arg(*arguments, int);
	case 'h': return (short)va_arg(*arguments, int);
	case 'l': return va_arg(*arguments, long);
	case 'q': return va_arg(*arguments, long long);
	case 'z': return va_arg(*arguments, ptrdiff_t);
	default: return va_arg(*arguments, int);
	}
}

static unsigned long long unsigned_of(char size, va_list *arguments)
{
	switch (size) {
	case 'H': return (unsigned char)va_arg(*arguments, int);
	case 'h': return (unsigned short)va_arg(*arguments, int);
	case 'l': return va_arg(*arguments, unsigned long);
	case 'q': return va_arg(*arguments, unsigned long long);
	case 'z': return va_arg(*arguments, size_t);
	default: return va_arg(*arguments, unsigned int);
	}
}

static int count_of(const char **format, va_list *arguments)
{
	int n = 0;

	if (**format == '*') {
		++*format;
		return va_arg(*arguments, int);
	}
	while (isdigit(**format))
		n = n * 10 + *(*format)++ - '0';
	return n;
}

static struct field field_of(const char **format, va_list *arguments)
{
	struct field f = { .precision = -1 };

	for (;; ++*format) {
		switch (**format) {
		case '-': f.left = true; continue;
		case '0': f.zero = true; continue;
		case '+': f.plus = true; continue;
		case ' ': f.space = true; continue;
		case '#': f.form = true; continue;
		}
		break;
	}
	f.width = count_of(format, arguments);
	if (f.width < 0) {
		f.left = true;
		f.width = -f.width;
	}
	if (**format == '.') {
		++*format;
		f.precision = count_of(format, arguments);
	}
	if (**format == 'h' || **format == 'l') {
		f.size = *(*format)++;
		if (**format == f.size) {
			++*format;
			f.size = f.size == 'h' ? 'H' : 'q';
		}
	} else if (**format == 'z' || **format == 't') {
		++*format;
		f.size = 'z';
	} else if (**format == 'j') {
		++*format;
		f.size = 'q';
	}
	return f;
}

/* One conversion; what is none is printed as it is. */
static void convert(struct text *t, const char **format, va_list *arguments)
{
	const struct field f = field_of(format, arguments);
	const char kind = **format;
	unsigned long long n;
	const char *s;
	long long i;
	char c;

	if (kind)
		++*format;
	switch (kind) {
	case 'd':
	case 'i':
		i = signed_of(f.size, arguments);
		teemem_put_number(t, &f, i < 0 ? 0 - (unsigned long long)i : (unsigned long long)i,
			   i < 0 ? "-" : f.plus ? "+" : f.space ? " " : "", 10, false);
		break;
	case 'u':
	case 'o':
		teemem_put_number(t, &f, unsigned_of(f.size, arguments), "", kind == 'o' ? 8 : 10, false);
		break;
	case 'x':
	case 'X':
		n = unsigned_of(f.size, arguments);
		teemem_put_number(t, &f, n, !f.form || !n ? "" : kind == 'x' ? "0x" : "0X", 16, kind == 'X');
		break;
	case 'p':
		if ((*format)[0] == 'U' && (*format)[1] == 'l') {
			*format += 2;
			teemem_put_uuid(t, &f, va_arg(*arguments, const TEE_UUID *));
		} else {
			teemem_put_number(t, &f, (uintptr_t)va_arg(*arguments, void *), "0x", 16, false);
		}
		break;
	case 'c':
		c = (char)va_arg(*arguments, int);
		teemem_put_text(t, &f, &c, 1);
		break;
	case 's':
		s = va_arg(*arguments, const char *);
		if (!s)
			s = "(null)";
		teemem_put_text(t, &f, s, (int)(f.precision < 0 ? strlen(s) : strnlen(s, (size_t)f.precision)));
		break;
	case '%':
		teemem_put(t, '%');
		break;
	default:
		teemem_put(t, '%');
		if (kind)
			teemem_put(t, kind);
		break;
	}
}

int vsnprintf(char *restrict to, size_t room, const char *restrict format, va_list arguments)
{
	struct text t = { .to = to, .room = room };
	const char *at = format;
	va_list list;

	va_copy(list, arguments);
	while (*at)
		if (*at++ == '%')
			convert(&t, &at, &list);
		else
			teemem_put(&t, at[-1]);
	va_end(list);
	if (room)
		to[t.length < room ? t.length : room - 1] = 0;
	return (int)t.length;
}
