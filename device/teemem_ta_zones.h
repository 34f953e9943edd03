/*
 * Part of teemem_ta.c: red zones, built with TEEMEM_ZONES (without it they are nothing). A block has a zone before it and one
 * behind it. A freed block is filled and waits, until its command ends or others push it out, before the allocator gets it.
 */
#ifdef TEEMEM_ZONES
#define ZONED 1
#else
#define ZONED 0
#endif

struct zone {			/* right before the payload; the allocator's links lie in guard once the block is free */
	uint8_t guard[16];
	uint32_t state;		/* USED or FREED, and the logarithm of the bytes from the block to the payload */
	uint32_t size;		/* asked for */
	uint32_t made, freed;	/* who allocated and who freed it, as in events */
};

#define USED 0x7eed0100u
#define FREED 0x7eedf600u
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
	return (uint8_t *)payload - ((size_t)1 << (zone_of(payload)->state & 63));
}

/* Bytes from a block to its payload; a power of two, and a multiple of the alignment. */
static size_t front_of(size_t alignment)
{
	return alignment & (alignment - 1) ? 0 : alignment > sizeof(struct zone) ? alignment : sizeof(struct zone);
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

	if (!ZONED || !block)
		return block;
	memset(z->guard, GUARD, sizeof(z->guard));
	memset(payload + size, GUARD, TAIL);
	z->state = USED | __builtin_ctzl(front);
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

static void report(char kind, void *payload, uint32_t caller)
{
	static const char kinds[] = TEEMEM_TA_FINDINGS;
	static const char *const words[] = { "double free", "write behind", "write before", "write after free to" };
	struct zone *z = zone_of(payload);
	char line[128], *p = copied(line, "teemem: ");
	unsigned int i = 0;

	while (kinds[i] != kind)
		i++;
	p = hex(copied(copied(p, words[i]), " a block of 0x"), z->size, 1);
	p = hex(copied(p, " bytes: allocated at TA+0x"), z->made, 1);
	if (z->freed)
		p = hex(copied(p, ", freed at TA+0x"), z->freed, 1);
	p = hex(copied(p, ", seen at TA+0x"), caller, 1);
	*p++ = '\n';
	_utee_log(line, p - line);
	event('!' | (uint32_t)kind << 8, z->size, place(payload), z->made, (uintptr_t)__text_start + caller, z->freed);
}

/* False for what must not be given to the allocator: it was freed, or is no block. */
static bool sound(void *payload, uint32_t caller)
{
	struct zone *z = zone_of(payload);
	uint32_t state = z->state & ~63u;

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
	z->state = FREED | (z->state & 63);
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
	z->state = FREED | (z->state & 63);
	z->freed = caller;
	return m;
}

static void *moved(const struct moving *m, void *block, size_t size, uint32_t caller)
{
	struct zone *z = m->payload ? zone_of(m->payload) : NULL;

	if (!ZONED)
		return block;
	if (!block && z) {
		z->state = USED | (z->state & 63);
		z->freed = 0;
	}
	if (block && size > m->size && z)
		memset((uint8_t *)block + m->front + m->size, 0, size - m->size);
	return armed(block, size, m->front, caller);
}
