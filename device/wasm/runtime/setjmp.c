/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setjmp and longjmp as exceptions of WebAssembly: the compiler calls these three
 * functions (LLVM 19 and later). A jmp_buf of any board is large enough.
 */
#include <stdint.h>

struct jump {
	/* The call of the function that called setjmp, as the compiler names it. */
	void *frame;
	/* Which of its setjmps; never 0. */
	uint32_t label;
	/* What the compiler reads from a caught exception. */
	struct {
		void *env;
		int value;
	} thrown;
};

void __wasm_setjmp(void *env, uint32_t label, void *frame);
uint32_t __wasm_setjmp_test(void *env, void *frame);
void __wasm_longjmp(void *env, int value);

/* The number of the tag that the compiler catches. */
#define C_LONGJMP 1

void __wasm_setjmp(void *env, uint32_t label, void *frame)
{
	struct jump *jump = env;

	jump->frame = frame;
	jump->label = label;
}

uint32_t __wasm_setjmp_test(void *env, void *frame)
{
	struct jump *jump = env;

	return jump->frame == frame ? jump->label : 0;
}

void __wasm_longjmp(void *env, int value)
{
	struct jump *jump = env;

	jump->thrown.env = env;
	jump->thrown.value = value ? value : 1;
	__builtin_wasm_throw(C_LONGJMP, &jump->thrown);
}
