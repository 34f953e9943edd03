/* Formatted texts: C11 7.21, without files and without floating point. What is printed goes to the secure console. */
#ifndef STDIO_H
#define STDIO_H

#include <compiler.h>
#include <stdarg.h>
#include <stddef.h>

int __printf(1, 2) printf(const char *restrict format, ...);
int vprintf(const char *restrict format, va_list arguments);
int __printf(3, 4) snprintf(char *restrict to, size_t room, const char *restrict format, ...);
int vsnprintf(char *restrict to, size_t room, const char *restrict format, va_list arguments);
int puts(const char *text);
int putchar(int c);

#endif
