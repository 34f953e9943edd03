/* C's searches in texts. */
#include <stdbool.h>
#include <string.h>

char *strchr(const char *s, int c)
{
	for (;; s++) {
		if (*s == (char)c)
			return (char *)s;
		if (!*s)
			return NULL;
	}
}

char *strrchr(const char *s, int c)
{
	const char *last = NULL;

	do
		if (*s == (char)c)
			last = s;
	while (*s++);
	return (char *)last;
}

char *strstr(const char *s, const char *part)
{
	const size_t n = strlen(part);

	if (!n)
		return (char *)s;
	for (; *s; s++)
		if (!strncmp(s, part, n))
			return (char *)s;
	return NULL;
}

/* How many characters from the first on are in the set, or are not. */
static size_t span(const char *s, const char *set, bool in)
{
	size_t n = 0;

	while (s[n] && (strchr(set, s[n]) != NULL) == in)
		n++;
	return n;
}

size_t strspn(const char *s, const char *set)
{
	return span(s, set, true);
}

size_t strcspn(const char *s, const char *set)
{
	return span(s, set, false);
}

