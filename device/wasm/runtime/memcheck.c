/* SPDX-License-Identifier: BSD-2-Clause */
// What clang's kernel flavour of AddressSanitizer calls, on the shadow that src/wasm/check/ paints. No checks are built into it.
typedef unsigned char byte;
typedef __SIZE_TYPE__ size;
typedef __UINTPTR_TYPE__ address;

#define SHADOW 0x8000000
#define GRANULE 8

#define HOST(name) __attribute__((import_module("env"), import_name(name)))
HOST("teemem_bad_access") void teemem_bad_access(address at, size length, int write);
HOST("teemem_globals") void teemem_globals(address list, size count);

static byte *shadow_of(address at)
{
	return (byte *)((at / GRANULE) | SHADOW);
}

static int closed(address at)
{
	byte code = *shadow_of(at);

	return code != 0 && (code >= GRANULE || at % GRANULE >= code);
}

// Whole granules in the middle: eight of them at once, where their shadow is aligned.
static int range_closed(address at, size length)
{
	address end = at + length;
	address here = at;

	if (length == 0)
		return 0;
	if (closed(at) || closed(end - 1))
		return 1;
	here = (at / GRANULE + 1) * GRANULE;
	while (here + GRANULE <= end) {
		byte *codes = shadow_of(here);

		if ((address)codes % sizeof(unsigned long long) == 0 && here + 8 * GRANULE <= end) {
			if (*(unsigned long long *)codes != 0)
				return 1;
			here += 8 * GRANULE;
			continue;
		}
		if (*codes != 0)
			return 1;
		here += GRANULE;
	}
	return 0;
}

static void check(address at, size length, int write)
{
	if (range_closed(at, length))
		teemem_bad_access(at, length, write);
}

#define ACCESS(bytes) \
	void __asan_load##bytes##_noabort(address at) { check(at, bytes, 0); } \
	void __asan_store##bytes##_noabort(address at) { check(at, bytes, 1); } \
	void __asan_report_load##bytes##_noabort(address at) { teemem_bad_access(at, bytes, 0); } \
	void __asan_report_store##bytes##_noabort(address at) { teemem_bad_access(at, bytes, 1); }
ACCESS(1)
ACCESS(2)
ACCESS(4)
ACCESS(8)
ACCESS(16)

void __asan_loadN_noabort(address at, size length) { check(at, length, 0); }
void __asan_storeN_noabort(address at, size length) { check(at, length, 1); }
void __asan_report_load_n_noabort(address at, size length) { teemem_bad_access(at, length, 0); }
void __asan_report_store_n_noabort(address at, size length) { teemem_bad_access(at, length, 1); }

void *__asan_memcpy(void *to, const void *from, size length)
{
	check((address)from, length, 0);
	check((address)to, length, 1);
	return __builtin_memcpy(to, from, length);
}

void *__asan_memmove(void *to, const void *from, size length)
{
	check((address)from, length, 0);
	check((address)to, length, 1);
	return __builtin_memmove(to, from, length);
}

void *__asan_memset(void *to, int value, size length)
{
	check((address)to, length, 1);
	return __builtin_memset(to, value, length);
}

void __asan_register_globals(address list, size count) { teemem_globals(list, count); }
void __asan_unregister_globals(address list, size count) { (void)list; (void)count; }

#define SET_SHADOW(code) \
	void __asan_set_shadow_##code(address at, size length) { __builtin_memset((void *)at, 0x##code, length); }
SET_SHADOW(00)
SET_SHADOW(01)
SET_SHADOW(02)
SET_SHADOW(03)
SET_SHADOW(04)
SET_SHADOW(05)
SET_SHADOW(06)
SET_SHADOW(07)
SET_SHADOW(f1)
SET_SHADOW(f2)
SET_SHADOW(f3)
SET_SHADOW(f5)
SET_SHADOW(f8)

static void paint(address at, size length, byte code)
{
	__builtin_memset(shadow_of(at), code, length / GRANULE);
}

static void open_bytes(address at, size length)
{
	paint(at, length, 0);
	if (length % GRANULE != 0)
		*shadow_of(at + length) = length % GRANULE;
}

void __asan_poison_stack_memory(address at, size length) { paint(at, (length + GRANULE - 1) / GRANULE * GRANULE, 0xf8); }
void __asan_unpoison_stack_memory(address at, size length) { open_bytes(at, length); }

// An array whose length is known when it runs: 32 bytes before it, and behind it up to a multiple of 32 and 32 more.
void __asan_alloca_poison(address at, size length)
{
	size whole = (length + 31) / 32 * 32;

	paint(at - 32, 32, 0xca);
	open_bytes(at, length);
	paint(at + (length + GRANULE - 1) / GRANULE * GRANULE, whole - (length + GRANULE - 1) / GRANULE * GRANULE, 0xf2);
	paint(at + whole, 32, 0xcb);
}

void __asan_allocas_unpoison(address top, address bottom)
{
	if (top != 0 && top < bottom)
		paint(top, bottom - top, 0);
}

// Frames that are left by a jump stay painted otherwise. The stack lies from 0 to where data begins.
extern byte __teemem_stack_end[] __asm__("__global_base");
void __asan_handle_no_return(void)
{
	address here = (address)__builtin_frame_address(0) / GRANULE * GRANULE;
	address end = (address)__teemem_stack_end;

	if (here < end && end - here <= (64u << 20))
		paint(here, end - here, 0);
}
