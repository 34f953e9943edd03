/* Reads a plan: lines of words, tabs between them. */
#include "plan.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 8, LONGEST = 4096 };

static const char *wrong(const char *format, ...)
{
	static char text[LONGEST + 256];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	return text;
}

static void *more(void *rows, size_t count, size_t size)
{
	/* Doubled at each power of two. */
	if (count & (count - 1))
		return rows;
	return realloc(rows, (count ? 2 * count : 1) * size);
}

static const char *read_image(struct program *program, const char *plan, const char *name)
{
	char path[LONGEST];
	const char *slash = strrchr(plan, '/');
	FILE *file;
	long size;

	snprintf(path, sizeof(path), "%.*s%s", slash ? (int)(slash + 1 - plan) : 0, plan, name);
	file = fopen(path, "rb");
	if (!file)
		return wrong("%s: %s", path, strerror(errno));
	fseek(file, 0, SEEK_END);
	size = ftell(file);
	rewind(file);
	program->size = size > 0 ? (size_t)size : 0;
	/* One zero ends the last text. */
	program->image = calloc(1, program->size + 1);
	if (!program->image || fread(program->image, 1, program->size, file) != program->size) {
		fclose(file);
		return wrong("%s: cannot be read", path);
	}
	fclose(file);
	return NULL;
}

static void add_stop(struct program *program, uint64_t link, struct stop what)
{
	struct stop *stop = calloc(1, sizeof(*stop));
	struct stop **bucket = &program->stops[link % PAGE / 4];

	*stop = (struct stop){ program, link, what.entry, what.turn, what.back, *bucket };
	*bucket = stop;
}

static bool is_plain_call(const struct program *program, uint64_t link)
{
	return (word_at(program, link) & 0xfc000000) == 0x94000000;
}

/*
 * Entries begin operations; where no lock is released, the return from a call ends them. With a lock, only calls of the
 * functions that take another heap do without it, and nobody has a pointer to those.
 */
static void add_stops(struct program *program)
{
	size_t n;

	for (n = 0; n < program->n_entries; n++)
		add_stop(program, program->entries[n].address, (struct stop){ .entry = &program->entries[n] });
	for (n = 0; n < program->n_sites; n++)
		if (!program->lock || is_plain_call(program, program->sites[n].address - 4))
			add_stop(program, program->sites[n].address, (struct stop){ 0 });
	for (n = 0; n < program->n_turns; n++)
		add_stop(program, program->turns[n].address, (struct stop){ .turn = &program->turns[n] });
	/* What a pointer calls can be an entry of the allocator, which counts more. */
	for (n = 0; n < program->n_backs; n++)
		if (is_plain_call(program, program->backs[n] - 4))
			add_stop(program, program->backs[n], (struct stop){ .back = true });
}

static uint64_t hex(const char *word)
{
	return word ? strtoull(word, NULL, 16) : 0;
}

static const char *add_line(struct program *p, const char *plan, char **word, unsigned int count)
{
	if (!strcmp(word[0], "base") && count == 3) {
		p->base = hex(word[1]);
		return read_image(p, plan, word[2]);
	}
	if (!strcmp(word[0], "counter") && count == 2) {
		p->counter = hex(word[1]);
	} else if (!strcmp(word[0], "lock") && count == 2) {
		p->lock = hex(word[1]);
	} else if (!strcmp(word[0], "leak") && count == 4) {
		p->leak = hex(word[1]);
		p->leak_name = hex(word[2]);
		p->leak_line = hex(word[3]);
	} else if (!strcmp(word[0], "code") && count == 3) {
		p->code = more(p->code, p->codes, sizeof(*p->code));
		p->code[p->codes++] = (struct span){ hex(word[1]), hex(word[2]) };
	} else if (!strcmp(word[0], "entry") && count == 5) {
		p->entries = more(p->entries, p->n_entries, sizeof(*p->entries));
		p->entries[p->n_entries] = (struct entry){ .address = hex(word[1]), .to = hex(word[2]), .kind = word[3][0] };
		snprintf(p->entries[p->n_entries++].roles, MOST_ROLES + 1, "%s", word[4]);
	} else if (!strcmp(word[0], "turn") && count == 5) {
		p->turns = more(p->turns, p->n_turns, sizeof(*p->turns));
		p->turns[p->n_turns] = (struct turn){ 
			.address = hex(word[1]), .command = atoi(word[3]), .coded = word[4][0] == '1'
		};
		snprintf(p->turns[p->n_turns++].name, sizeof(p->turns->name), "%s", word[2]);
	} else if (!strcmp(word[0], "back") && count == 2) {
		p->backs = more(p->backs, p->n_backs, sizeof(*p->backs));
		p->backs[p->n_backs++] = hex(word[1]);
	} else if (!strcmp(word[0], "site") && count == 4) {
		p->sites = more(p->sites, p->n_sites, sizeof(*p->sites));
		p->sites[p->n_sites++] = (struct site){ hex(word[1]), strdup(word[2]), strdup(word[3]) };
	} else {
		return wrong("%s: the line '%s' is not understood; build the plugin anew", plan, word[0]);
	}
	return NULL;
}

static unsigned int split(char *line, char **word)
{
	unsigned int count = 0;
	char *rest = line;

	line[strcspn(line, "\r\n")] = 0;
	while (rest && count < MOST_WORDS)
		word[count++] = strsep(&rest, "\t");
	return count;
}

struct program *plan_read(const char *path, const char **error)
{
	FILE *file = fopen(path, "r");
	struct program *first = NULL, *program = NULL, **end = &first;
	char line[LONGEST], *word[MOST_WORDS];
	unsigned int count;
	bool whole = false;

	*error = file ? NULL : wrong("%s: %s", path, strerror(errno));
	if (file && (!fgets(line, sizeof(line), file) || strcmp(line, "teemem qemu plan 1\n")))
		*error = wrong("%s: not a plan of 'teemem device qemu' of this version; build the plugin anew", path);
	while (!*error && fgets(line, sizeof(line), file)) {
		count = split(line, word);
		if (!strcmp(word[0], "end")) {
			whole = true;
		} else if (!strcmp(word[0], "program") && count == 2) {
			*end = program = calloc(1, sizeof(*program));
			end = &program->next;
			snprintf(program->heap, sizeof(program->heap), "%s", word[1]);
		} else if (program) {
			*error = add_line(program, path, word, count);
		}
	}
	if (!*error && !whole)
		*error = wrong("%s: the plan is cut off; build the plugin anew", path);
	if (file)
		fclose(file);
	for (program = first; program; program = program->next)
		add_stops(program);
	return first;
}

const struct site *site_at(const struct program *program, uint64_t link)
{
	size_t from = 0, to = program->n_sites;

	while (from < to) {
		size_t middle = (from + to) / 2;

		if (program->sites[middle].address < link)
			from = middle + 1;
		else
			to = middle;
	}
	return from < program->n_sites && program->sites[from].address == link ? &program->sites[from] : NULL;
}

uint32_t word_at(const struct program *program, uint64_t link)
{
	uint32_t word = 0;

	if (link >= program->base && link - program->base + 4 <= program->size)
		memcpy(&word, program->image + (link - program->base), 4);
	return word;
}

const char *text_at(const struct program *program, uint64_t link)
{
	if (link <= program->base || link - program->base >= program->size)
		return NULL;
	return (const char *)program->image + (link - program->base);
}

bool in_code(const struct program *program, uint64_t link)
{
	size_t n;

	for (n = 0; n < program->codes; n++)
		if (link >= program->code[n].from && link < program->code[n].to)
			return true;
	return false;
}
