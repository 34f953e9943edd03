/* SPDX-License-Identifier: BSD-2-Clause */
/* Included before each source of a build with --memcheck=full: the compiler does not see that va_start writes its list. */
#ifndef __ASSEMBLER__
#include <stdarg.h>
#ifdef __cplusplus
extern "C" void __teemem_va_started(void *list);
#else
void __teemem_va_started(void *list);
#endif
#undef va_start
#define va_start(list, last) (__builtin_va_start(list, last), __teemem_va_started(&(list)))
#undef va_copy
#define va_copy(to, from) (__builtin_va_copy(to, from), __teemem_va_started(&(to)))
#endif
