/* Keeps the statistics of TAs and calls into TAs apart. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t opened = PTHREAD_COND_INITIALIZER;
static unsigned int inside;
static int closed;
static const char *file;
/* An open file of this process alone: locks belong to it, and a child inherits its parent's. */
static int lock = -1;
static pid_t owner;

static int lock_of_process(void)
{
	struct stat found;

	if (lock >= 0 && owner == getpid())
		return lock;
	if (lock >= 0)
		close(lock);
	owner = getpid();
	/* Who opened a FIFO here would be its reader. */
	lock = file && !stat(file, &found) && S_ISREG(found.st_mode) ? open(file, O_RDONLY | O_CLOEXEC) : -1;
	return lock;
}

static void before_fork(void)
{
	pthread_mutex_lock(&mutex);
}

static void after_fork(void)
{
	pthread_mutex_unlock(&mutex);
}

static void in_child(void)
{
	/* Only the thread that forked lives on, and it is not inside. */
	inside = 0;
	closed = 0;
	pthread_mutex_unlock(&mutex);
}

void gate_file(const char *path)
{
	file = path;
	pthread_atfork(before_fork, after_fork, in_child);
}

void gate_enter(void)
{
	pthread_mutex_lock(&mutex);
	while (closed)
		pthread_cond_wait(&opened, &mutex);
	if (!inside && lock_of_process() >= 0)
		flock(lock, LOCK_SH);
	inside++;
	pthread_mutex_unlock(&mutex);
}

void gate_leave(void)
{
	pthread_mutex_lock(&mutex);
	if (inside && !--inside && lock_of_process() >= 0)
		flock(lock, LOCK_UN);
	pthread_mutex_unlock(&mutex);
}

int gate_close(void)
{
	int alone;

	pthread_mutex_lock(&mutex);
	alone = !inside && !closed && (lock_of_process() < 0 || !flock(lock, LOCK_EX | LOCK_NB));
	closed |= alone;
	pthread_mutex_unlock(&mutex);
	return alone;
}

void gate_open(void)
{
	pthread_mutex_lock(&mutex);
	if (lock_of_process() >= 0)
		flock(lock, LOCK_UN);
	closed = 0;
	pthread_cond_broadcast(&opened);
	pthread_mutex_unlock(&mutex);
}
