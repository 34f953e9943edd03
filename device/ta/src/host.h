/* What the host of the TA gives beside TEE_… and the heap. */
#ifndef HOST_H
#define HOST_H

#include <compiler.h>
#include <stddef.h>
#include <stdint.h>
#include <tee_api_types.h>

/* The library's own blocks on the TA's heap, of the platform's sizes: at the start and the end of an instance, and one per session. */
uint32_t teemem_start(void);
void teemem_stop(void);
void *teemem_add_session(void);
void teemem_remove_session(void *block);

/* TEE_SeekObjectData with an offset of 32 bits. */
TEE_Result teemem_seek(TEE_ObjectHandle object, int32_t offset, TEE_Whence whence);

/* System calls, as OP-TEE has them. */
void _utee_log(const void *text, size_t size);
void __noreturn _utee_panic(unsigned long code);
TEE_Result _utee_get_property(unsigned long set, unsigned long index, void *name, uint32_t *name_size, void *value,
			      uint32_t *value_size, uint32_t *type);
TEE_Result _utee_get_property_name_to_index(unsigned long set, const void *name, unsigned long size, uint32_t *index);
TEE_Result _utee_cache_operation(void *buffer, size_t size, unsigned long operation);

#endif
