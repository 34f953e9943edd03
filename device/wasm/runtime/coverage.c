/* SPDX-License-Identifier: BSD-2-Clause */
// What clang's coverage for fuzzers calls: where its counters lie, and what the TA compares. The host reads both.
typedef __UINTPTR_TYPE__ address;
typedef unsigned long long wide;

__attribute__((import_module("env"), import_name("teemem_counters")))
void teemem_counters(address from, address to);
__attribute__((import_module("env"), import_name("teemem_comparisons")))
void teemem_comparisons(address list, address count);

// The last comparisons of unequal numbers: two operands and their bytes. A power of two.
#define REMEMBERED 256
static wide comparisons[3 * REMEMBERED];
static unsigned int count;

void __sanitizer_cov_8bit_counters_init(address from, address to)
{
	teemem_counters(from, to);
	teemem_comparisons((address)comparisons, (address)&count);
}

static void compared(wide a, wide b, unsigned int bytes)
{
	wide *entry = comparisons + 3 * (count++ % REMEMBERED);

	entry[0] = a;
	entry[1] = b;
	entry[2] = bytes;
}

#define COMPARE(bytes, type) \
	void __sanitizer_cov_trace_cmp##bytes(type a, type b) { if (a != b) compared(a, b, bytes); } \
	void __sanitizer_cov_trace_const_cmp##bytes(type a, type b) { if (a != b) compared(b, a, bytes); }
COMPARE(1, unsigned char)
COMPARE(2, unsigned short)
COMPARE(4, unsigned int)
COMPARE(8, wide)

// The number of cases, the bits of the value, and the cases.
void __sanitizer_cov_trace_switch(wide value, const wide *cases)
{
	for (wide n = 0; n < cases[0]; n++)
		if (cases[2 + n] != value)
			compared(value, cases[2 + n], (unsigned int)(cases[1] / 8));
}
