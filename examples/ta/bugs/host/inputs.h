/* What the client asks for, by name: calls with ordinary input, and calls with the input that brings the bug out. */
#ifndef INPUTS_H
#define INPUTS_H

#include <stddef.h>
#include <stdint.h>

/* A call of the TA. NULL for a buffer: the command takes or gives values. */
struct call {
	uint32_t command;
	const void *in;
	size_t in_size;
	uint32_t a;
	size_t out_size;
};

struct input {
	const char *name;
	const char *bug;
	struct call good[3], bad[3];
};

extern const struct input inputs[];
extern const size_t input_count;

#endif
