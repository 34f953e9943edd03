/*
 * The TA's heap, before all other data, so that it has the same address however the TA is built: the linker puts sections whose name
 * begins with .rodata first, in the order in which it meets them. So this object is the first, and has nothing else.
 */
#include <user_ta_header.h>
#include <user_ta_header_defines.h>

__attribute__((section(".rodata0"))) uint8_t ta_heap[TA_DATA_SIZE];
