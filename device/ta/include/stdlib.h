/* Memory, numbers, sorting: C11 7.22, as far as TAs use it. The heap is the host's, with OP-TEE's layout. */
#ifndef STDLIB_H
#define STDLIB_H

#include <compiler.h>
#include <malloc.h>
#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

void __noreturn abort(void);
int abs(int i);
long labs(long i);
int atoi(const char *s);
long strtol(const char *restrict s, char **restrict end, int base);
unsigned long strtoul(const char *restrict s, char **restrict end, int base);
long long strtoll(const char *restrict s, char **restrict end, int base);
unsigned long long strtoull(const char *restrict s, char **restrict end, int base);
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
void *bsearch(const void *key, const void *base, size_t count, size_t size,
	      int (*compare)(const void *, const void *));

#endif
