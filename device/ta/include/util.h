/* Arithmetic and structures, under the names that OP-TEE's TAs use. */
#ifndef UTIL_H
#define UTIL_H

#include <compiler.h>
#include <stddef.h>
#include <stdint.h>

#define MAX(a, b) (__extension__({ __typeof__(a) a_ = (a); __typeof__(b) b_ = (b); a_ > b_ ? a_ : b_; }))
#define MIN(a, b) (__extension__({ __typeof__(a) a_ = (a); __typeof__(b) b_ = (b); a_ < b_ ? a_ : b_; }))

/* Where neither side may be evaluated twice by a constant expression. */
#define MAX_UNSAFE(a, b) ((a) > (b) ? (a) : (b))
#define MIN_UNSAFE(a, b) ((a) < (b) ? (a) : (b))

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define IS_POWER_OF_TWO(x) ((x) != 0 && ((x) & ((x) - 1)) == 0)

/* To a multiple of `size`, a power of two. */
#define ROUNDUP(x, size) (((x) + (__typeof__(x))(size) - 1) & ~((__typeof__(x))(size) - 1))
#define ROUNDDOWN(x, size) ((x) & ~((__typeof__(x))(size) - 1))
#define ROUNDUP_DIV(x, y) (((x) + (y) - 1) / (y))

#define BIT32(n) (UINT32_C(1) << (n))
#define BIT64(n) (UINT64_C(1) << (n))
#define BIT(n) BIT32(n)
#define SHIFT_U32(x, n) ((uint32_t)(x) << (n))
#define SHIFT_U64(x, n) ((uint64_t)(x) << (n))
#define GENMASK_32(high, low) ((~UINT32_C(0) << (low)) & (~UINT32_C(0) >> (31 - (high))))
#define GENMASK_64(high, low) ((~UINT64_C(0) << (low)) & (~UINT64_C(0) >> (63 - (high))))

#define container_of(pointer, type, member) \
	(__extension__({ const __typeof__(((type *)0)->member) *p_ = (pointer); \
			 (type *)((uintptr_t)p_ - offsetof(type, member)); }))

#endif
