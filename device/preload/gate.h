/*
 * Keeps the statistics of TAs and calls into TAs apart: OP-TEE enters every TA to answer, and a TA that is busy meanwhile can
 * block it for good. Between processes of one run a lock on the output file does the same.
 */
#ifndef TEEMEM_GATE_H
#define TEEMEM_GATE_H

/* Names the file to lock; NULL: other processes are not looked at. */
void gate_file(const char *path);
/* Around each call of the client into a TA. Waits only while statistics are asked for. */
void gate_enter(void);
void gate_leave(void);
/* True if nobody is inside of a TA: nobody gets in until `gate_open`. Never waits. */
int gate_close(void);
void gate_open(void);

#endif
