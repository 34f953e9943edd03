/* The same as snprintf, with %pUl for a UUID and a negative result where the text was cut. */
#ifndef PRINTK_H
#define PRINTK_H

#include <compiler.h>
#include <stdarg.h>
#include <stddef.h>

/* No format attribute: %pUl is none of C's. */
int snprintk(char *to, size_t room, const char *format, ...);
int vsnprintk(char *to, size_t room, const char *format, va_list arguments);

#endif
