/* Frames of teemem's protocol as bytes. All words are little endian, whatever the machine. */
#include <stdlib.h>
#include <string.h>

#include "frame.h"

#define FIRST_ROOM 128

static size_t padded(size_t count)
{
	return (count + 3) & ~(size_t)3;
}

static void put_word(uint8_t *bytes, uint32_t word)
{
	bytes[0] = (uint8_t)word;
	bytes[1] = (uint8_t)(word >> 8);
	bytes[2] = (uint8_t)(word >> 16);
	bytes[3] = (uint8_t)(word >> 24);
}

uint32_t word_at(const uint8_t *bytes)
{
	return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* Room for so many bytes more, which count as used; NULL where there is none. */
static uint8_t *grow(struct frame *frame, size_t count)
{
	size_t room = frame->room ? frame->room : FIRST_ROOM;
	uint8_t *bytes;

	if (frame->failed)
		return NULL;
	if (count > frame->room - frame->used) {
		while (room - frame->used < count)
			room *= 2;
		bytes = realloc(frame->bytes, room);
		if (!bytes) {
			frame->failed = 1;
			return NULL;
		}
		frame->bytes = bytes;
		frame->room = room;
	}
	frame->used += count;
	return frame->bytes + frame->used - count;
}

void frame_begin(struct frame *frame, enum frame_kind kind)
{
	memset(frame, 0, sizeof(*frame));
	frame_word(frame, 0);
	frame_word(frame, kind);
	frame_word(frame, 0);
}

void frame_word(struct frame *frame, uint32_t word)
{
	uint8_t *bytes = grow(frame, 4);

	if (bytes)
		put_word(bytes, word);
}

void frame_bytes(struct frame *frame, const void *bytes, size_t count)
{
	uint8_t *room = count ? grow(frame, padded(count)) : NULL;

	if (!room)
		return;
	memset(room + count, 0, padded(count) - count);
	memcpy(room, bytes, count);
}

void frame_close(struct frame *frame, uint32_t tag)
{
	put_word(frame->bytes, (uint32_t)(frame->used - 4));
	put_word(frame->bytes + 8, tag);
}

void frame_free(struct frame *frame)
{
	free(frame->bytes);
	memset(frame, 0, sizeof(*frame));
}

const uint8_t *read_bytes(struct reader *reader, size_t count)
{
	const uint8_t *bytes = reader->at;

	if (reader->failed || count > reader->left || padded(count) > reader->left) {
		reader->failed = 1;
		return NULL;
	}
	reader->at += padded(count);
	reader->left -= padded(count);
	return bytes;
}

uint32_t read_word(struct reader *reader)
{
	const uint8_t *bytes = read_bytes(reader, 4);

	return bytes ? word_at(bytes) : 0;
}
