/* A line of the output: text that grows, with a checksum at its end, written as one piece. */
#ifndef TEEMEM_LINE_H
#define TEEMEM_LINE_H

#include <stddef.h>
#include <stdint.h>

struct line {
	char *text;
	size_t length, room;
	/* Memory was refused: it will not be written. */
	int broken;
};

void line_add(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));
void line_hex(struct line *line, const void *bytes, size_t length);
/* Ends it with its checksum, writes it and frees it. */
void line_write(struct line *line);

/* Where lines go: a file, a FIFO, or `fd:N`. NULL: nowhere. Returns 0 if that can't be written. */
int line_open(const char *where);

#endif
