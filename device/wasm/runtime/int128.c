/* SPDX-License-Identifier: BSD-2-Clause */
/* Arithmetic of 128 bits that the compiler calls. Each works on two words of 64, so that none calls itself. */
#include <stdint.h>

typedef __int128 i128;
typedef unsigned __int128 u128;

union words {
	u128 whole;
	struct {
		uint64_t low;
		uint64_t high;
	} part;
};

i128 __multi3(i128 a, i128 b);
u128 __ashlti3(u128 a, int bits);
u128 __lshrti3(u128 a, int bits);
i128 __ashrti3(i128 a, int bits);
u128 __udivmodti4(u128 a, u128 b, u128 *rest);
u128 __udivti3(u128 a, u128 b);
u128 __umodti3(u128 a, u128 b);
i128 __divti3(i128 a, i128 b);
i128 __modti3(i128 a, i128 b);

#define HALF 32
#define LOW(x) ((x) & 0xffffffffu)
#define HIGH(x) ((x) >> HALF)

static uint64_t high_of_product(uint64_t a, uint64_t b)
{
	uint64_t low = LOW(a) * LOW(b);
	uint64_t one = HIGH(a) * LOW(b) + HIGH(low);
	uint64_t two = LOW(a) * HIGH(b) + LOW(one);

	return HIGH(a) * HIGH(b) + HIGH(one) + HIGH(two);
}

i128 __multi3(i128 a, i128 b)
{
	union words x = { .whole = (u128)a };
	union words y = { .whole = (u128)b };
	union words r;

	r.part.low = x.part.low * y.part.low;
	r.part.high = high_of_product(x.part.low, y.part.low) +
		      x.part.high * y.part.low + x.part.low * y.part.high;
	return (i128)r.whole;
}

u128 __ashlti3(u128 a, int bits)
{
	union words x = { .whole = a };
	union words r;

	if (bits == 0)
		return a;
	r.part.low = bits < 64 ? x.part.low << bits : 0;
	r.part.high = bits < 64 ? x.part.high << bits | x.part.low >> (64 - bits) :
				  x.part.low << (bits - 64);
	return r.whole;
}

u128 __lshrti3(u128 a, int bits)
{
	union words x = { .whole = a };
	union words r;

	if (bits == 0)
		return a;
	r.part.high = bits < 64 ? x.part.high >> bits : 0;
	r.part.low = bits < 64 ? x.part.low >> bits | x.part.high << (64 - bits) :
				 x.part.high >> (bits - 64);
	return r.whole;
}

i128 __ashrti3(i128 a, int bits)
{
	union words x = { .whole = (u128)a };
	union words r;
	int64_t high = (int64_t)x.part.high;

	if (bits == 0)
		return a;
	r.part.high = (uint64_t)(high >> (bits < 64 ? bits : 63));
	r.part.low = bits < 64 ? x.part.low >> bits | x.part.high << (64 - bits) :
				 (uint64_t)(high >> (bits - 64));
	return (i128)r.whole;
}

static void shift_in(union words *x, uint64_t bit)
{
	x->part.high = x->part.high << 1 | x->part.low >> 63;
	x->part.low = x->part.low << 1 | bit;
}

static int not_less(const union words *a, const union words *b)
{
	if (a->part.high != b->part.high)
		return a->part.high > b->part.high;
	return a->part.low >= b->part.low;
}

static void take_away(union words *a, const union words *b)
{
	uint64_t borrow = a->part.low < b->part.low;

	a->part.low -= b->part.low;
	a->part.high -= b->part.high + borrow;
}

u128 __udivmodti4(u128 a, u128 b, u128 *rest)
{
	union words x = { .whole = a };
	union words y = { .whole = b };
	union words q = { .whole = 0 };
	union words r = { .whole = 0 };
	int bit;

	if (y.part.low == 0 && y.part.high == 0)
		__builtin_trap();
	if (x.part.high == 0 && y.part.high == 0) {
		q.part.low = x.part.low / y.part.low;
		r.part.low = x.part.low % y.part.low;
	} else {
		for (bit = 0; bit < 128; bit++) {
			uint64_t one;

			shift_in(&r, x.part.high >> 63);
			shift_in(&x, 0);
			one = not_less(&r, &y);
			if (one)
				take_away(&r, &y);
			shift_in(&q, one);
		}
	}
	if (rest)
		*rest = r.whole;
	return q.whole;
}

u128 __udivti3(u128 a, u128 b)
{
	return __udivmodti4(a, b, 0);
}

u128 __umodti3(u128 a, u128 b)
{
	u128 rest;

	__udivmodti4(a, b, &rest);
	return rest;
}

static u128 positive(i128 a)
{
	return a < 0 ? -(u128)a : (u128)a;
}

i128 __divti3(i128 a, i128 b)
{
	u128 quotient = __udivmodti4(positive(a), positive(b), 0);

	return (i128)((a < 0) == (b < 0) ? quotient : -quotient);
}

i128 __modti3(i128 a, i128 b)
{
	u128 rest;

	__udivmodti4(positive(a), positive(b), &rest);
	return (i128)(a < 0 ? -rest : rest);
}
