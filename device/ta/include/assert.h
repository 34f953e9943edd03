/* C11 7.2: what does not hold is printed, and panics the TA. */
#undef assert
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) \
	((condition) ? (void)0 : _assert_log(#condition, __FILE__, __LINE__, __func__), \
	 (condition) ? (void)0 : _assert_break())
#endif
#ifndef ASSERT_H
#define ASSERT_H

#include <compiler.h>

#define static_assert _Static_assert
#define COMPILE_TIME_ASSERT(condition) _Static_assert(condition, #condition)

void _assert_log(const char *condition, const char *file, int line, const char *function);
void __noreturn _assert_break(void);

#endif
