/* Bounded copies, comparison in constant time, erasure that stays: the additions that OP-TEE's TAs use. */
#ifndef STRING_EXT_H
#define STRING_EXT_H

#include <stddef.h>

size_t strlcpy(char *to, const char *from, size_t room);
size_t strlcat(char *to, const char *from, size_t room);
int consttime_memcmp(const void *a, const void *b, size_t n);
int buf_compare_ct(const void *a, const void *b, size_t n);
void memzero_explicit(void *s, size_t n);

#endif
