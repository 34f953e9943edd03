/* Lines for the secure console, under the names that OP-TEE's TAs use. TRACE_LEVEL: 0 none, 1 errors, 2 information, 3 debug, 4 flow. */
#ifndef TRACE_H
#define TRACE_H

#include <compiler.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define TRACE_MIN 1
#define TRACE_ERROR 1
#define TRACE_INFO 2
#define TRACE_DEBUG 3
#define TRACE_FLOW 4
#define TRACE_MAX TRACE_FLOW
#define TRACE_PRINTF_LEVEL TRACE_ERROR

#ifndef TRACE_LEVEL
#define TRACE_LEVEL TRACE_MAX
#endif

void __printf(5, 6) trace_printf(const char *function, int line, int level, bool known, const char *format, ...);
void dhex_dump(const char *function, int line, int level, const void *bytes, int count);

#define trace_line_(level, ...) \
	do { \
		if ((level) <= TRACE_LEVEL) \
			trace_printf(__func__, __LINE__, (level), true, __VA_ARGS__); \
	} while (0)
#define trace_bare_(level, ...) \
	do { \
		if ((level) <= TRACE_LEVEL) \
			trace_printf(NULL, 0, (level), true, __VA_ARGS__); \
	} while (0)

#define MSG(...) trace_printf(__func__, __LINE__, TRACE_PRINTF_LEVEL, false, __VA_ARGS__)
#define MSG_RAW(...) trace_printf(NULL, 0, TRACE_PRINTF_LEVEL, false, __VA_ARGS__)
#define EMSG(...) trace_line_(TRACE_ERROR, __VA_ARGS__)
#define IMSG(...) trace_line_(TRACE_INFO, __VA_ARGS__)
#define DMSG(...) trace_line_(TRACE_DEBUG, __VA_ARGS__)
#define FMSG(...) trace_line_(TRACE_FLOW, __VA_ARGS__)
#define EMSG_RAW(...) trace_bare_(TRACE_ERROR, __VA_ARGS__)
#define IMSG_RAW(...) trace_bare_(TRACE_INFO, __VA_ARGS__)
#define DMSG_RAW(...) trace_bare_(TRACE_DEBUG, __VA_ARGS__)
#define FMSG_RAW(...) trace_bare_(TRACE_FLOW, __VA_ARGS__)
#define INMSG(...) FMSG("> " __VA_ARGS__)
#define OUTMSG(...) FMSG("< " __VA_ARGS__)
#define OUTRMSG(r) do { OUTMSG("r=[%x]", (unsigned int)(r)); return r; } while (0)
#define DHEXDUMP(bytes, count) \
	do { \
		if (TRACE_DEBUG <= TRACE_LEVEL) \
			dhex_dump(__func__, __LINE__, TRACE_DEBUG, (bytes), (count)); \
	} while (0)

#endif
