/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first object of a TA. A heap then has the same address however the TA is built: the linker puts sections whose name begins with
 * .rodata first, in the order in which it meets them.
 */
__attribute__((section(".rodata0"), used, aligned(64))) unsigned char teemem_heap_first[64];
