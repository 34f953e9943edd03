/* What the client has open: its contexts and sessions, by their addresses. */
#include <stdlib.h>
#include <string.h>

#include "book.h"

static struct entry *entries;
static size_t count, room;

static struct entry *find(const void *key)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (entries[i].key == key)
			return &entries[i];
	return NULL;
}

static struct entry *more(void)
{
	struct entry *larger;

	if (count == room) {
		larger = realloc(entries, (room * 2 + 16) * sizeof(*entries));
		if (!larger)
			return NULL;
		entries = larger;
		room = room * 2 + 16;
	}
	return &entries[count++];
}

void book_add(const struct entry *entry)
{
	struct entry *place = find(entry->key);

	if (!place)
		place = more();
	if (place)
		*place = *entry;
}

struct entry book_find(const void *key)
{
	static const struct entry unknown;
	const struct entry *place = find(key);

	return place ? *place : unknown;
}

void book_remove(const void *key)
{
	struct entry *place = find(key);

	if (place)
		*place = entries[--count];
}
