// The request of OP-TEE's own tests that is meant to fail.

/** Bytes that the self test of the core's allocator asks for in one piece: 256 times 1 MiB. Same in 4.0 to HEAD, and before. */
export const SELF_TEST_BYTES = 0x1000_0000;
