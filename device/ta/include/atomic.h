/* Counters that several threads may change at once; a TA has one thread. */
#ifndef ATOMIC_H
#define ATOMIC_H

#include <stdbool.h>
#include <stdint.h>

static inline uint32_t atomic_inc32(volatile uint32_t *n) { return ++*n; }
static inline uint32_t atomic_dec32(volatile uint32_t *n) { return --*n; }
static inline uint32_t atomic_load_u32(const uint32_t *n) { return *(const volatile uint32_t *)n; }
static inline void atomic_store_u32(uint32_t *n, uint32_t value) { *(volatile uint32_t *)n = value; }
static inline int atomic_load_int(const int *n) { return *(const volatile int *)n; }
static inline void atomic_store_int(int *n, int value) { *(volatile int *)n = value; }

static inline bool atomic_cas_u32(unsigned int *at, unsigned int *old, unsigned int value)
{
	const bool same = *at == *old;

	if (same)
		*at = value;
	else
		*old = *at;
	return same;
}

#endif
