/* Of OP-TEE's additions: a block that is erased and freed. */
#ifndef STDLIB_EXT_H
#define STDLIB_EXT_H

#include <malloc.h>

#endif
