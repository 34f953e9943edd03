/* SPDX-License-Identifier: BSD-2-Clause */
/* Atomic counters of libutils, whose own are in assembler. A TA has one thread. */
#include <stdint.h>

uint32_t atomic_inc32(volatile uint32_t *v);
uint32_t atomic_dec32(volatile uint32_t *v);

uint32_t atomic_inc32(volatile uint32_t *v)
{
	return ++*v;
}

uint32_t atomic_dec32(volatile uint32_t *v)
{
	return --*v;
}
