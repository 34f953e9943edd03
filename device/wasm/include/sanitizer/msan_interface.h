/* SPDX-License-Identifier: BSD-2-Clause */
/* What mbedTLS asks for in a build with --memcheck=full (runtime/memcheck.c). */
#ifndef TEEMEM_MSAN_INTERFACE_H
#define TEEMEM_MSAN_INTERFACE_H

#include <stddef.h>

/* The bytes count as written. */
void __msan_unpoison(const volatile void *at, size_t size);

#endif
