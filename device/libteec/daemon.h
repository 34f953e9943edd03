/* Finds the daemon of `teemem boot` or `teemem exec`, and connects. */
#ifndef TEEMEM_DAEMON_H
#define TEEMEM_DAEMON_H

/* A connected stream socket; -1, and a line on standard error that says why, where there is none. */
int daemon_connect(void);

#endif
