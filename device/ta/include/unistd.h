/* ssize_t. */
#include <types_ext.h>
