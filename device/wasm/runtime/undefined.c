/* SPDX-License-Identifier: BSD-2-Clause */
// What clang's UndefinedBehaviorSanitizer calls: the host is told which check it is, with its data and operands.
typedef __UINTPTR_TYPE__ address;

__attribute__((import_module("env"), import_name("teemem_behaviour")))
void teemem_behaviour(int check, address data, address a, address b);

// Products and sums without a sign that were cut, for whoever asks for memory next: operands are words, or stand in memory.
#define REMEMBERED 64
static address wraps[3 * REMEMBERED];
static unsigned int count;

__attribute__((import_module("env"), import_name("teemem_wraps")))
void teemem_wraps(address list, address count);

static int is_signed(address data)
{
	// Behind file, line and column of the source: the type; its kind, then twice the logarithm of its bits, odd with a sign.
	const unsigned short *type = *(const unsigned short *const *)(data + sizeof(address) + 8);

	return type[1] & 1;
}

static void arithmetic(int check, address data, address a, address b)
{
	if (is_signed(data)) {
		teemem_behaviour(check, data, a, b);
		return;
	}
	if (count == 0)
		teemem_wraps((address)wraps, (address)&count);
	address *entry = wraps + 3 * (count++ % REMEMBERED);

	entry[0] = data;
	entry[1] = a;
	entry[2] = check == 0 ? a + b : check == 1 ? a - b : a * b;
}

void __ubsan_handle_add_overflow(address data, address a, address b) { arithmetic(0, data, a, b); }
void __ubsan_handle_sub_overflow(address data, address a, address b) { arithmetic(1, data, a, b); }
void __ubsan_handle_mul_overflow(address data, address a, address b) { arithmetic(2, data, a, b); }
void __ubsan_handle_negate_overflow(address data, address a)
{
	// `-mask` of a number without a sign is meant so.
	if (is_signed(data))
		teemem_behaviour(3, data, a, 0);
}
void __ubsan_handle_divrem_overflow(address data, address a, address b) { teemem_behaviour(4, data, a, b); }
void __ubsan_handle_shift_out_of_bounds(address data, address a, address b) { teemem_behaviour(5, data, a, b); }
void __ubsan_handle_out_of_bounds(address data, address a) { teemem_behaviour(6, data, a, 0); }
void __ubsan_handle_builtin_unreachable(address data) { teemem_behaviour(7, data, 0, 0); }
void __ubsan_handle_missing_return(address data) { teemem_behaviour(8, data, 0, 0); }
void __ubsan_handle_vla_bound_not_positive(address data, address a) { teemem_behaviour(9, data, a, 0); }
void __ubsan_handle_float_cast_overflow(address data, address a) { teemem_behaviour(10, data, a, 0); }
void __ubsan_handle_load_invalid_value(address data, address a) { teemem_behaviour(11, data, a, 0); }
void __ubsan_handle_invalid_builtin(address data) { teemem_behaviour(12, data, 0, 0); }
void __ubsan_handle_nonnull_arg(address data) { teemem_behaviour(13, data, 0, 0); }
void __ubsan_handle_pointer_overflow(address data, address a, address b) { teemem_behaviour(14, data, a, b); }
