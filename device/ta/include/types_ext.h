/* Types beside C's, under the names that OP-TEE's TAs use. */
#ifndef TYPES_EXT_H
#define TYPES_EXT_H

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uintptr_t vaddr_t;
typedef size_t vsize_t;
typedef uint64_t paddr_t;
typedef uint64_t paddr_size_t;
typedef intptr_t ssize_t;

#endif
