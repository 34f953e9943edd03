/*
 * Puts operations together. A call is known by its stack: a thread of OP-TEE may go on on another processor. While it runs,
 * the stores of the allocator tell what it does: the counter of allocated bytes, the header of the block that it makes, the
 * leak header. It ends when the lock is released (so that events are in the allocator's own order), or, in a program
 * without a lock, when it returns.
 */
#include "operation.h"
#include "output.h"
#include <stdio.h>
#include <string.h>

enum { MOST_RUNNING = 64, MOST_STORES = 64, DEEPEST = 8192, MOST_HEAPS = 256, SHORTEST_PAIR = 16 };

/* A heap instance: one loading of a program. */
struct heap {
	const struct program *program;
	uint64_t slide, page;
	unsigned int instance;
	uint64_t allocated, table;
	unsigned int pools;
};

struct running {
	const struct program *program;
	uint64_t slide, stack, caller;
	const struct entry *outer, *entry;
	uint64_t args[MOST_ROLES];
	struct heap *heap;
	bool moved;
	/* Bytes allocated before it moved. */
	uint64_t before;
	/* The block that was made, and its size; 0 for none. */
	uint64_t block, block_size;
	struct stored stores[MOST_STORES];
	unsigned int n_stores;
	/* When it began, to drop the oldest. */
	uint64_t number;
};

static struct running calls[MOST_RUNNING];
static struct heap heaps[MOST_HEAPS];
static unsigned int n_heaps;
static uint64_t numbers, lost, unlike;
/* No call beyond this one was ever running. */
static unsigned int n_calls;

static struct running *running_on(const struct program *program, uint64_t slide, uint64_t stack)
{
	struct running *best = NULL;
	unsigned int n;

	for (n = 0; n < n_calls; n++) {
		struct running *r = &calls[n];

		if (r->program == program && r->slide == slide && r->stack >= stack && r->stack - stack < DEEPEST &&
		    (!best || r->stack < best->stack))
			best = r;
	}
	return best;
}

static uint64_t argument(const struct running *r, char role, uint64_t missing)
{
	const char *at = strchr(r->entry->roles, role);

	return at ? r->args[at - r->entry->roles] : missing;
}

static struct heap *heap_of(const struct program *program, uint64_t slide, uint64_t page)
{
	struct heap *heap;
	unsigned int n;

	for (n = 0; n < n_heaps; n++)
		if (heaps[n].program == program && heaps[n].slide == slide && heaps[n].page == page)
			return &heaps[n];
	/* The table is a ring: the oldest is long gone. */
	heap = &heaps[n_heaps < MOST_HEAPS ? n_heaps++ : numbers % MOST_HEAPS];
	*heap = (struct heap){ .program = program, .slide = slide, .page = page };
	return heap;
}

/* Where the block's header was written: its size, negative, in the second word. */
static void find_block(struct running *r, uint64_t size)
{
	unsigned int n;

	for (n = r->n_stores; n-- > 0;) {
		const struct stored *s = &r->stores[n];

		if (s->bytes == 8 && s->value == -size && s->address % SHORTEST_PAIR == 8) {
			r->block = s->address - 8;
			r->block_size = size;
			return;
		}
	}
}

static uint64_t last_stored(const struct running *r, uint64_t address)
{
	unsigned int n;

	for (n = r->n_stores; n-- > 0;)
		if (r->stores[n].address == address)
			return r->stores[n].value;
	return 0;
}

/* The caller's line; without one, its address. */
static void fill_site(const struct running *r, struct event *e, char *place, size_t room)
{
	const struct site *site = site_at(r->program, r->caller - r->slide);

	snprintf(place, room, "0x%llx", (unsigned long long)(r->caller - r->slide));
	e->func = site ? site->func : "";
	e->place = site ? site->place : place;
}

/* The line that the allocator wrote into the leak header; false if there is none. */
static bool leak_site(const struct running *r, char *place, size_t room)
{
	const struct program *p = r->program;
	uint64_t header = r->block + SHORTEST_PAIR;
	const char *name = r->block && p->leak ? text_at(p, last_stored(r, header + p->leak_name) - r->slide) : NULL;

	if (name)
		snprintf(place, room, "%s:%u", name, (unsigned int)last_stored(r, header + p->leak_line));
	return name != NULL;
}

static char kind_of(const struct running *r)
{
	uint64_t flags = argument(r, 'g', 0);

	switch (r->entry->kind) {
	case 'X':
		/* MAF_ZERO_INIT is the lowest bit in every release that has flags */
		return argument(r, 'p', 0) ? 'R' : argument(r, 'a', 1) != 1 ? 'A' : flags & 1 ? 'C' : 'M';
	case 'F':
		/* MAF_FREE_WIPE */
		return flags & 4 ? 'W' : 'F';
	default:
		return r->entry->kind;
	}
}

static uint64_t link_of(const struct running *r, uint64_t address)
{
	return address ? address - r->slide : 0;
}

/* A pool, and the table of pools that the allocator makes anew for it. */
static void write_pool(struct running *r, struct event *e, const char *table_place)
{
	struct heap *heap = r->heap;
	unsigned int *instances = &((struct program *)heap->program)->instances;

	if (r->before == 0) {
		*heap = (struct heap){ heap->program, heap->slide, heap->page, ++*instances, heap->allocated, 0, 0 };
		e->instance = *instances;
	}
	heap->pools++;
	e->pointer = link_of(r, argument(r, 'b', 0));
	e->size = argument(r, 'e', 0);
	e->allocated = r->before;
	output_event(e);
	e->op = 'R';
	e->place = table_place;
	e->pointer = heap->table;
	e->size = SHORTEST_PAIR * heap->pools;
	e->result = link_of(r, r->block + SHORTEST_PAIR + r->program->leak);
	e->allocated = heap->allocated;
	output_event(e);
	heap->table = e->result;
}

static void write_operation(struct running *r)
{
	char place[4200], leak[4200];
	struct event e = { .heap = r->program->heap, .instance = r->heap->instance, .op = kind_of(r) };

	fill_site(r, &e, place, sizeof(place));
	e.allocated = r->heap->allocated;
	if (e.op == 'P') {
		if (r->moved)
			write_pool(r, &e, leak_site(r, leak, sizeof(leak)) ? leak : e.place);
		return;
	}
	/* A wrapper's caller says more than the wrapper's own line. */
	if (r->outer->kind != 'T' && leak_site(r, leak, sizeof(leak)))
		e.place = leak;
	e.pointer = link_of(r, argument(r, 'p', 0));
	if (e.op == 'F' || e.op == 'W') {
		if (e.pointer)
			output_event(&e);
		return;
	}
	e.size = argument(r, 's', 0);
	e.arg = e.op == 'A' ? argument(r, 'a', 0) : 0;
	if (e.op == 'C') {
		e.arg = argument(r, 'n', 1);
		if (__builtin_mul_overflow(e.size, e.arg, &e.size))
			e.size = UINT64_MAX;
	}
	if (e.op != 'R')
		e.pointer = 0;
	e.result = r->block ? link_of(r, r->block + SHORTEST_PAIR + r->program->leak) : 0;
	output_event(&e);
}

static void finish(struct running *r)
{
	unsigned int n;

	/* A request that failed has moved nothing. */
	for (n = 0; r->entry && !r->heap && n < n_heaps; n++)
		if (heaps[n].program == r->program && heaps[n].slide == r->slide)
			r->heap = &heaps[n];
	if (r->entry && r->heap)
		write_operation(r);
	r->entry = NULL;
	r->heap = NULL;
	r->moved = false;
	r->block = r->block_size = 0;
	r->n_stores = 0;
}

static bool in_wrapper(const struct program *program, uint64_t link)
{
	size_t n;

	for (n = 0; n < program->n_entries; n++)
		if (program->entries[n].kind == 'T' && link >= program->entries[n].address && link < program->entries[n].to)
			return true;
	return false;
}

static struct running *free_call(void)
{
	struct running *oldest = &calls[0];
	unsigned int n;

	for (n = 0; n < MOST_RUNNING; n++) {
		if (n == n_calls)
			n_calls++;
		if (!calls[n].program)
			return &calls[n];
		if (calls[n].number < oldest->number)
			oldest = &calls[n];
	}
	if (oldest->moved)
		lost++;
	return oldest;
}

void operation_begins(const struct registers *regs, const struct program *program, const struct entry *entry, uint64_t slide)
{
	uint64_t stack = register_value(regs, SP), caller = register_value(regs, LR);
	struct running *r = running_on(program, slide, stack);
	uint64_t from = caller - slide - 4;
	bool jumped = r && r->stack == stack && r->caller == caller && r->outer != entry;
	bool wrapped = r && r->outer->kind == 'T' && (jumped || in_wrapper(program, from));
	unsigned int n;

	/* The allocator calls itself: the outermost call counts. */
	if (r && !wrapped && (jumped || in_code(program, from)))
		return;
	if (r && wrapped && r->entry && r->entry != entry && in_code(program, from))
		return;
	if (!wrapped) {
		if (!r || r->stack != stack)
			r = free_call();
		else if (r->moved)
			finish(r);
		*r = (struct running){ .program = program, .slide = slide, .stack = stack, .caller = caller, .outer = entry };
	} else if (r->entry) {
		finish(r);
	}
	r->number = ++numbers;
	if (entry->kind == 'T')
		return;
	r->entry = entry;
	for (n = 0; n < MOST_ROLES && entry->roles[n]; n++)
		r->args[n] = register_value(regs, n);
}

/* The counter moved: up by the block that was made, or down by the one that was released. */
static void count(struct running *r, uint64_t page, uint64_t allocated)
{
	r->heap = heap_of(r->program, r->slide, page);
	/* After a reset of the machine it begins anew. */
	if (r->entry && r->entry->kind == 'P' && r->heap->allocated > allocated)
		r->heap->allocated = 0;
	if (!r->moved)
		r->before = r->heap->allocated;
	if (allocated > r->heap->allocated)
		find_block(r, allocated - r->heap->allocated);
	r->heap->allocated = allocated;
	r->moved = true;
}

void operation_stores(const struct registers *regs, const struct program *program, uint64_t slide, uint64_t page,
		      const struct stored *store)
{
	uint64_t stack = register_value(regs, SP);
	struct running *r = running_on(program, slide, stack);

	if (!r || !r->entry)
		return;
	if (store->address == program->counter + slide) {
		count(r, page, store->value);
	} else if (program->lock && store->address == program->lock + slide) {
		if (store->value == 0) {
			finish(r);
			r->program = NULL;
		}
	} else if (store->address < stack || store->address - stack > DEEPEST) {
		if (r->n_stores == MOST_STORES)
			memmove(r->stores, r->stores + 1, --r->n_stores * sizeof(*r->stores));
		r->stores[r->n_stores++] = *store;
	}
}

void operation_returns(const struct registers *regs, const struct program *program, uint64_t slide)
{
	uint64_t stack = register_value(regs, SP), result;
	struct running *r = running_on(program, slide, stack);

	if (!r || r->stack != stack || r->caller != register_value(regs, PC))
		return;
	/* Its end was not seen: it was on another heap, which has no lock. */
	if (program->lock) {
		r->program = NULL;
		return;
	}
	result = register_value(regs, 0);
	if (r->entry && r->block && r->entry->kind != 'P' && r->entry == r->outer &&
	    result != r->block + SHORTEST_PAIR + program->leak)
		unlike++;
	/* A request on another heap has moved nothing and failed, either. */
	if (result == 0 || r->heap)
		finish(r);
	r->program = NULL;
}

unsigned int operation_instance(const struct program *program, uint64_t slide)
{
	unsigned int best = 0, n;

	for (n = 0; n < n_heaps; n++)
		if (heaps[n].program == program && heaps[n].slide == slide && heaps[n].instance > best)
			best = heaps[n].instance;
	return best;
}

void operations_end(void)
{
	if (lost)
		fprintf(stderr, "teemem: %llu operations were lost: their end was not seen\n", (unsigned long long)lost);
	if (unlike)
		fprintf(stderr, "teemem: %llu operations returned another address than their block's\n", (unsigned long long)unlike);
}
