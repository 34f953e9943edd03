/* ssize_t. */
#ifndef SYS_TYPES_H
#define SYS_TYPES_H

#include <types_ext.h>

#endif
