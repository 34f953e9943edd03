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

#ifdef TEEMEM_FULL
// MemorySanitizer's shadow: a byte for each byte, 0 where all of its bits are written. And an origin for each 4 bytes.
#define OWN_END 0x8000000
#define UNDEFINED 0x10000000
#define ORIGINS 0x20000000
typedef unsigned int word;

HOST("teemem_undefined") void teemem_undefined(word origin);
HOST("teemem_variable") void teemem_variable(word origin, const char *name, size length);

// The compiler passes the shadow of arguments and results in these. There is one thread.
unsigned long long __msan_param_tls[100];
word __msan_param_origin_tls[200];
unsigned long long __msan_retval_tls[100];
word __msan_retval_origin_tls;
unsigned long long __msan_va_arg_tls[100];
word __msan_va_arg_origin_tls[200];
unsigned long long __msan_va_arg_overflow_size_tls;
word __msan_origin_tls;

static void copy_definedness(address to, address from, size length)
{
	if (to >= OWN_END || from >= OWN_END || length == 0)
		return;
	__builtin_memmove((byte *)(to + UNDEFINED), (byte *)(from + UNDEFINED), length);
	__builtin_memmove((byte *)((to & ~(address)3) + ORIGINS), (byte *)((from & ~(address)3) + ORIGINS),
			  (length + 3 + (to & 3)) & ~(size)3);
}

static void set_definedness(address to, size length, byte value)
{
	if (to < OWN_END)
		__builtin_memset((byte *)(to + UNDEFINED), value, length);
}

void __msan_init(void) {}
void __msan_warning(void) { teemem_undefined(0); }
void __msan_warning_noreturn(void) { teemem_undefined(0); }
void __msan_warning_with_origin(word origin) { teemem_undefined(origin); }
void __msan_warning_with_origin_noreturn(word origin) { teemem_undefined(origin); }
word __msan_chain_origin(word origin) { return origin; }
void __msan_poison_stack(address at, size length) { set_definedness(at, length, 0xff); }
void __msan_unpoison(address at, size length) { set_definedness(at, length, 0); }

static void set_origin(address at, size length, word *id)
{
	static word variables = 0x40000000;
	word *here = (word *)((at & ~(address)3) + ORIGINS);
	word *end = (word *)(((at + length + 3) & ~(address)3) + ORIGINS);

	if (*id == 0)
		*id = variables++;
	while (here < end)
		*here++ = *id;
}

void __msan_set_alloca_origin_with_descr(address at, size length, word *id, const char *name)
{
	const int first = *id == 0;

	set_origin(at, length, id);
	if (first)
		teemem_variable(*id, name, length);
}

void __msan_set_alloca_origin_no_descr(address at, size length, word *id) { set_origin(at, length, id); }

// The compiler does not follow arguments after the named ones: 256 bytes of them count as written.
void __teemem_va_started(void **list)
{
	set_definedness((address)list, sizeof(*list), 0);
	set_definedness((address)*list, 256, 0);
}
#else
static void copy_definedness(address to, address from, size length)
{
	(void)to;
	(void)from;
	(void)length;
}

static void set_definedness(address to, size length, byte value)
{
	(void)to;
	(void)length;
	(void)value;
}
#endif

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
	copy_definedness((address)to, (address)from, length);
	return __builtin_memcpy(to, from, length);
}

void *__asan_memmove(void *to, const void *from, size length)
{
	check((address)from, length, 0);
	check((address)to, length, 1);
	copy_definedness((address)to, (address)from, length);
	return __builtin_memmove(to, from, length);
}

void *__asan_memset(void *to, int value, size length)
{
	check((address)to, length, 1);
	set_definedness((address)to, length, 0);
	return __builtin_memset(to, value, length);
}

#ifdef TEEMEM_FULL
void *__msan_memcpy(void *to, const void *from, size length) { return __asan_memcpy(to, from, length); }
void *__msan_memmove(void *to, const void *from, size length) { return __asan_memmove(to, from, length); }
void *__msan_memset(void *to, int value, size length) { return __asan_memset(to, value, length); }
#endif

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
