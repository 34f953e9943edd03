/* SPDX-License-Identifier: BSD-2-Clause */
/* Other names for the functions of bget_malloc.c whose macros it takes back: the host has those of these names. */
#pragma redefine_extname malloc teemem_c_malloc
#pragma redefine_extname malloc_flags teemem_c_malloc_flags
#pragma redefine_extname calloc teemem_c_calloc
#pragma redefine_extname realloc teemem_c_realloc
#pragma redefine_extname memalign teemem_c_memalign
#pragma redefine_extname aligned_alloc teemem_c_aligned_alloc
