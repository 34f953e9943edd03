/*
 * Part of teemem_ta.c: red zones, built with TEEMEM_ZONES (without it they are nothing). A block has a zone before it and one
 * behind it. A freed block is filled and waits, until its command ends or others push it out, before the allocator gets it.
 */
#ifdef TEEMEM_ZONES
#define ZONED 1
#else
#define ZONED 0
#endif

struct zone {			/* right before the payload */
	uint8_t links[16];	/* left to the allocator once the block is free: what follows stays, and tells of a double free */
	uint32_t state;		/* USED or FREED, and a sixteenth of the bytes from the block to the payload */
	uint32_t size;		/* asked for */
	uint32_t made, freed;	/* who allocated and who freed it, as in events */
	uint8_t guard[16];
};

#define USED 0x7eed0000u
#define FREED 0xf4ee0000u
#define FRONT 0xffffu
#define GUARD 0xa5
#define FILL 0x5a
#define TAIL 16
#define WAITING 8

static void *waiting[WAITING];
static unsigned int next_waiting;

static struct zone *zone_of(void *payload)
{
	return (struct zone *)payload - 1;
}

static uint8_t *block_of(void *payload)
{
	return (uint8_t *)payload - (zone_of(payload)->state & FRONT) * 16;
}

/* Bytes from a block to its payload, a multiple of the alignment; 0 for an alignment that is refused anyway. */
static size_t front_of(size_t alignment)
{
	if (!alignment || alignment & (alignment - 1) || alignment / 16 > FRONT)
		return 0;
	return (sizeof(struct zone) + alignment - 1) & ~(alignment - 1);
}

/* What to ask the allocator for. A size that cannot be had with zones cannot be had without, either. */
static size_t zoned(size_t size, size_t front)
{
	return ZONED && front && size < LONG_MAX - front - TAIL ? front + size + TAIL : size;
}

static void *armed(void *block, size_t size, size_t front, uint32_t caller)
{
	uint8_t *payload = (uint8_t *)block + front;
	struct zone *z = (struct zone *)(void *)payload - 1;

	if (!ZONED || !block || !front)
		return block;
	memset(z->guard, GUARD, sizeof(z->guard));
	memset(payload + size, GUARD, TAIL);
	z->state = USED | front / 16;
	z->size = size;
	z->made = caller;
	z->freed = 0;
	return payload;
}

static size_t differing(const uint8_t *p, uint8_t value, size_t length)
{
	size_t n = 0, i = 0;

	for (i = 0; i < length; i++)
		n += p[i] != value;
	return n;
}

static char *copied(char *to, const char *text)
{
	while (*text)
		*to++ = *text++;
	return to;
}

static char *decimal(char *to, uint32_t value)
{
	if (value > 9)
		to = decimal(to, value / 10);
	*to++ = '0' + value % 10;
	return to;
}

static char *caller_text(char *to, const char *before, uint32_t caller)
{
	to = copied(to, before);
	return caller ? hex(copied(to, "TA+0x"), caller, 1) : copied(to, "the end of the command");
}

static void report(char kind, void *payload, uint32_t caller)
{
	static const char kinds[] = TEEMEM_TA_FINDINGS;
	static const char *const words[] = {
		"Double free of", "Invalid write after", "Invalid write before", "Use after free: write to",
	};
	struct zone *z = zone_of(payload);
	char line[160], *p = copied(line, "teemem ");
	unsigned int i = 0;
	uint32_t ta = 0;

	memcpy(&ta, head.uuid, sizeof(ta));
	p = hex(p, ta, 8);
	while (kinds[i] != kind)
		i++;
	p = copied(copied(copied(p, ": "), words[i]), " a block of ");
	p = caller_text(decimal(p, z->size), " bytes: allocated at ", z->made);
	if (z->freed)
		p = caller_text(p, ", freed at ", z->freed);
	p = caller_text(p, ", seen at ", caller);
	*p++ = '\n';
	_utee_log(line, p - line);
	event('!' | (uint32_t)kind << 8, z->size, place(payload), z->made, (uintptr_t)__text_start + caller, z->freed);
}

/* False for what must not be given to the allocator: it was freed, or is no block. */
static bool sound(void *payload, uint32_t caller)
{
	struct zone *z = zone_of(payload);
	uint32_t state = z->state & ~FRONT;

	if (!ZONED)
		return true;
	if (state != USED) {
		report(state == FREED ? 'd' : 'u', payload, caller);
		return false;
	}
	if (differing(z->guard, GUARD, sizeof(z->guard)))
		report('u', payload, caller);
	if (differing((uint8_t *)payload + z->size, GUARD, TAIL))
		report('o', payload, caller);
	memset(z->guard, GUARD, sizeof(z->guard));
	memset((uint8_t *)payload + z->size, GUARD, TAIL);
	return true;
}

static void released(void *payload, uint32_t caller)
{
	struct zone *z = zone_of(payload);
	uint8_t *block = block_of(payload);

	if (differing(payload, FILL, z->size))
		report('w', payload, caller);
	event('F', 0, 0, place(block), (uintptr_t)__text_start + z->freed, block_bytes(block));
	__real_free(block);
}

/* Gives all that waits to the allocator; false if nothing did. */
static bool release(uint32_t caller)
{
	unsigned int i = 0;
	bool any = false;

	for (i = 0; ZONED && i < WAITING; i++) {
		void *payload = waiting[(next_waiting + i) % WAITING];

		waiting[(next_waiting + i) % WAITING] = NULL;
		if (payload)
			released(payload, caller);
		any |= payload != NULL;
	}
	return any;
}

/* A block is freed and waits. */
static void wait_freed(void *payload, uint32_t caller)
{
	struct zone *z = zone_of(payload);
	void **slot = &waiting[next_waiting++ % WAITING];

	if (*slot)
		released(*slot, caller);
	z->state = FREED | (z->state & FRONT);
	z->freed = caller;
	memset(payload, FILL, z->size);
	*slot = payload;
}

/* All bytes of an array; one that is too large is refused by every allocator. */
static size_t product(size_t members, size_t size)
{
	size_t all = 0;

	return __builtin_mul_overflow(members, size, &all) ? SIZE_MAX : all;
}

/* A block that a realloc is asked to move. It counts as freed until then: the allocator frees it itself. */
struct moving {
	void *payload, *block;
	size_t front, size;
	bool sound;
};

static struct moving moving(void *payload, uint32_t caller)
{
	struct moving m = { payload, payload, front_of(1), 0, true };
	struct zone *z = payload ? zone_of(payload) : NULL;

	if (!ZONED || !payload)
		return m;
	m.sound = sound(payload, caller);
	if (!m.sound)
		return m;
	m.block = block_of(payload);
	m.front = (uint8_t *)payload - (uint8_t *)m.block;
	m.size = z->size;
	z->state = FREED | (z->state & FRONT);
	z->freed = caller;
	return m;
}

static void *moved(const struct moving *m, void *block, size_t size, uint32_t caller)
{
	struct zone *z = m->payload ? zone_of(m->payload) : NULL;

	if (!ZONED)
		return block;
	if (!block && z) {
		z->state = USED | (z->state & FRONT);
		z->freed = 0;
	}
	if (block && size > m->size && z)
		memset((uint8_t *)block + m->front + m->size, 0, size - m->size);
	return armed(block, size, m->front, caller);
}
