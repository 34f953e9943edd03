/* Whole buffers over a stream socket: false where the stream ends first. Signals do not disturb, and none is raised. */
#ifndef TEEMEM_STREAM_H
#define TEEMEM_STREAM_H

#include <stddef.h>
#include <stdint.h>

int send_all(int fd, const uint8_t *bytes, size_t count);
int receive_all(int fd, uint8_t *bytes, size_t count);

#endif
