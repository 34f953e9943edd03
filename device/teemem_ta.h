/*
 * What teemem's object in a TA (teemem_ta.c) and whoever asks it agree on: the reserved command and the bytes of its reply.
 * For TAs and for clients: it needs no header of OP-TEE. All numbers are little endian and lie the same for both word sizes.
 */
#ifndef TEEMEM_TA_H
#define TEEMEM_TA_H

#include <stdint.h>

/*
 * Command that takes the events out of the TA. Parameters: value inout, memref output, none, none.
 *   in   value.a  enum teemem_ta_mode: how to go on
 *   out  value.a  the mode until now, value.b bytes of the reply
 *        memref   one struct teemem_ta_head, then its events, then its blocks
 * TEE_ERROR_SHORT_BUFFER: the memref's size says what is needed, and nothing was taken. 64 KiB are enough for most.
 * A TA without the object gets the command itself and refuses it, as any that it does not know; some panic then, so ask
 * only TAs that were named. Replies one behind the other, as they came, are a file for `teemem record --from`.
 */
#define TEEMEM_TA_FETCH 0x7ee3e300u

enum teemem_ta_mode {
	TEEMEM_TA_KEEP = 0,	/* as it was */
	TEEMEM_TA_OFF = 1,	/* no events */
	TEEMEM_TA_RING = 2,	/* into the ring; the default */
	TEEMEM_TA_LINES = 3,	/* as lines on the secure console */
};

#define TEEMEM_TA_MAGIC "teemTA1"	/* 8 bytes with its end */

/* 88 bytes. An instance of a TA is told by uuid, base and born. */
struct teemem_ta_head {
	uint8_t magic[8];	/* TEEMEM_TA_MAGIC */
	uint32_t head_bytes;	/* of this structure: where the events begin */
	uint32_t event_bytes;	/* of one event */
	uint32_t events;	/* that follow */
	uint32_t blocks;	/* that follow them: where events are missing, every block that is live after the last event */
	uint8_t uuid[16];	/* of the TA, as TEE_UUID lies in memory */
	uint64_t base;		/* address of the first byte of the section .text; addresses of events count from here */
	uint64_t born;		/* system time of its first pool, in ms */
	uint64_t now;		/* system time of this reply, in ms */
	uint32_t first;		/* number of the first event that follows; the instance's first is 0 */
	uint32_t lost;		/* events before it that the ring had no room for */
	uint32_t text_bytes;	/* of .text: tells another build; 0 if the linker script does not say */
	uint32_t pool;		/* where the heap begins, from base on, and how long it is */
	uint32_t pool_bytes;
	uint16_t flags;		/* TEEMEM_TA_… below */
	uint8_t word;		/* bytes of a pointer */
	uint8_t leak_bytes;	/* of the leak header before each block (CFG_TEE_TA_MALLOC_DEBUG), else 0 */
};

#define TEEMEM_TA_WAS_OFF 1	/* nobody listened for a while before the first event */
#define TEEMEM_TA_ZONED 2	/* red zones: blocks are larger than the TA asked for */
#define TEEMEM_TA_DAMAGED 4	/* the heap's headers make no sense: blocks are missing */

/* One event, 24 bytes. Addresses count from base, 0 is NULL. */
struct teemem_ta_event {
	uint32_t op;		/* a letter of TEEMEM_TA_OPS; above it (8 bits up) R: an eighth of the old block's bytes; < > ! : a letter, below */
	uint32_t size;		/* bytes asked for, all members together; more than 32 bits: the largest; < command; > result */
	uint32_t result;	/* address returned; P: the pool's; < and >: system time in ms, low half */
	uint32_t given;		/* R F W: address passed in; C: members; A: alignment; < and >: high half of the time */
	uint32_t caller;	/* return address of whoever called the allocator; the TA's own code, not TEE_Malloc */
	uint32_t block;		/* bytes of the allocator's block with its headers: of the new one, or (F W) of the one that ends */
};

/*
 * P pool added · M malloc · C calloc · R realloc · A memalign · F free · W free_wipe · < entered · > left · ! found by a red zone:
 * size = bytes asked for, result = block, given = where it was allocated, caller = where it was noticed, block = where it was freed
 */
#define TEEMEM_TA_OPS "PMCRAFW<>!"
/* Entries: create, open session, invoke command, close session, destroy. */
#define TEEMEM_TA_ENTRIES "coixd"
/* Findings: double free, overrun, write before the block or a pointer that is none, write after free. */
#define TEEMEM_TA_FINDINGS "douw"

/* A live block: its payload's address, and its bytes as in an event. */
struct teemem_ta_block {
	uint32_t address;
	uint32_t bytes;
};

/*
 * Lines on the console, all numbers hexadecimal, in the order of the structures; ID is the same for all lines of an instance,
 * SUM the sum of the characters before it, modulo 256:
 *   ~tm@ ID head bytes, two digits each SUM
 *   ~tm: ID NUMBER OP SIZE RESULT GIVEN CALLER BLOCK SUM
 */
#endif
