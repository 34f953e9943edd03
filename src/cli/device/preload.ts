// The part `preload`: the library for LD_PRELOAD that samples at the exact moment.
import type { Compilation, DevicePart } from "./part.ts";

export const PRELOAD_BUILD: Compilation = {
  output: "libteemem_preload.so",
  flags: ["-std=c99", "-O2", "-s", "-fPIC", "-shared", "-fvisibility=hidden", "-Wall", "-Wextra"],
  libraries: ["-ldl", "-lpthread"],
};

export const PRELOAD: DevicePart = {
  summary: "library for LD_PRELOAD: samples right after each call into a TA",
  source: "preload",
  build: PRELOAD_BUILD,
  explanation: [
    "A client that is started with this library asks for the statistics right after each of its calls into a TA: TEEC_OpenSession, TEEC_InvokeCommand, TEEC_CloseSession. It polls nothing, so it misses no command, and it never enters a TA while the client is inside of one.",
    "'teemem record --on BOARD -- CMD' and 'teemem watch --on BOARD -- CMD' build it with the usual compilers for the board's programs, or with the board's own, copy it there, and start the command with it.",
    "By hand: build it with the compiler for your board. It needs no header of OP-TEE and works with libteec.so.1 and libteec.so.2:",
    "  teemem device build preload --cc aarch64-linux-gnu-gcc",
    "Copy it to the board, and start the client there with it:",
    "  LD_PRELOAD=/tmp/libteemem_preload.so TEEMEM_OUT=/tmp/moments xtest 4006",
    "and read the file that it wrote, here:",
    "  teemem report moments",
    "TEEMEM_OUT is a file, a FIFO or fd:N, a descriptor. The library can't be loaded into a program that is linked statically or runs with other rights than its caller's (setuid), nor into one with another C library than the compiler's.",
  ],
};
