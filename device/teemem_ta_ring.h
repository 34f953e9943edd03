/*
 * Part of teemem_ta.c: where the events go (a ring in .bss, or lines on the secure console), the walk through the heap, the
 * reply to whoever asks. A TA runs in one thread, and nothing here allocates.
 */
#include <limits.h>

#ifndef TEEMEM_RING_EVENTS
#define TEEMEM_RING_EVENTS 512	/* 24 bytes of .bss each */
#endif
#ifndef TEEMEM_START
#define TEEMEM_START TEEMEM_TA_RING	/* enum teemem_ta_mode */
#endif

extern const uint8_t __text_start[];
extern const uint8_t __text_end[] __attribute__((weak));
extern const struct ta_head ta_head;

static struct teemem_ta_event ring[TEEMEM_RING_EVENTS];
static uint32_t count, taken;	/* events so far, and how many of them were fetched */
static uint32_t mode = TEEMEM_START;
static struct { const uint8_t *first, *end; } pools[4];
static unsigned int pool_count;
static struct teemem_ta_head head __attribute__((aligned(8))) = {
	.magic = TEEMEM_TA_MAGIC, .head_bytes = sizeof(head), .event_bytes = sizeof(ring[0]), .word = sizeof(void *)
};

/* Where in the image; without the tag that a memory-tagging CPU keeps in the highest byte. */
static uint32_t place(const void *p)
{
	return p ? (uint32_t)((uintptr_t)p - (uintptr_t)__text_start) : 0;
}

static long block_bytes(const void *payload)
{
	uintptr_t at = (uintptr_t)payload & (sizeof(long) == 8 ? (uintptr_t)-1 >> 8 : (uintptr_t)-1);

	return -((const long *)(at - head.leak_bytes))[-1];
}

static uint64_t milliseconds(void)
{
	TEE_Time t = { 0, 0 };

	TEE_GetSystemTime(&t);
	return (uint64_t)t.seconds * 1000 + t.millis;
}

static char *hex(char *to, uint32_t value, int digits)
{
	while (digits < 8 && value >> 4 * digits)
		digits++;
	while (digits--)
		*to++ = "0123456789abcdef"[value >> 4 * digits & 15];
	return to;
}

/* Ends a line of text with its sum and prints it: 87 microseconds a character at 115200 baud. */
static void print(char *line, char *end)
{
	uint8_t sum = 0;
	const char *p = line;

	while (p < end)
		sum += *p++;
	end = hex(end, sum, 2);
	*end++ = '\n';
	_utee_log(line, end - line);
}

static uint32_t line_id(void)
{
	return (place(&ta_head) ^ (uint32_t)(head.base >> 12) ^ (uint32_t)head.born * 2654435761u) & 0xffff;
}

static void print_head(void)
{
	char line[16 + 2 * sizeof(head)] = "~tm@ ", *p = hex(line + 5, line_id(), 4);
	unsigned int i = 0;

	*p++ = ' ';
	for (i = 0; i < sizeof(head); i++)
		p = hex(p, ((const uint8_t *)&head)[i], 2);
	*p++ = ' ';
	print(line, p);
}

static void print_event(uint32_t number, const struct teemem_ta_event *e)
{
	char line[80] = "~tm: ", *p = hex(line + 5, line_id(), 4);
	const uint32_t *words = (const uint32_t *)e;
	unsigned int i = 0;

	*p++ = ' ';
	p = hex(p, number, 1);
	for (i = 0; i < sizeof(*e) / sizeof(*words); i++) {
		*p++ = ' ';
		p = hex(p, words[i], 1);
	}
	*p++ = ' ';
	print(line, p);
}

static void event(uint32_t op, size_t size, uint32_t result, uint32_t given, uintptr_t caller, uint32_t block)
{
	struct teemem_ta_event e = { op, size > UINT32_MAX ? UINT32_MAX : (uint32_t)size, result, given,
				     place((const void *)caller), block };

	if (mode == TEEMEM_TA_OFF) {
		head.flags |= TEEMEM_TA_WAS_OFF;
		return;
	}
	if (mode == TEEMEM_TA_LINES) {
		print_event(count, &e);
		taken = count + 1;
	}
	ring[count++ % TEEMEM_RING_EVENTS] = e;
}

static void turn(char direction, char entry, uint32_t number)
{
	uint64_t t = mode == TEEMEM_TA_OFF ? 0 : milliseconds();

	event(direction | (uint32_t)entry << 8, number, (uint32_t)t, (uint32_t)(t >> 32), 0, 0);
}

/* Every live block, in the order of addresses, as the headers of the allocator say; with `to` as far as there is room. */
static uint32_t walk(void *to, uint32_t room)
{
	struct teemem_ta_block block = { 0, 0 };
	uint32_t found = 0;
	unsigned int i = 0;

	for (i = 0; i < pool_count; i++) {
		const uint8_t *at = pools[i].first;

		while (at + 2 * sizeof(long) < pools[i].end) {
			long n = ((const long *)(const void *)at)[1], bytes = n < 0 ? -n : n;

			if (bytes < (long)(2 * sizeof(long)) || bytes > pools[i].end - at) {
				head.flags |= TEEMEM_TA_DAMAGED;
				break;
			}
			block.address = place(at + 2 * sizeof(long) + head.leak_bytes);
			block.bytes = bytes;
			if (n < 0 && found < room)
				memcpy((uint8_t *)to + found * sizeof(block), &block, sizeof(block));
			found += n < 0;
			at += bytes;
		}
	}
	return found;
}

/* A pool is there: the first one says what lies before a block, by the size of the one block that it has. */
static void pool_added(void *buffer, size_t bytes, uintptr_t caller)
{
	const uintptr_t quantum = 2 * sizeof(long), from = ((uintptr_t)buffer + quantum - 1) & ~(quantum - 1);
	const uintptr_t to = ((uintptr_t)buffer + bytes) & ~(quantum - 1);
	struct teemem_ta_block table = { 0, 0 };

	if (pool_count < sizeof(pools) / sizeof(pools[0])) {
		pools[pool_count].first = (const uint8_t *)from;
		pools[pool_count++].end = (const uint8_t *)to;
	}
	if (pool_count > 1) {
		event('P', to - from, place((void *)from), 0, caller, 0);
		return;
	}
	head.born = milliseconds();
	head.base = (uintptr_t)__text_start;
	head.text_bytes = __text_end ? (uint32_t)(__text_end - __text_start) : 0;
	memcpy(head.uuid, &ta_head, sizeof(head.uuid));
	head.pool = place((void *)from);
	head.pool_bytes = to - from;
	walk(&table, 1);
	if (table.bytes > 4 * sizeof(long)) {
		head.leak_bytes = sizeof(long) == 8 ? 32 : 16;
		table.address += head.leak_bytes;
	}
	if (mode == TEEMEM_TA_LINES)
		print_head();
	event('P', to - from, head.pool, 0, caller, 0);
	event('R', 2 * sizeof(long), table.address, 0, caller, table.bytes);
}

static uint32_t reply(uint8_t *to, size_t *room)
{
	uint32_t kept = count - taken < TEEMEM_RING_EVENTS ? count - taken : TEEMEM_RING_EVENTS, i = 0;
	const size_t events = kept * sizeof(ring[0]), fixed = sizeof(head) + events;

	head.lost = count - taken - kept;
	head.first = count - kept;
	head.events = kept;
	head.blocks = head.lost || head.flags & TEEMEM_TA_WAS_OFF ? walk(NULL, 0) : 0;
	head.now = milliseconds();
	i = *room < fixed + head.blocks * sizeof(struct teemem_ta_block);
	*room = fixed + head.blocks * sizeof(struct teemem_ta_block);
	if (i || !to)
		return TEE_ERROR_SHORT_BUFFER;
	memcpy(to, &head, sizeof(head));
	for (i = 0; i < kept; i++)
		memcpy(to + sizeof(head) + i * sizeof(ring[0]), &ring[(head.first + i) % TEEMEM_RING_EVENTS], sizeof(ring[0]));
	walk(to + fixed, head.blocks);
	taken = count;
	head.flags &= ~(TEEMEM_TA_WAS_OFF | TEEMEM_TA_DAMAGED);
	return TEE_SUCCESS;
}
