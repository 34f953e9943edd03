/* Tells code of a program by its bytes: those around an instruction, within its page. */
#include "recognise.h"
#include <string.h>

enum { BEFORE = 32, BEHIND = 64 };

static bool same(const struct program *program, uint64_t link, const uint8_t *host)
{
	uint64_t in_page = link % PAGE;
	uint64_t before = in_page < BEFORE ? in_page : BEFORE;
	uint64_t behind = PAGE - in_page < BEHIND ? PAGE - in_page : BEHIND;
	uint64_t from = link - before;

	if (from < program->base || link + behind > program->base + program->size)
		return false;
	return !memcmp(host - before, program->image + (from - program->base), before + behind);
}

const struct stop *stop_at(const struct program *program, uint64_t vaddr, const uint8_t *host)
{
	const struct stop *stop;

	for (stop = program->stops[vaddr % PAGE / 4]; stop; stop = stop->next)
		if (same(program, stop->link, host))
			return stop;
	return NULL;
}

uint64_t code_at(const struct program *program, uint64_t vaddr, const uint8_t *host)
{
	size_t n;
	uint64_t link;

	for (n = 0; n < program->codes; n++) {
		link = program->code[n].from / PAGE * PAGE + vaddr % PAGE;
		for (; link < program->code[n].to; link += PAGE)
			if (link >= program->code[n].from && same(program, link, host))
				return link;
	}
	return 0;
}
