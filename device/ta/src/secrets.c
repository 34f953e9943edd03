/* Comparison in constant time, and erasure that the compiler keeps. */
#include <string_ext.h>

int consttime_memcmp(const void *a, const void *b, size_t n)
{
	const volatile unsigned char *x = a, *y = b;
	int difference = 0;

	for (size_t i = n; i-- > 0;) {
		const int d = x[i] - y[i];
		/* All ones where d is 0. */
		const int same = (d - 1 & ~d) >> 31;

		difference = (difference & same) | d;
	}
	return difference;
}

int buf_compare_ct(const void *a, const void *b, size_t n)
{
	return consttime_memcmp(a, b, n);
}

void memzero_explicit(void *s, size_t n)
{
	volatile unsigned char *p = s;

	while (n--)
		*p++ = 0;
}
