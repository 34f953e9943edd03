/*
 * Finds the core heap by its first allocation, and records every operation. The allocator's context looks like nothing
 * else then: a list with one free block, which links back, and behind it the one allocated block, and the end of the pool.
 * An operation ends when the lock in the context is released; then the blocks are compared with those before. So it is
 * known which block was made and which was released, but neither the alignment asked for nor the call site, and the size
 * only to the block's 16 bytes, unless the blocks have leak headers.
 */
#include "unknown.h"
#include "guest_memory.h"
#include "output.h"
#include "plan.h"
#include "store.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The context: offsets in its 64-bit layout. The lock lies behind the counters. */
enum { FLINK = 16, BLINK = 24, ALLOCATED = 32, GETS = 40, RELEASES = 48, POOLS = 56, REST = 72, CONTEXT = 256 };
/* A block: size of the free one before it, own size (negative: allocated), links if it is free. */
enum { SIZE = 8, LINK = 16, BACK = 24, HEADER = 16, QUANTUM = 16 };
enum { MAGIC = 0xadadadad, LEAK_HEADER = 32, MOST_POOLS = 64, MOST_BLOCKS = 65536, LONGEST_NAME = 256 };
/* Once so many operations were seen, only code near that which stored into the context is watched. */
enum { ENOUGH = 64, NEAR = 8192, MOST_UNLOCKS = 16 };
/* Stores that had nothing to do with the context: so many of one place, and of all. */
enum { OFTEN = 10000, TOO_OFTEN = 1000000, MOST_NEEDLESS = 4096 };
#define END_OF_POOL (1ULL << 63)

struct place {
	const uint8_t *host;
	uint64_t vaddr;
	uint32_t insn;
	/* Stores elsewhere, until one concerned the context. */
	uint32_t elsewhere;
	bool concerned;
};

struct block {
	uint64_t at, size;
	/* Bytes of its leak header, 0 for none. */
	unsigned int leak;
};

static struct guest_memory memory;
static uint64_t context, lock, table, failures, gets, seen, lost;
static unsigned int pools, instance;
/* The layout since 4.6 has one word more before the pools. */
static unsigned int pools_at;
static bool moved;
/* By address. */
static struct block before[MOST_BLOCKS], now[MOST_BLOCKS];
static size_t n_before;
static const uint8_t *lowest, *highest, *unlocks[MOST_UNLOCKS];
static unsigned int n_unlocks;
/* Places that are watched for nothing, by their address; and how often that was. */
static const uint8_t *needless[MOST_NEEDLESS];
static uint32_t wasted;
static bool narrowed;

static uint64_t word(uint64_t at)
{
	return memory_word(&memory, at, 8);
}

/* True if the context of an allocator that has made its first block lies here. */
static bool is_first(const struct guest_memory *m, uint64_t at)
{
	uint64_t allocated = memory_word(m, at + ALLOCATED, 8), block, next;

	if (memory_word(m, at + GETS, 8) != 1 || allocated < 2 * QUANTUM || allocated > 4096 || allocated % QUANTUM)
		return false;
	block = memory_word(m, at + FLINK, 8);
	if (!block || block != memory_word(m, at + BLINK, 8) || memory_word(m, at + RELEASES, 8) || memory_word(m, at, 8) ||
	    memory_word(m, at + SIZE, 8) || memory_word(m, block + LINK, 8) != at || memory_word(m, block + BACK, 8) != at)
		return false;
	next = block + memory_word(m, block + SIZE, 8);
	return memory_word(m, next + SIZE, 8) == -allocated && memory_word(m, next + allocated + SIZE, 8) == END_OF_POOL;
}

static void begin_instance(void)
{
	table = failures = gets = 0;
	pools = 0;
	n_before = 0;
	instance++;
}

static bool find(const struct guest_memory *m, uint64_t stored)
{
	uint64_t at;

	/* The counter of bytes and that of blocks are written in either order. */
	for (at = stored - GETS; at <= stored - ALLOCATED; at += 8) {
		if (!is_first(m, at))
			continue;
		memory = *m;
		context = at;
		lock = 0;
		begin_instance();
		return true;
	}
	return false;
}

/* Where the table of pools is: the layout whose length fits. */
static bool find_pools(void)
{
	for (pools_at = POOLS; pools_at <= POOLS + 8; pools_at += 8) {
		uint64_t count = word(context + pools_at + 8);

		if (count > 0 && count <= MOST_POOLS && word(word(context + pools_at)))
			return true;
	}
	return false;
}

static int by_address(const void *a, const void *b)
{
	const struct block *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

/* All allocated blocks, by address. */
static size_t walk(uint64_t list, uint64_t count)
{
	size_t found = 0;
	uint64_t n, at, size;

	for (n = 0; n < count; n++) {
		at = word(list + 16 * n);
		while (at && (size = word(at + SIZE)) != END_OF_POOL && size && found < MOST_BLOCKS) {
			if ((int64_t)size < 0) {
				size = -size;
				now[found++] = (struct block){ at, size, 0 };
			}
			at += size;
		}
	}
	qsort(now, found, sizeof(*now), by_address);
	return found;
}

/* Fills what a leak header says; without one, what the block's size says. Returns the bytes of the header. */
static unsigned int describe(const struct block *block, struct event *e, char *place, size_t room)
{
	uint64_t at = block->at + HEADER, name = word(at), n;
	/* Since 4.6 size and magic stand at the end of the header. */
	bool late = memory_word(&memory, at + 28, 4) == MAGIC, early = memory_word(&memory, at + 16, 4) == MAGIC;
	char text[LONGEST_NAME] = "";

	e->size = block->size - HEADER;
	if (!late && !early)
		return 0;
	e->size = memory_word(&memory, at + (late ? 24 : 12), 4);
	for (n = 0; name && n < LONGEST_NAME - 1 && memory_read(&memory, name + n, text + n, 1) && text[n] > ' '; n++)
		;
	text[n] = 0;
	snprintf(place, room, "%s:%u", text, (unsigned int)memory_word(&memory, at + 8, 2));
	if (n > 0)
		e->place = place;
	return LEAK_HEADER;
}

static void write_block(char op, struct block *made, uint64_t released, uint64_t allocated)
{
	char place[LONGEST_NAME + 16];
	struct event e = { .heap = "core", .instance = instance, .op = op, .pointer = released, .allocated = allocated };

	e.func = "";
	e.place = "unknown";
	if (made) {
		made->leak = describe(made, &e, place, sizeof(place));
		e.result = made->at + HEADER + made->leak;
	}
	output_event(&e);
}

static void write_pools(uint64_t list, uint64_t count, uint64_t allocated)
{
	struct event e = { .heap = "core", .instance = instance, .op = 'P', .func = "", .place = "unknown" };
	struct block *made = NULL;
	size_t n;

	for (; pools < count; pools++) {
		e.pointer = word(list + 16 * pools);
		e.size = word(list + 16 * pools + 8);
		e.allocated = pools == 0 ? 0 : allocated - QUANTUM;
		output_event(&e);
	}
	for (n = 0; n < MOST_BLOCKS && now[n].at && now[n].at < list; n++)
		made = &now[n];
	write_block('R', made, table, allocated);
	table = list;
}

/* What is known of the blocks that were there before. */
static void keep_leaks(size_t count)
{
	size_t a = 0, b;

	for (b = 0; b < count; b++) {
		while (a < n_before && before[a].at < now[b].at)
			a++;
		if (a < n_before && before[a].at == now[b].at)
			now[b].leak = before[a].leak;
	}
}

/* Compares the blocks with those before the operation. */
static void write_difference(size_t count, uint64_t allocated)
{
	const struct block *gone = NULL;
	struct block *made = NULL;
	size_t a = 0, b = 0;
	unsigned int changes = 0;

	while (a < n_before || b < count) {
		int order = a == n_before ? 1 : b == count ? -1 : by_address(&before[a], &now[b]);

		if (order == 0 && before[a].size == now[b].size) {
			a++;
			b++;
			continue;
		}
		changes++;
		if (order <= 0)
			gone = &before[a++];
		if (order >= 0)
			made = &now[b++];
	}
	if (changes > 2)
		lost++;
	if (made || gone)
		write_block(made && gone ? 'R' : made ? 'M' : 'F', made, gone ? gone->at + HEADER + gone->leak : 0, allocated);
}

/* A request that failed is counted; of its size only the largest is kept. */
static void write_failure(uint64_t allocated)
{
	uint64_t counters = context + pools_at + 16 + 32 + (pools_at == POOLS ? 12 : 20);
	uint64_t count = memory_word(&memory, counters, 4);
	struct event e = { .heap = "core", .instance = instance, .op = 'M', .func = "", .place = "unknown" };

	if (count == failures + 1) {
		e.size = memory_word(&memory, counters + 4, 4);
		e.allocated = allocated;
		output_event(&e);
	}
	failures = count;
}

static void operation_ends(void)
{
	uint64_t allocated = word(context + ALLOCATED), list, count;
	size_t found;

	if (!find_pools())
		return;
	/* It counts anew: the machine was reset, and the heap lies where it was. */
	if (word(context + GETS) < gets)
		begin_instance();
	gets = word(context + GETS);
	list = word(context + pools_at);
	count = word(context + pools_at + 8);
	if (!moved && pools) {
		write_failure(allocated);
		return;
	}
	found = walk(list, count);
	if (found < MOST_BLOCKS)
		now[found] = (struct block){ 0, 0, 0 };
	keep_leaks(found);
	if (count != pools)
		write_pools(list, count, allocated);
	else
		write_difference(found, allocated);
	memcpy(before, now, found * sizeof(*now));
	n_before = found;
	moved = false;
	seen++;
}

static void note(const uint8_t *host, uint64_t at)
{
	unsigned int n;

	if (at < context + REST) {
		lowest = !lowest || host < lowest ? host : lowest;
		highest = host > highest ? host : highest;
		return;
	}
	for (n = 0; n < n_unlocks; n++)
		if (unlocks[n] == host)
			return;
	if (n_unlocks < MOST_UNLOCKS)
		unlocks[n_unlocks++] = host;
}

static void context_stored(const struct place *place, const struct stored *store)
{
	if (store->address < context + REST) {
		note(place->host, store->address);
		moved = moved || store->address == context + ALLOCATED;
	} else if (store->bytes == 4 && store->value == 0 && (lock == store->address || (!lock && moved))) {
		lock = store->address;
		note(place->host, store->address);
		operation_ends();
	}
}

static const uint8_t **needless_at(const uint8_t *host)
{
	size_t n = (uintptr_t)host / 4 % MOST_NEEDLESS, tries = 0;

	while (needless[n] && needless[n] != host && ++tries < MOST_NEEDLESS)
		n = (n + 1) % MOST_NEEDLESS;
	return &needless[n];
}

bool unknown_concerns(mem_info info, uint64_t vaddr, void *data)
{
	struct place *place = data;

	if (context && vaddr - context < CONTEXT) {
		place->concerned = true;
		return true;
	}
	/* Processors may count at the same time; it need not be exact. */
	if (seen >= ENOUGH) {
		wasted++;
		if (!place->concerned && ++place->elsewhere == OFTEN)
			*needless_at(place->host) = place->host;
	}
	if (vaddr % 8 || qemu_plugin_mem_size_shift(info) < 3)
		return false;
	/* Other allocators begin in the same way, but the heap's own counter begins anew only when the machine is reset. */
	return !context || word(context + GETS) <= 1;
}

bool unknown_wants_anew(void)
{
	if (seen < ENOUGH || (narrowed && wasted < TOO_OFTEN))
		return false;
	narrowed = true;
	wasted = 0;
	return true;
}

void unknown_stores(const struct registers *regs, mem_info info, uint64_t vaddr, void *data)
{
	const struct place *place = data;
	struct guest_memory around;
	struct stored stores[2];
	unsigned int count, n;

	if (context && vaddr - context < CONTEXT) {
		count = stored_values(regs, place->insn, info, vaddr, stores);
		for (n = 0; n < count; n++)
			context_stored(place, &stores[n]);
		return;
	}
	if (!memory_around(&around, register_value(regs, PC) / PAGE * PAGE + place->vaddr % PAGE, place->host))
		return;
	if (find(&around, vaddr) || (qemu_plugin_mem_size_shift(info) > 3 && find(&around, vaddr + 8))) {
		moved = true;
		note(place->host, context + ALLOCATED);
	}
}

/* What is worth to be watched: everything until the allocator is known, then what is near it, and what releases the lock. */
static bool is_near(const uint8_t *host)
{
	unsigned int n;

	if (seen < ENOUGH)
		return true;
	if (host + NEAR >= lowest && host < highest + NEAR)
		return *needless_at(host) != host;
	for (n = 0; n < n_unlocks; n++)
		if (unlocks[n] == host)
			return true;
	return false;
}

void unknown_translated(struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb), n;
	bool any = false;

	for (n = 0; n < count; n++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, n);
		const uint8_t *host = qemu_plugin_insn_haddr(insn);
		struct place *place;
		uint32_t code;

		if (!host || !is_near(host))
			continue;
		memcpy(&code, host, 4);
		if (!stores_to_heap(code))
			continue;
		place = malloc(sizeof(*place));
		if (!place)
			return;
		*place = (struct place){ .host = host, .vaddr = qemu_plugin_insn_vaddr(insn), .insn = code };
		on_store(insn, place);
		any = true;
	}
	if (any)
		on_block(tb, NULL);
}

void unknown_end(void)
{
	if (!instance)
		fputs("teemem: no heap of OP-TEE was found; it must be a 64-bit one with CFG_WITH_STATS=y\n", stderr);
	if (lost)
		fprintf(stderr, "teemem: %llu operations were lost: several blocks changed at once\n", (unsigned long long)lost);
}
