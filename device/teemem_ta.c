/*
 * teemem's object in a TA: sees every operation on the TA's heap, through the linker's --wrap (teemem_ta.mk has the list).
 * Nothing of OP-TEE (4.0 and later) or of the TA's source is touched. How to build and read it: docs/ta_object.md.
 */
#undef __OPTEE_CORE_API_COMPAT_1_1
#include <stdbool.h>
#include <string.h>
#include <tee_internal_api.h>
#include <user_ta_header.h>
#include <utee_syscalls.h>

#include "teemem_ta.h"

#define LAST_EVENTS 16

/* The linker puts __real_NAME where NAME was. Names that a release or a TA does not have stay 0 and are never called. */
#define WRAPPED(type, name, ...) type __real_##name(__VA_ARGS__); type __wrap_##name(__VA_ARGS__); type __wrap_##name(__VA_ARGS__)
#define IF_THERE(type, name, ...) \
	__attribute__((weak, visibility("hidden"))) type __real_##name(__VA_ARGS__); type __wrap_##name(__VA_ARGS__); type __wrap_##name(__VA_ARGS__)


#include "teemem_ta_ring.h"
void __real_free(void *p);
#include "teemem_ta_zones.h"

/* The caller of the library's outermost function, as TEE_Malloc calls malloc; 0 outside of it. That of new, which may throw. */
static uintptr_t outer, pending;

static uintptr_t first_caller(uintptr_t own)
{
	const uintptr_t c = outer ? outer : pending ? pending : own;

	pending = 0;
	return c & ~(uintptr_t)(sizeof(c) == 4);	/* Thumb's mark */
}

#define CALLER ((uintptr_t)__builtin_return_address(0))
#define VIA(statement) do { bool first = !outer; if (first) outer = CALLER; statement; if (first) outer = 0; } while (0)


/* Asks the allocator for `s` bytes in `call`; if it refuses, once more with what waits in red zones given back. */
#define MAKE(op, size, alignment, given, call) do { \
	const uintptr_t c = first_caller(CALLER); \
	const size_t front = front_of(alignment), s = zoned(size, front); \
	void *b = NULL; \
	do { \
		b = (call); \
		event(op, s, place(b), given, c, b ? block_bytes(b) : 0); \
	} while (!b && release(place((void *)c))); \
	return armed(b, size, front, place((void *)c)); \
} while (0)

/* The same for a realloc of the block `o`, which was `old` to the TA. */
#define MOVE(old, size, call) do { \
	const uintptr_t c = first_caller(CALLER); \
	struct moving m = moving(old, place((void *)c)); \
	const size_t s = zoned(size, m.front); \
	void *o = m.block, *b = NULL; \
	const uint32_t was = o && m.sound ? block_bytes(o) : 0; \
	if (!m.sound) \
		return NULL; \
	do { \
		b = (call); \
		event('R' | was << 5, s, place(b), place(o), c, b ? block_bytes(b) : 0); \
	} while (!b && release(place((void *)c))); \
	return moved(&m, b, size, place((void *)c)); \
} while (0)

static void end(void *p, char op, uintptr_t c, void (*real)(void *p))
{
	if (!p || !sound(p, place((void *)c)))
		return;
	if (ZONED) {
		wait_freed(p, place((void *)c));
		return;
	}
	event(op, 0, 0, place(p), c, block_bytes(p));
	real(p);
}

void __wrap_free(void *p);
void __wrap_free(void *p) { end(p, 'F', first_caller(CALLER), __real_free); }
IF_THERE(void, free_wipe, void *p) { end(p, 'W', first_caller(CALLER), __real_free_wipe); }

WRAPPED(void *, malloc, size_t n) { MAKE('M', n, 1, 0, __real_malloc(s)); }
WRAPPED(void *, realloc, void *p, size_t n) { MOVE(p, n, __real_realloc(o, s)); }
IF_THERE(void *, memalign, size_t a, size_t n) { MAKE('A', n, a, a, __real_memalign(a, s)); }
WRAPPED(void *, calloc, size_t k, size_t n)
{
	size_t all = product(k, n);

	MAKE('C', all, 1, ZONED ? 1 : k, ZONED ? __real_calloc(1, s) : __real_calloc(k, n));
}
IF_THERE(void *, aligned_alloc, size_t a, size_t n)
{
	/* The real one asks for a multiple of the alignment, which zones do not keep. */
	MAKE('A', n, a, a, ZONED && !(n % a) ? __real_memalign(a, s) : __real_aligned_alloc(a, s));
}

/* Leak headers until 4.5: file and line come first. */
IF_THERE(void *, mdbg_malloc, const char *f, int l, size_t n) { MAKE('M', n, 1, 0, __real_mdbg_malloc(f, l, s)); }
IF_THERE(void *, mdbg_realloc, const char *f, int l, void *p, size_t n) { MOVE(p, n, __real_mdbg_realloc(f, l, o, s)); }
IF_THERE(void *, mdbg_memalign, const char *f, int l, size_t a, size_t n) { MAKE('A', n, a, a, __real_mdbg_memalign(f, l, a, s)); }
IF_THERE(void *, mdbg_aligned_alloc, const char *f, int l, size_t a, size_t n) { MAKE('A', n, a, a, __real_mdbg_memalign(f, l, a, s)); }
IF_THERE(void *, mdbg_calloc, const char *f, int l, size_t k, size_t n)
{
	size_t all = product(k, n);

	MAKE('C', all, 1, ZONED ? 1 : k, ZONED ? __real_mdbg_calloc(f, l, 1, s) : __real_mdbg_calloc(f, l, k, n));
}

/* Since 4.6: one function with flags, of which 1 asks for zeros, also behind what a realloc keeps. */
IF_THERE(void *, malloc_flags, uint32_t flags, void *p, size_t a, size_t n)
{
	MOVE(p, n, __real_malloc_flags(flags, o, a, s));
}
IF_THERE(void *, __mdbg_alloc, uint32_t flags, void *p, size_t a, size_t k, size_t n, const char *f, int l)
{
	size_t all = product(k, n);
	char op = a > 1 ? 'A' : flags & 1 ? 'C' : 'M';

	if (p)
		MOVE(p, all, __real___mdbg_alloc(flags, o, a, 1, s, f, l));
	MAKE(op, all, a, op == 'A' ? a : op == 'C' ? ZONED ? 1 : k : 0, __real___mdbg_alloc(flags, NULL, a, ZONED ? 1 : k, ZONED ? s : n, f, l));
}

WRAPPED(void, malloc_add_pool, void *buffer, size_t bytes)
{
	__real_malloc_add_pool(buffer, bytes);
	pool_added(buffer, bytes, CALLER);
}

/* What calls the functions above for somebody else. */
WRAPPED(void *, TEE_Malloc, size_t n, uint32_t hint) { void *p; VIA(p = __real_TEE_Malloc(n, hint)); return p; }
WRAPPED(void *, TEE_Realloc, void *o, size_t n) { void *p; VIA(p = __real_TEE_Realloc(o, n)); return p; }
WRAPPED(void, TEE_Free, void *p) { VIA(__real_TEE_Free(p)); }
IF_THERE(void *, __GP11_TEE_Malloc, uint32_t n, uint32_t hint) { void *p; VIA(p = __real___GP11_TEE_Malloc(n, hint)); return p; }
IF_THERE(void *, __GP11_TEE_Realloc, void *o, uint32_t n) { void *p; VIA(p = __real___GP11_TEE_Realloc(o, n)); return p; }
#ifdef __LP64__			/* operator new and delete: size_t is m for 64 bit, j for 32 bit */
IF_THERE(void *, _Znwm, size_t n) { pending = CALLER; return __real__Znwm(n); }
IF_THERE(void *, _Znam, size_t n) { pending = CALLER; return __real__Znam(n); }
IF_THERE(void, _ZdlPvm, void *p, size_t n) { pending = CALLER; __real__ZdlPvm(p, n); }
IF_THERE(void, _ZdaPvm, void *p, size_t n) { pending = CALLER; __real__ZdaPvm(p, n); }
#else
IF_THERE(void *, _Znwj, size_t n) { pending = CALLER; return __real__Znwj(n); }
IF_THERE(void *, _Znaj, size_t n) { pending = CALLER; return __real__Znaj(n); }
IF_THERE(void, _ZdlPvj, void *p, size_t n) { pending = CALLER; __real__ZdlPvj(p, n); }
IF_THERE(void, _ZdaPvj, void *p, size_t n) { pending = CALLER; __real__ZdaPvj(p, n); }
#endif
IF_THERE(void, _ZdlPv, void *p) { pending = CALLER; __real__ZdlPv(p); }
IF_THERE(void, _ZdaPv, void *p) { pending = CALLER; __real__ZdaPv(p); }

/* A TA that panics leaves its last events on the console. */
WRAPPED(void, _utee_panic, unsigned long code)
{
	uint32_t n = count < LAST_EVENTS ? count : LAST_EVENTS;

	if (mode == TEEMEM_TA_RING && n)
		print_head();
	for (; mode == TEEMEM_TA_RING && n; n--)
		print_event(count - n, &ring[(count - n) % TEEMEM_RING_EVENTS]);
	__real__utee_panic(code);
}

/* Entries into the TA. What waits in red zones is looked at when they end. */
static TEE_Result left(char entry, TEE_Result res)
{
	release(0);
	turn('>', entry, res);
	return res;
}

WRAPPED(TEE_Result, TA_CreateEntryPoint, void)
{
	turn('<', 'c', 0);
	return left('c', __real_TA_CreateEntryPoint());
}

WRAPPED(void, TA_DestroyEntryPoint, void)
{
	turn('<', 'd', 0);
	__real_TA_DestroyEntryPoint();
	left('d', TEE_SUCCESS);
}

WRAPPED(TEE_Result, TA_OpenSessionEntryPoint, uint32_t types, TEE_Param *params, void **session)
{
	turn('<', 'o', 0);
	return left('o', __real_TA_OpenSessionEntryPoint(types, params, session));
}

WRAPPED(void, TA_CloseSessionEntryPoint, void *session)
{
	turn('<', 'x', 0);
	__real_TA_CloseSessionEntryPoint(session);
	left('x', TEE_SUCCESS);
}

static TEE_Result fetch(uint32_t types, TEE_Param *params)
{
	uint32_t next = 0;
	TEE_Result res = TEE_SUCCESS;

	if (types != TEE_PARAM_TYPES(TEE_PARAM_TYPE_VALUE_INOUT, TEE_PARAM_TYPE_MEMREF_OUTPUT, 0, 0))
		return TEE_ERROR_BAD_PARAMETERS;
	next = params[0].value.a;
	if (next > TEEMEM_TA_LINES)
		return TEE_ERROR_BAD_PARAMETERS;
	res = reply(params[1].memref.buffer, &params[1].memref.size);
	params[0].value.a = mode;
	params[0].value.b = params[1].memref.size;
	if (res == TEE_SUCCESS && next != TEEMEM_TA_KEEP)
		mode = next;
	if (res == TEE_SUCCESS && next == TEEMEM_TA_LINES)
		print_head();
	return res;
}

WRAPPED(TEE_Result, TA_InvokeCommandEntryPoint, void *session, uint32_t command, uint32_t types, TEE_Param *params)
{
	if (command == TEEMEM_TA_FETCH)
		return fetch(types, params);
	turn('<', 'i', command);
	return left('i', __real_TA_InvokeCommandEntryPoint(session, command, types, params));
}
