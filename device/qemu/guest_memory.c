/* Reads the guest's memory in this process: QEMU's blocks of RAM are mappings of it. */
#include "guest_memory.h"
#include <stdio.h>
#include <string.h>

/* The mappings that were asked for: QEMU has few blocks of RAM, and they do not move. */
enum { MOST_KNOWN = 16 };
static struct {
	uint64_t from, to;
} known[MOST_KNOWN];
static unsigned int n_known;

static bool look_up(uint64_t host, uint64_t *from, uint64_t *to)
{
	char line[512], mode[8];
	unsigned long a, b;
	bool found = false;
	FILE *maps = fopen("/proc/self/maps", "r");

	while (maps && !found && fgets(line, sizeof(line), maps))
		found = sscanf(line, "%lx-%lx %7s", &a, &b, mode) == 3 && host >= a && host < b && mode[1] == 'w';
	if (maps)
		fclose(maps);
	*from = found ? a : host;
	*to = found ? b : host + 1;
	return found;
}

bool memory_around(struct guest_memory *memory, uint64_t vaddr, const void *host)
{
	uint64_t at = (uint64_t)(uintptr_t)host;
	unsigned int n;

	memory->distance = at - vaddr;
	for (n = 0; n < n_known; n++) {
		memory->from = known[n].from;
		memory->to = known[n].to;
		if (at >= memory->from && at < memory->to)
			return memory->to - memory->from > 1;
	}
	look_up(at, &memory->from, &memory->to);
	if (n_known < MOST_KNOWN) {
		known[n_known].from = memory->from;
		known[n_known++].to = memory->to;
	}
	return memory->to - memory->from > 1;
}

bool memory_read(const struct guest_memory *memory, uint64_t vaddr, void *into, size_t bytes)
{
	uint64_t at = vaddr + memory->distance;

	if (at < memory->from || at >= memory->to || memory->to - at < bytes)
		return false;
	memcpy(into, (const void *)(uintptr_t)at, bytes);
	return true;
}

uint64_t memory_word(const struct guest_memory *memory, uint64_t vaddr, size_t bytes)
{
	uint64_t value = 0;

	return memory_read(memory, vaddr, &value, bytes) ? value : 0;
}
