/* What `teemem device qemu` found in the ELF files: which program, where its allocator is, and who calls it. */
#ifndef TEEMEM_PLAN_H
#define TEEMEM_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_ROLES = 8, PAGE = 4096, BUCKETS = PAGE / 4 };

struct span {
	uint64_t from, to;
};

/* A function that begins an operation: a part of the allocator, or what stands before it (kind T). */
struct entry {
	uint64_t address, to;
	/* M C R A F W P as in a heap trace; X: the arguments tell; T: calls another entry, and its own caller counts. */
	char kind;
	/* One letter an argument: p pointer, s size, n members, a alignment, g flags, b pool, e its length, - else. */
	char roles[MOST_ROLES + 1];
};

/* An address that a call of an entry returns to. */
struct site {
	uint64_t address;
	char *func, *place;
};

/* A function by which a TA is entered. */
struct turn {
	uint64_t address;
	char name[16];
	/* The number of the argument that is the command, -1 for none. */
	int command;
	/* It returns a code. */
	bool coded;
};

/* A block of the guest's code that something is done at. */
struct stop {
	const struct program *program;
	uint64_t link;
	/* Where an operation begins, or a turn; neither: where a call returns to, of a turn or of an operation. */
	const struct entry *entry;
	const struct turn *turn;
	bool back;
	struct stop *next;
};

struct program {
	char heap[64];
	/* The loaded bytes of the ELF file, from the link address `base` on. */
	uint8_t *image;
	size_t size;
	uint64_t base;
	/* Link addresses of the bytes allocated, and of the lock (0: none, operations end when they return). */
	uint64_t counter, lock;
	/* Bytes of a leak header, 0 for none; offsets of name and line in it. */
	unsigned int leak, leak_name, leak_line;
	struct span *code;
	size_t codes;
	struct entry *entries;
	size_t n_entries;
	/* By address. */
	struct site *sites;
	size_t n_sites;
	struct turn *turns;
	size_t n_turns;
	/* Where calls of those return to. */
	uint64_t *backs;
	size_t n_backs;
	/* Blocks to stop at, by the offset in their page. */
	struct stop *stops[BUCKETS];
	/* How often it was loaded. */
	unsigned int instances;
	struct program *next;
};

/* Reads a plan. The error (never freed) says what is wrong and where. */
struct program *plan_read(const char *path, const char **error);

const struct site *site_at(const struct program *program, uint64_t link);
/* A word of the program's image, 0 outside of it. */
uint32_t word_at(const struct program *program, uint64_t link);
/* The text at a link address of the image, or null. */
const char *text_at(const struct program *program, uint64_t link);
/* True for an address in the allocator's own functions. */
bool in_code(const struct program *program, uint64_t link);

#endif
