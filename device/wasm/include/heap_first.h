/* SPDX-License-Identifier: BSD-2-Clause */
/* Included before each source of a TA: OP-TEE's heaps of a TA lie in a section that the linker puts first (runtime/heap_first.c). */
#ifndef __ASSEMBLER__
extern unsigned char ta_heap[] __attribute__((section(".rodata0")));
extern unsigned char __ta_no_share_heap[] __attribute__((section(".rodata0")));
#endif
