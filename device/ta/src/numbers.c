/* Texts to integers: C11 7.22.1. Without errno: what does not fit is the nearest number. */
#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

static int digit_of(char c)
{
	if (isdigit(c))
		return c - '0';
	return isalpha(c) ? tolower(c) - 'a' + 10 : INT_MAX;
}

/* The number without its sign, at most `max`; `*end` stays where there is none. */
static unsigned long long magnitude(const char *s, char **end, int base, bool *negative, unsigned long long max)
{
	unsigned long long n = 0;
	const char *first;

	if (end)
		*end = (char *)s;
	while (isspace(*s))
		s++;
	*negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if ((base == 0 || base == 16) && s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2])) {
		s += 2;
		base = 16;
	}
	if (base == 0)
		base = *s == '0' ? 8 : 10;
	for (first = s; digit_of(*s) < base; s++)
		if (__builtin_mul_overflow(n, (unsigned long long)base, &n) ||
		    __builtin_add_overflow(n, (unsigned long long)digit_of(*s), &n) || n > max)
			n = max;
	if (end && s != first)
		*end = (char *)s;
	return n;
}

long long strtoll(const char *restrict s, char **restrict end, int base)
{
	bool negative;
	const unsigned long long n = magnitude(s, end, base, &negative, 1ULL << 63);

	if (negative)
		return (long long)(0 - n);
	return n > LLONG_MAX ? LLONG_MAX : (long long)n;
}

unsigned long long strtoull(const char *restrict s, char **restrict end, int base)
{
	bool negative;
	const unsigned long long n = magnitude(s, end, base, &negative, ULLONG_MAX);

	return negative ? 0 - n : n;
}

long strtol(const char *restrict s, char **restrict end, int base)
{
	const long long n = strtoll(s, end, base);

	return n > LONG_MAX ? LONG_MAX : n < LONG_MIN ? LONG_MIN : (long)n;
}

unsigned long strtoul(const char *restrict s, char **restrict end, int base)
{
	bool negative;
	const unsigned long n = (unsigned long)magnitude(s, end, base, &negative, ULONG_MAX);

	return negative ? 0 - n : n;
}

int atoi(const char *s)
{
	return (int)strtol(s, NULL, 10);
}

int abs(int i)
{
	return i < 0 ? -i : i;
}

long labs(long i)
{
	return i < 0 ? -i : i;
}
