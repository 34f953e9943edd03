/* Heap events of TAs that have teemem's object (../teemem_ta.h): fetched on the client's own sessions, after each of its calls. */
#ifndef TEEMEM_TA_EVENTS_H
#define TEEMEM_TA_EVENTS_H

#include "teec.h"

/* A session was opened. Only TAs that TEEMEM_TA names are asked: others may panic at a command that they do not know. */
void ta_events_opened(void *session, const struct teec_uuid *uuid);
/* Takes what its TA has, where it is one of them, to the end of the file TEEMEM_TA_OUT. errno stays as it is. */
void ta_events_fetch(void *session);
/* The session will be closed: takes what there is, and forgets it. */
void ta_events_closing(void *session);

#endif
