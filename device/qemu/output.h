/* The events, as text: docs/qemu_plugin.md. */
#ifndef TEEMEM_OUTPUT_H
#define TEEMEM_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

struct event {
	const char *heap;
	unsigned int instance;
	char op;
	uint64_t pointer, size, arg, result, allocated;
	const char *func, *place;
};

/* Opens the file, FIFO, or `unix:PATH` and writes the head; `blocks`: sizes are those of blocks. Null, or what is wrong. */
const char *output_open(const char *path, bool blocks);
void output_event(const struct event *event);
/* A TA is entered, or left with a code; a line that begins with '#', which is no event. */
void output_turn(bool enters, const char *heap, unsigned int instance, const char *name, uint32_t code);
/* Gives out what is held, if `now` or if a second has passed. */
void output_flush(bool now);
/* Writes the last line and closes. */
void output_close(void);

#endif
