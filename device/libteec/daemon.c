/* Finds the daemon of `teemem boot` or `teemem exec`, and connects: docs/protocol.md, "Finding the socket". */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon.h"

/* A default folder below the temp folder: it must be the user's own. */
static int own_folder(const char *path)
{
	struct stat found;

	return !lstat(path, &found) && S_ISDIR(found.st_mode) && found.st_uid == geteuid() && (found.st_mode & 0777) == 0700;
}

/* An empty variable counts as one that is not set. */
static const char *variable(const char *name)
{
	const char *text = getenv(name);

	return text && *text ? text : NULL;
}

/* The path of the socket. False where it is too long, or in a folder of somebody else. */
static int find_socket(char *path, size_t room)
{
	const char *named = variable("TEEMEM_SOCKET"), *runtime = variable("XDG_RUNTIME_DIR"), *temp = variable("TMPDIR");
	int length;

	if (named && !strncmp(named, "unix:", 5))
		named += 5;
	if (named)
		length = snprintf(path, room, "%s", named);
	else if (runtime)
		length = snprintf(path, room, "%s/teemem.sock", runtime);
	else {
		length = snprintf(path, room, "%s/teemem-%u", temp ? temp : "/tmp", (unsigned int)getuid());
		if (length > 0 && (size_t)length < room && own_folder(path))
			length += snprintf(path + length, room - (size_t)length, "/teemem.sock");
		else
			errno = ENOENT;
	}
	return length > 0 && (size_t)length < room;
}

/* A daemon of another user must not get what the client says. */
static int same_user(int fd)
{
	struct ucred peer;
	socklen_t length = sizeof(peer);

	return !getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) && peer.uid == geteuid();
}

static int reach(int fd, const struct sockaddr_un *address)
{
	while (connect(fd, (const struct sockaddr *)address, sizeof(*address)))
		if (errno != EINTR)
			return errno == EISCONN;
	return 1;
}

int daemon_connect(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, owned;

	if (!find_socket(address.sun_path, sizeof(address.sun_path))) {
		fprintf(stderr, "libteec: the path of the socket is too long: set TEEMEM_SOCKET to a shorter one\n");
		return -1;
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || !reach(fd, &address)) {
		fprintf(stderr, "libteec: no daemon listens on %s (%s): start one with 'teemem boot', or this program with "
			"'teemem exec'\n", address.sun_path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	owned = same_user(fd);
	if (owned)
		return fd;
	fprintf(stderr, "libteec: the daemon on %s is not of this user\n", address.sun_path);
	close(fd);
	return -1;
}
