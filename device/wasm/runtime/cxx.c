/* SPDX-License-Identifier: BSD-2-Clause */
/* What C++ without exceptions and without a library calls: new and delete on the TA's heap, and the end of objects that never end. */
#include <stddef.h>

void *malloc(size_t size);
void free(void *block);

void *operator_new(size_t size) __asm__("_Znwm");
void *operator_new_array(size_t size) __asm__("_Znam");
void operator_delete(void *block) __asm__("_ZdlPv");
void operator_delete_sized(void *block, size_t size) __asm__("_ZdlPvm");
void operator_delete_array(void *block) __asm__("_ZdaPv");
void operator_delete_array_sized(void *block, size_t size) __asm__("_ZdaPvm");
void __cxa_pure_virtual(void);
int __cxa_atexit(void (*end)(void *), void *object, void *library);

/* C++ has no answer for a heap that is full but an exception; there are none. */
void *operator_new(size_t size)
{
	void *block = malloc(size ? size : 1);

	if (!block)
		__builtin_trap();
	return block;
}

void *operator_new_array(size_t size)
{
	return operator_new(size);
}

void operator_delete(void *block)
{
	free(block);
}

void operator_delete_sized(void *block, size_t size)
{
	(void)size;
	free(block);
}

void operator_delete_array(void *block)
{
	free(block);
}

void operator_delete_array_sized(void *block, size_t size)
{
	(void)size;
	free(block);
}

void __cxa_pure_virtual(void)
{
	__builtin_trap();
}

int __cxa_atexit(void (*end)(void *), void *object, void *library)
{
	(void)end;
	(void)object;
	(void)library;
	return 0;
}
