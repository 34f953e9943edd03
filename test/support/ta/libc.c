/* Compares the small libc of device/ta, whose symbols begin with kit_, with that of this machine: random input from a fixed seed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define KIT(type, name, ...) type kit_##name(__VA_ARGS__)

KIT(int, vsnprintf, char *, size_t, const char *, __builtin_va_list);
KIT(long, strtol, const char *, char **, int);
KIT(unsigned long, strtoul, const char *, char **, int);
KIT(long long, strtoll, const char *, char **, int);
KIT(unsigned long long, strtoull, const char *, char **, int);
KIT(void, qsort, void *, size_t, size_t, int (*)(const void *, const void *));
KIT(void *, bsearch, const void *, const void *, size_t, size_t, int (*)(const void *, const void *));
KIT(char *, strstr, const char *, const char *);
KIT(char *, strrchr, const char *, int);
KIT(char *, strchr, const char *, int);
KIT(size_t, strspn, const char *, const char *);
KIT(size_t, strcspn, const char *, const char *);
KIT(int, strncmp, const char *, const char *, size_t);
KIT(int, strcasecmp, const char *, const char *);
KIT(int, memcmp, const void *, const void *, size_t);
KIT(int, consttime_memcmp, const void *, const void *, size_t);
KIT(void *, memmove, void *, const void *, size_t);
KIT(void *, memchr, const void *, int, size_t);
KIT(char *, strncpy, char *, const char *, size_t);
KIT(char *, strncat, char *, const char *, size_t);
KIT(size_t, strlcpy, char *, const char *, size_t);
KIT(size_t, strlcat, char *, const char *, size_t);

void *kit_malloc(size_t size) { return malloc(size); }

static int wrong;
static uint64_t seed = 20261129;

static uint32_t random32(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 32);
}

static int below(int n) { return (int)(random32() % (uint32_t)n); }

static void check(int same, const char *what, const char *a, const char *b)
{
	if (same)
		return;
	if (wrong++ < 20)
		printf("%s: \"%s\", not \"%s\"\n", what, a, b);
}

int kit_snprintf(char *to, size_t room, const char *format, ...)
{
	__builtin_va_list list;

	__builtin_va_start(list, format);
	const int n = kit_vsnprintf(to, room, format, list);
	__builtin_va_end(list);
	return n;
}

/* Numbers of every length, with every flag. */
static void formats(void)
{
	static const char *lengths[] = { "hh", "h", "", "l", "ll", "z", "j", "t" };
	char format[40], a[80], b[80];
	int n = 1;

	format[0] = '%';
	for (const char *flag = "-0+ #"; *flag; flag++)
		if (below(3) == 0)
			format[n++] = *flag;
	if (below(2))
		n += sprintf(format + n, "%d", below(30));
	if (below(2))
		n += sprintf(format + n, ".%d", below(25));
	sprintf(format + n, "%s%c|", lengths[below(8)], "diuxXo"[below(6)]);
	const uint64_t values[] = { 0, 1, below(1000), random32(), (uint64_t)random32() << 32 | random32(), -1, INT64_MIN };
	const uint64_t value = values[below(7)];
	const size_t room = below(4) ? sizeof(a) : (size_t)below(8);

	memset(a, 1, sizeof(a));
	memset(b, 1, sizeof(b));
	const int x = kit_snprintf(a, room, format, value), y = snprintf(b, room, format, value);

	check(x == y && !memcmp(a, b, sizeof(a)), format, a, b);
}

static void texts_in_formats(void)
{
	static const char *forms[] = { "%s|", "%10s|", "%-10s|", "%.3s|", "%5.1s|", "%c|%%", "%-3c|", "%*d|%-*d", "%.*s|", "%i %s" };
	const char *form = forms[below(10)];
	char a[80] = "", b[80] = "";

	if (form[1] == '*' || form[2] == '*') {
		kit_snprintf(a, sizeof(a), form, 4, form[1] == '*' ? 17 : (intptr_t)"abcdef", 5, 6);
		snprintf(b, sizeof(b), form, 4, form[1] == '*' ? 17 : (intptr_t)"abcdef", 5, 6);
	} else if (strchr(form, 'c') || strchr(form, 'i')) {
		kit_snprintf(a, sizeof(a), form, 'x', "text");
		snprintf(b, sizeof(b), form, 'x', "text");
	} else {
		kit_snprintf(a, sizeof(a), form, "abcdefgh");
		snprintf(b, sizeof(b), form, "abcdefgh");
	}
	check(!strcmp(a, b), form, a, b);
}

static void word(char *to, int most, const char *letters)
{
	const int n = below(most), kinds = (int)strlen(letters);

	for (int i = 0; i < n; i++)
		to[i] = letters[below(kinds)];
	to[n] = 0;
}

static void numbers(void)
{
	static const int bases[] = { 0, 2, 8, 10, 16, 36 };
	char s[40], *x, *y;
	const int base = bases[below(6)];

	word(s, 30, below(2) ? "0123456789" : " +-0x19fzZ");
	check(kit_strtol(s, &x, base) == strtol(s, &y, base) && x == y, "strtol", s, "");
	check(kit_strtoul(s, &x, base) == strtoul(s, &y, base) && x == y, "strtoul", s, "");
	check(kit_strtoll(s, &x, base) == strtoll(s, &y, base) && x == y, "strtoll", s, "");
	check(kit_strtoull(s, &x, base) == strtoull(s, &y, base) && x == y, "strtoull", s, "");
}

static int sign(int n) { return (n > 0) - (n < 0); }

static void texts(void)
{
	char a[40], b[40], x[80] = "", y[80] = "";
	const size_t n = (size_t)below(40);

	memset(a, 0, sizeof(a));
	memset(b, 0, sizeof(b));
	word(a, 30, "abAB");
	word(b, below(2) ? 30 : 4, "abAB");
	check(kit_strstr(a, b) == strstr(a, b), "strstr", a, b);
	check(kit_strrchr(a, b[0]) == strrchr(a, b[0]), "strrchr", a, b);
	check(kit_strchr(a, b[0]) == strchr(a, b[0]), "strchr", a, b);
	check(kit_strspn(a, b) == strspn(a, b), "strspn", a, b);
	check(kit_strcspn(a, b) == strcspn(a, b), "strcspn", a, b);
	check(sign(kit_strncmp(a, b, n)) == sign(strncmp(a, b, n)), "strncmp", a, b);
	check(sign(kit_strcasecmp(a, b)) == sign(strcasecmp(a, b)), "strcasecmp", a, b);
	check(sign(kit_memcmp(a, b, n)) == sign(memcmp(a, b, n)), "memcmp", a, b);
	check(sign(kit_consttime_memcmp(a, b, n)) == sign(memcmp(a, b, n)), "consttime_memcmp", a, b);
	check(kit_memchr(a, 'b', n) == memchr(a, 'b', n), "memchr", a, b);
	memset(x, 1, sizeof(x));
	memset(y, 1, sizeof(y));
	check(!memcmp(kit_strncpy(x, a, n), strncpy(y, a, n), sizeof(x)), "strncpy", x, y);
	x[n] = y[n] = 0;
	check(!strcmp(kit_strncat(x, b, n / 2), strncat(y, b, n / 2)), "strncat", x, y);
	check(kit_strlcpy(x, a, n) == strlen(a) && (!n || !strncmp(x, a, n - 1)), "strlcpy", x, a);
	memcpy(y, x, sizeof(y));
	kit_memmove(x + 3, x, 30);
	memmove(y + 3, y, 30);
	kit_memmove(x, x + 5, 30);
	memmove(y, y + 5, 30);
	check(!memcmp(x, y, sizeof(x)), "memmove", x, y);
}

static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

static void sorts(void)
{
	int a[50], b[50];
	const int n = below(50);

	for (int i = 0; i < n; i++)
		a[i] = b[i] = below(40);
	kit_qsort(a, (size_t)n, sizeof(a[0]), compare);
	qsort(b, (size_t)n, sizeof(b[0]), compare);
	check(!memcmp(a, b, (size_t)n * sizeof(a[0])), "qsort", "", "");
	const int key = below(40);
	const int *x = kit_bsearch(&key, a, (size_t)n, sizeof(a[0]), compare);
	const int *y = bsearch(&key, a, (size_t)n, sizeof(a[0]), compare);

	check(!x == !y && (!x || *x == key), "bsearch", "", "");
}

int main(void)
{
	for (int i = 0; i < 10000; i++) {
		formats();
		texts_in_formats();
		numbers();
		texts();
		sorts();
	}
	printf("%d wrong\n", wrong);
	return wrong != 0;
}
