/* Sorting and searching in arrays: C11 7.22.5. A heap sort: in place, without recursion. */
#include <stdlib.h>

typedef int (*compare_fn)(const void *, const void *);

static void swap(unsigned char *a, unsigned char *b, size_t size)
{
	while (size--) {
		const unsigned char c = *a;

		*a++ = *b;
		*b++ = c;
	}
}

static void sink(unsigned char *base, size_t from, size_t count, size_t size, compare_fn compare)
{
	for (size_t child; (child = 2 * from + 1) < count; from = child) {
		if (child + 1 < count && compare(base + child * size, base + (child + 1) * size) < 0)
			child++;
		if (compare(base + from * size, base + child * size) >= 0)
			return;
		swap(base + from * size, base + child * size, size);
	}
}

void qsort(void *base, size_t count, size_t size, compare_fn compare)
{
	unsigned char *b = base;

	for (size_t i = count / 2; i-- > 0;)
		sink(b, i, count, size, compare);
	while (count > 1) {
		swap(b, b + --count * size, size);
		sink(b, 0, count, size, compare);
	}
}

void *bsearch(const void *key, const void *base, size_t count, size_t size, compare_fn compare)
{
	const unsigned char *b = base;

	while (count) {
		const unsigned char *middle = b + count / 2 * size;
		const int order = compare(key, middle);

		if (!order)
			return (void *)middle;
		if (order > 0)
			b = middle + size;
		count = order > 0 ? count - count / 2 - 1 : count / 2;
	}
	return NULL;
}
