/* Whole buffers over a stream socket. */
#include <errno.h>
#include <sys/socket.h>

#include "stream.h"

int send_all(int fd, const uint8_t *bytes, size_t count)
{
	while (count) {
		ssize_t sent = send(fd, bytes, count, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return 0;
		bytes += sent;
		count -= (size_t)sent;
	}
	return 1;
}

int receive_all(int fd, uint8_t *bytes, size_t count)
{
	while (count) {
		ssize_t got = recv(fd, bytes, count, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return 0;
		bytes += got;
		count -= (size_t)got;
	}
	return 1;
}
