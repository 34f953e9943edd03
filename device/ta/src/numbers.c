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

/* A number without its sign; the largest where it does not fit. */
struct magnitude {
	unsigned long long n;
	bool negative, large;
};

/* `*end` stays where there is no number. */
static struct magnitude magnitude(const char *s, char **end, int base)
{
	struct magnitude m = { 0 };
	const char *first;

	if (end)
		*end = (char *)s;
	while (isspace(*s))
		s++;
	m.negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if ((base == 0 || base == 16) && s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2])) {
		s += 2;
		base = 16;
	}
	if (base == 0)
		base = *s == '0' ? 8 : 10;
	for (first = s; digit_of(*s) < base; s++)
		m.large |= __builtin_mul_overflow(m.n, (unsigned long long)base, &m.n) ||
			   __builtin_add_overflow(m.n, (unsigned long long)digit_of(*s), &m.n);
	if (m.large)
		m.n = ULLONG_MAX;
	if (end && s != first)
		*end = (char *)s;
	return m;
}

static unsigned long long unsigned_in(struct magnitude m, unsigned long long max)
{
	if (m.large || m.n > max)
		return max;
	return m.negative ? 0 - m.n : m.n;
}

static long long signed_in(struct magnitude m, long long max)
{
	const unsigned long long least = (unsigned long long)max + 1;

	if (m.negative)
		return (long long)(0 - (m.n > least ? least : m.n));
	return m.n > (unsigned long long)max ? max : (long long)m.n;
}

long long strtoll(const char *restrict s, char **restrict end, int base)
{
	return signed_in(magnitude(s, end, base), LLONG_MAX);
}

unsigned long long strtoull(const char *restrict s, char **restrict end, int base)
{
	return unsigned_in(magnitude(s, end, base), ULLONG_MAX);
}

long strtol(const char *restrict s, char **restrict end, int base)
{
	return (long)signed_in(magnitude(s, end, base), LONG_MAX);
}

unsigned long strtoul(const char *restrict s, char **restrict end, int base)
{
	return (unsigned long)unsigned_in(magnitude(s, end, base), ULONG_MAX);
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
