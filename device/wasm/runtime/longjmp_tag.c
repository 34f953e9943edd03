/* SPDX-License-Identifier: BSD-2-Clause */
/* The tag of the exceptions that longjmp throws: it carries a pointer. LLVM 19 adds it to each object, LLVM 22 does not. */
#ifdef __wasm64__
#define POINTER "i64"
#else
#define POINTER "i32"
#endif

__asm__(".globl __c_longjmp\n"
	".tagtype __c_longjmp " POINTER "\n"
	"__c_longjmp:\n");
