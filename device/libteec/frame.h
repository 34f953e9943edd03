/* Frames of teemem's protocol as bytes: docs/protocol.md. */
#ifndef TEEMEM_FRAME_H
#define TEEMEM_FRAME_H

#include <stddef.h>
#include <stdint.h>

enum frame_kind {
	FRAME_HELLO = 0x01,
	FRAME_OPEN = 0x02,
	FRAME_INVOKE = 0x03,
	FRAME_CLOSE = 0x04,
	FRAME_CANCEL = 0x05,
	FRAME_LOGIN = 0x08,
	FRAME_WELCOME = 0x81,
	FRAME_REPLY = 0x82,
	FRAME_FAULT = 0x83,
};

/* Length, kind and tag. */
#define FRAME_HEAD 12

/* A frame that is being written. */
struct frame {
	uint8_t *bytes;
	size_t used, room;
	/* Set where there is no memory; then nothing more is written. */
	int failed;
};

/* Bytes that are being read. */
struct reader {
	const uint8_t *at;
	size_t left;
	/* Set where they end too early; what is read then is 0 or NULL. */
	int failed;
};

void frame_begin(struct frame *frame, enum frame_kind kind);
void frame_word(struct frame *frame, uint32_t word);
/* Bytes as they are, and zeros up to a multiple of four. */
void frame_bytes(struct frame *frame, const void *bytes, size_t count);
/* Writes length and tag into the head. */
void frame_close(struct frame *frame, uint32_t tag);
void frame_free(struct frame *frame);

uint32_t word_at(const uint8_t *bytes);
uint32_t read_word(struct reader *reader);
/* The next bytes, without the zeros behind them. */
const uint8_t *read_bytes(struct reader *reader, size_t count);

#endif
