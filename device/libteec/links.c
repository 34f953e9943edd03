/* The connections of this process, by their numbers. */
#include <stdlib.h>
#include <unistd.h>

#include "call.h"
#include "daemon.h"

/* Bytes of a frame until the welcome says more. */
#define FIRST_FRAME 65536

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;
static struct link *links;
static uint32_t serials;

static void destroy(struct link *link)
{
	close(link->fd);
	pthread_mutex_destroy(&link->sending);
	pthread_mutex_destroy(&link->state);
	pthread_cond_destroy(&link->news);
	free(link);
}

struct link *link_open(void)
{
	struct link *link = calloc(1, sizeof(*link));

	if (!link)
		return NULL;
	link->fd = daemon_connect();
	if (link->fd < 0) {
		free(link);
		return NULL;
	}
	link->users = 1;
	link->frame_most = FIRST_FRAME;
	pthread_mutex_init(&link->sending, NULL);
	pthread_mutex_init(&link->state, NULL);
	pthread_cond_init(&link->news, NULL);
	if (!call_hello(link)) {
		destroy(link);
		return NULL;
	}
	pthread_mutex_lock(&table);
	link->serial = ++serials;
	link->next = links;
	links = link;
	pthread_mutex_unlock(&table);
	return link;
}

int link_number(const struct link *link)
{
	return link->fd;
}

uint32_t link_serial(const struct link *link)
{
	return link->serial;
}

size_t link_memory_most(const struct link *link)
{
	return link->memory_most;
}

struct link *link_find(int number)
{
	struct link *link;

	pthread_mutex_lock(&table);
	for (link = links; link && (link->closed || link->fd != number); link = link->next)
		;
	if (link)
		link->users++;
	pthread_mutex_unlock(&table);
	return link;
}

void link_drop(struct link *link)
{
	struct link **at = &links;
	int last;

	pthread_mutex_lock(&table);
	last = !--link->users && link->closed;
	if (last) {
		while (*at != link)
			at = &(*at)->next;
		*at = link->next;
	}
	pthread_mutex_unlock(&table);
	if (last)
		destroy(link);
}

void link_close(int number)
{
	struct link *link = link_find(number);

	if (!link)
		return;
	pthread_mutex_lock(&table);
	link->closed = 1;
	pthread_mutex_unlock(&table);
	link_drop(link);
}

void link_cancel(const void *key)
{
	struct link *link, *next;

	pthread_mutex_lock(&table);
	link = links;
	if (link)
		link->users++;
	while (link) {
		pthread_mutex_unlock(&table);
		call_cancel(link, key);
		pthread_mutex_lock(&table);
		next = link->next;
		if (next)
			next->users++;
		pthread_mutex_unlock(&table);
		link_drop(link);
		link = next;
		pthread_mutex_lock(&table);
	}
	pthread_mutex_unlock(&table);
}
