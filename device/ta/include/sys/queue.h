/* Lists whose links lie in their elements: single, double, and with a tail. The names are those of BSD's sys/queue.h. */
#ifndef SYS_QUEUE_H
#define SYS_QUEUE_H

#include <stddef.h>

/* Single links: what is removed is found from the first element on. */
#define SLIST_HEAD(name, type) struct name { struct type *slh_first; }
#define SLIST_HEAD_INITIALIZER(head) { NULL }
#define SLIST_ENTRY(type) struct { struct type *sle_next; }
#define SLIST_INIT(head) ((void)((head)->slh_first = NULL))
#define SLIST_FIRST(head) ((head)->slh_first)
#define SLIST_EMPTY(head) ((head)->slh_first == NULL)
#define SLIST_NEXT(element, field) ((element)->field.sle_next)
#define SLIST_FOREACH(at, head, field) for ((at) = SLIST_FIRST(head); (at); (at) = SLIST_NEXT(at, field))
#define SLIST_FOREACH_SAFE(at, head, field, next) \
	for ((at) = SLIST_FIRST(head); (at) && ((next) = SLIST_NEXT(at, field), 1); (at) = (next))
#define SLIST_INSERT_HEAD(head, element, field) \
	do { (element)->field.sle_next = (head)->slh_first; (head)->slh_first = (element); } while (0)
#define SLIST_INSERT_AFTER(place, element, field) \
	do { (element)->field.sle_next = (place)->field.sle_next; (place)->field.sle_next = (element); } while (0)
#define SLIST_REMOVE_HEAD(head, field) ((void)((head)->slh_first = (head)->slh_first->field.sle_next))
#define SLIST_REMOVE(head, element, type, field) \
	do { \
		struct type **at_ = &(head)->slh_first; \
		while (*at_ != (element)) \
			at_ = &(*at_)->field.sle_next; \
		*at_ = (element)->field.sle_next; \
	} while (0)

/* Double links: each element knows the pointer that leads to it. */
#define LIST_HEAD(name, type) struct name { struct type *lh_first; }
#define LIST_HEAD_INITIALIZER(head) { NULL }
#define LIST_ENTRY(type) struct { struct type *le_next, **le_prev; }
#define LIST_INIT(head) ((void)((head)->lh_first = NULL))
#define LIST_FIRST(head) ((head)->lh_first)
#define LIST_EMPTY(head) ((head)->lh_first == NULL)
#define LIST_NEXT(element, field) ((element)->field.le_next)
#define LIST_FOREACH(at, head, field) for ((at) = LIST_FIRST(head); (at); (at) = LIST_NEXT(at, field))
#define LIST_FOREACH_SAFE(at, head, field, next) \
	for ((at) = LIST_FIRST(head); (at) && ((next) = LIST_NEXT(at, field), 1); (at) = (next))
#define LIST_INSERT_AT_(pointer, element, field) \
	do { \
		(element)->field.le_next = *(pointer); \
		if (*(pointer)) \
			(*(pointer))->field.le_prev = &(element)->field.le_next; \
		(element)->field.le_prev = (pointer); \
		*(pointer) = (element); \
	} while (0)
#define LIST_INSERT_HEAD(head, element, field) LIST_INSERT_AT_(&(head)->lh_first, element, field)
#define LIST_INSERT_AFTER(place, element, field) LIST_INSERT_AT_(&(place)->field.le_next, element, field)
#define LIST_REMOVE(element, field) \
	do { \
		if ((element)->field.le_next) \
			(element)->field.le_next->field.le_prev = (element)->field.le_prev; \
		*(element)->field.le_prev = (element)->field.le_next; \
	} while (0)

/* Double links and a tail: elements are added at both ends. */
#define TAILQ_HEAD(name, type) struct name { struct type *tqh_first, **tqh_last; }
#define TAILQ_HEAD_INITIALIZER(head) { NULL, &(head).tqh_first }
#define TAILQ_ENTRY(type) struct { struct type *tqe_next, **tqe_prev; }
#define TAILQ_INIT(head) do { (head)->tqh_first = NULL; (head)->tqh_last = &(head)->tqh_first; } while (0)
#define TAILQ_FIRST(head) ((head)->tqh_first)
#define TAILQ_EMPTY(head) ((head)->tqh_first == NULL)
#define TAILQ_NEXT(element, field) ((element)->field.tqe_next)
/* A head has the form of a link: so the pointer before an element leads to the element before it. */
#define TAILQ_LAST(head, name) (*(((struct name *)((head)->tqh_last))->tqh_last))
#define TAILQ_PREV(element, name, field) (*(((struct name *)((element)->field.tqe_prev))->tqh_last))
#define TAILQ_FOREACH(at, head, field) for ((at) = TAILQ_FIRST(head); (at); (at) = TAILQ_NEXT(at, field))
#define TAILQ_FOREACH_SAFE(at, head, field, next) \
	for ((at) = TAILQ_FIRST(head); (at) && ((next) = TAILQ_NEXT(at, field), 1); (at) = (next))
#define TAILQ_FOREACH_REVERSE(at, head, name, field) \
	for ((at) = TAILQ_LAST(head, name); (at); (at) = TAILQ_PREV(at, name, field))
#define TAILQ_INSERT_AT_(head, pointer, element, field) \
	do { \
		(element)->field.tqe_next = *(pointer); \
		(element)->field.tqe_prev = (pointer); \
		if ((element)->field.tqe_next) \
			(element)->field.tqe_next->field.tqe_prev = &(element)->field.tqe_next; \
		else \
			(head)->tqh_last = &(element)->field.tqe_next; \
		*(element)->field.tqe_prev = (element); \
	} while (0)
#define TAILQ_INSERT_HEAD(head, element, field) TAILQ_INSERT_AT_(head, &(head)->tqh_first, element, field)
#define TAILQ_INSERT_TAIL(head, element, field) \
	do { \
		(element)->field.tqe_next = NULL; \
		(element)->field.tqe_prev = (head)->tqh_last; \
		*(head)->tqh_last = (element); \
		(head)->tqh_last = &(element)->field.tqe_next; \
	} while (0)
#define TAILQ_INSERT_AFTER(head, place, element, field) TAILQ_INSERT_AT_(head, &(place)->field.tqe_next, element, field)
#define TAILQ_INSERT_BEFORE(place, element, field) \
	do { \
		(element)->field.tqe_prev = (place)->field.tqe_prev; \
		(element)->field.tqe_next = (place); \
		*(place)->field.tqe_prev = (element); \
		(place)->field.tqe_prev = &(element)->field.tqe_next; \
	} while (0)
#define TAILQ_REMOVE(head, element, field) \
	do { \
		if ((element)->field.tqe_next) \
			(element)->field.tqe_next->field.tqe_prev = (element)->field.tqe_prev; \
		else \
			(head)->tqh_last = (element)->field.tqe_prev; \
		*(element)->field.tqe_prev = (element)->field.tqe_next; \
	} while (0)

#endif
