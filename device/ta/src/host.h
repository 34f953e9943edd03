/* What the host of the TA gives beside TEE_… and the heap. */
#ifndef HOST_H
#define HOST_H

#include <compiler.h>
#include <stddef.h>
#include <stdint.h>

/* The library's own blocks on the TA's heap, of the platform's sizes: at the start and the end of an instance, and one per session. */
uint32_t teemem_start(void);
void teemem_stop(void);
void *teemem_add_session(void);
void teemem_remove_session(void *block);

/* System calls, as OP-TEE has them. */
void _utee_log(const void *text, size_t size);
void __noreturn _utee_panic(unsigned long code);

#endif
