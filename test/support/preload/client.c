/* A client of TAs, as programs write them: what it does is its first argument. It is built against no header of OP-TEE, either. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

uint32_t TEEC_InitializeContext(const char *, void *);
void TEEC_FinalizeContext(void *);
uint32_t TEEC_OpenSession(void *, void *, const void *, uint32_t, const void *, void *, uint32_t *);
uint32_t TEEC_InvokeCommand(void *, uint32_t, void *, uint32_t *);
void TEEC_CloseSession(void *);

static const uint8_t ta[16] = { 0xa0, 0x5b, 0x3e, 0xcb, 0xf1, 0xad, 0xe0, 0x11, 0x99, 0x8b, 0, 2, 0xa5, 0xd5, 0xc5, 0x1b };
static uint64_t context[64];

static void check(int right, const char *what)
{
	if (right)
		return;
	fprintf(stderr, "client: %s, errno %d\n", what, errno);
	exit(80);
}

static void *work(void *count)
{
	uint64_t session[32];
	long i;

	check(!TEEC_OpenSession(context, session, ta, 0, NULL, NULL, NULL), "open");
	for (i = 0; i < (long)count; i++)
		check(!TEEC_InvokeCommand(session, 8, NULL, NULL), "invoke");
	TEEC_CloseSession(session);
	return NULL;
}

static void simple(void)
{
	uint64_t session[32];
	uint32_t origin = 1;

	check(!TEEC_OpenSession(context, session, ta, 0, NULL, NULL, &origin) && origin == 4 && errno == 55, "open");
	errno = 77;
	check(!TEEC_InvokeCommand(session, 7, NULL, NULL) && errno == 55, "invoke 7");
	check(TEEC_InvokeCommand(session, 9, NULL, &origin) == 0xffff000c && origin == 4, "invoke 9");
	TEEC_CloseSession(session);
	check(errno == 55, "close");
}

static void threads(void)
{
	pthread_t all[4];
	int i;

	for (i = 0; i < 4; i++)
		pthread_create(&all[i], NULL, work, (void *)20L);
	for (i = 0; i < 4; i++)
		pthread_join(all[i], NULL);
}

static void forks(void)
{
	uint64_t session[32];
	int status = 0;

	check(!TEEC_OpenSession(context, session, ta, 0, NULL, NULL, NULL), "open");
	if (!fork()) {
		check(!TEEC_InvokeCommand(session, 5, NULL, NULL), "invoke of a child");
		_exit(0);
	}
	wait(&status);
	check(!status, "child");
	check(!TEEC_InvokeCommand(session, 6, NULL, NULL), "invoke of a parent");
	TEEC_CloseSession(session);
}

static void killed(void)
{
	uint64_t session[32];

	TEEC_OpenSession(context, session, ta, 0, NULL, NULL, NULL);
	TEEC_InvokeCommand(session, 1, NULL, NULL);
	kill(getpid(), SIGKILL);
}

static void closes_all(const char *path)
{
	uint64_t session[32];
	int i;

	TEEC_OpenSession(context, session, ta, 0, NULL, NULL, NULL);
	for (i = 3; i < 64; i++)
		close(i);
	for (i = 3; i < 64; i++)
		open(path, O_RDWR | O_CREAT | O_APPEND, 0600);
	TEEC_InvokeCommand(session, 1, NULL, NULL);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "", *more = argc > 2 ? argv[2] : NULL;

	check(!TEEC_InitializeContext(strcmp(what, "named") ? NULL : more, context), "context");
	if (!strcmp(what, "threads"))
		threads();
	else if (!strcmp(what, "forks"))
		forks();
	else if (!strcmp(what, "killed"))
		killed();
	else if (!strcmp(what, "closes"))
		closes_all(more);
	else if (!strcmp(what, "many"))
		work((void *)2000L);
	else
		simple();
	puts("done");
	TEEC_FinalizeContext(context);
	return 7;
}
