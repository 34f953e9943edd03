/* The commands, file by file. */
#ifndef BUGS_H
#define BUGS_H

#include <tee_internal_api.h>

/* What a session keeps. */
struct session {
	char *note;
	size_t note_size;
	struct hoard *hoard;
};

struct hoard {
	struct hoard *next;
};

typedef TEE_Result command(struct session *session, TEE_Param params[TEE_NUM_PARAMS]);

command median;							/* median.c */
command label, setting, packet, records, hoard;			/* heap.c */
command note_keep, note_drop, note_read;			/* notes.c */
command digits, level, balance;					/* tables.c */
command version, turn;						/* shared.c */
command seal;							/* key.c */
command items, depth;						/* endless.c */

#endif
