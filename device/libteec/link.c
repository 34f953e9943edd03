/*
 * Calls over a connection. There is no thread of the library's own: of the threads that wait for a reply, one
 * reads from the socket and gives the others theirs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "stream.h"

#define MAGIC 0x4d454554u
#define VERSION 1

/* Says why the daemon ends the connection. */
static void tell_fault(const uint8_t *body, size_t length)
{
	struct reader reader = { body, length, 0 };
	const uint8_t *text;
	uint32_t size;

	read_word(&reader);
	size = read_word(&reader);
	text = read_bytes(&reader, size);
	if (text)
		fprintf(stderr, "libteec: the daemon ends the connection: %.*s\n", (int)size, (const char *)text);
}

/* Reads one frame and gives it to its call. False where nothing can be read any more. Without `state`. */
static int read_frame(struct link *link)
{
	uint8_t head[FRAME_HEAD], *body;
	uint32_t kind, tag;
	size_t length;
	struct call *call;

	if (!receive_all(link->fd, head, sizeof(head)))
		return 0;
	length = word_at(head);
	kind = word_at(head + 4);
	tag = word_at(head + 8);
	if (length < FRAME_HEAD - 4 || length > link->frame_most)
		return 0;
	length -= FRAME_HEAD - 4;
	body = malloc(length ? length : 1);
	if (!body)
		return 0;
	if (!receive_all(link->fd, body, length)) {
		free(body);
		return 0;
	}
	if (kind == FRAME_FAULT)
		tell_fault(body, length);
	pthread_mutex_lock(&link->state);
	for (call = link->calls; call; call = call->next)
		if (call->tag == tag && (kind == FRAME_WELCOME || kind == FRAME_REPLY) && !call->done)
			break;
	if (call) {
		call->body = body;
		call->length = length;
		call->done = 1;
		body = NULL;
	}
	pthread_mutex_unlock(&link->state);
	free(body);
	return kind != FRAME_FAULT;
}

/* Waits for a call's reply. Needs `state`. */
static void wait_for(struct link *link, struct call *call)
{
	while (!call->done && !link->dead) {
		if (link->reading) {
			pthread_cond_wait(&link->news, &link->state);
			continue;
		}
		link->reading = 1;
		pthread_mutex_unlock(&link->state);
		int alive = read_frame(link);
		pthread_mutex_lock(&link->state);
		link->reading = 0;
		link->dead |= !alive;
		pthread_cond_broadcast(&link->news);
	}
}

static void forget(struct link *link, const struct call *call)
{
	struct call **at = &link->calls;

	while (*at != call)
		at = &(*at)->next;
	*at = call->next;
}

/* Sends a frame, and gives its reply's body. */
static int ask(struct link *link, struct frame *frame, struct call *call)
{
	int cancel;

	/* Who holds what others wait for must not vanish. */
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel);
	pthread_mutex_lock(&link->sending);
	pthread_mutex_lock(&link->state);
	call->tag = ++link->tag ? link->tag : ++link->tag;
	call->next = link->calls;
	link->calls = call;
	pthread_mutex_unlock(&link->state);
	frame_close(frame, call->tag);
	/* Where the stream has ended, the reason may still wait to be read. */
	send_all(link->fd, frame->bytes, frame->used);
	pthread_mutex_unlock(&link->sending);
	frame_free(frame);
	pthread_mutex_lock(&link->state);
	wait_for(link, call);
	forget(link, call);
	pthread_mutex_unlock(&link->state);
	pthread_setcancelstate(cancel, NULL);
	return call->done;
}

int link_ask(struct link *link, struct frame *frame, const void *key, struct reply *reply)
{
	struct call call = { .key = key };
	struct reader reader;

	memset(reply, 0, sizeof(*reply));
	if (!ask(link, frame, &call))
		return 0;
	reader = (struct reader){ call.body, call.length, 0 };
	reply->code = read_word(&reader);
	reply->origin = read_word(&reader);
	reply->session = read_word(&reader);
	reply->params = reader;
	reply->body = call.body;
	return !reader.failed;
}

int call_hello(struct link *link)
{
	struct call call = { 0 };
	struct frame frame;
	struct reader reader;

	frame_begin(&frame, FRAME_HELLO);
	frame_word(&frame, MAGIC);
	frame_word(&frame, VERSION);
	if (frame.failed || !ask(link, &frame, &call)) {
		frame_free(&frame);
		return 0;
	}
	reader = (struct reader){ call.body, call.length, 0 };
	read_word(&reader);
	read_word(&reader);
	link->frame_most = read_word(&reader);
	link->memory_most = read_word(&reader);
	free(call.body);
	return !reader.failed;
}

void call_cancel(struct link *link, const void *key)
{
	struct frame frame;
	struct call *call;
	uint32_t tag = 0;
	int cancel;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel);
	/* A call is listed and sent while this is held: its frame is on the way. */
	pthread_mutex_lock(&link->sending);
	pthread_mutex_lock(&link->state);
	for (call = link->calls; call; call = call->next)
		if (call->key == key && !call->done)
			tag = call->tag;
	pthread_mutex_unlock(&link->state);
	if (tag) {
		frame_begin(&frame, FRAME_CANCEL);
		if (!frame.failed) {
			frame_close(&frame, tag);
			send_all(link->fd, frame.bytes, frame.used);
		}
		frame_free(&frame);
	}
	pthread_mutex_unlock(&link->sending);
	pthread_setcancelstate(cancel, NULL);
}
