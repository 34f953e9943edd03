/* Short names for attributes of functions and data, and arithmetic that tells an overflow, under the names that OP-TEE's TAs use. */
#ifndef COMPILER_H
#define COMPILER_H

#define __noreturn __attribute__((__noreturn__))
#define __pure __attribute__((__pure__))
#define __packed __attribute__((__packed__))
#define __aligned(bytes) __attribute__((__aligned__(bytes)))
#define __unused __attribute__((__unused__))
#define __maybe_unused __attribute__((__unused__))
#define __used __attribute__((__used__))
#define __weak __attribute__((__weak__))
#define __must_check __attribute__((__warn_unused_result__))
#define __deprecated __attribute__((__deprecated__))
#define __noinline __attribute__((__noinline__))
#define __always_inline __attribute__((__always_inline__)) inline
#define __section(name) __attribute__((__section__(name)))
#define __printf(format, first) __attribute__((__format__(printf, format, first)))
#define __fallthrough __attribute__((__fallthrough__))

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* True where the result does not fit; it is stored in any case. */
#define ADD_OVERFLOW(a, b, result) __builtin_add_overflow((a), (b), (result))
#define SUB_OVERFLOW(a, b, result) __builtin_sub_overflow((a), (b), (result))
#define MUL_OVERFLOW(a, b, result) __builtin_mul_overflow((a), (b), (result))

#endif
