/* SPDX-License-Identifier: BSD-2-Clause */
// C's copies and fills for a module with checks: one check of all bytes, in place of one for each word. A kit that has none calls these.
typedef __SIZE_TYPE__ size;

void *__asan_memcpy(void *to, const void *from, size length);
void *__asan_memmove(void *to, const void *from, size length);
void *__asan_memset(void *to, int value, size length);

void *memcpy(void *to, const void *from, size length) { return __asan_memcpy(to, from, length); }
void *memmove(void *to, const void *from, size length) { return __asan_memmove(to, from, length); }
void *memset(void *to, int value, size length) { return __asan_memset(to, value, length); }
