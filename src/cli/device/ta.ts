// The parts `ta` and `ta-client`: the object in a TA that sees every heap operation, and a small client that fetches its events.
import { type DevicePart, sourcePath } from "./part.ts";

const MAKEFILE = sourcePath({ source: "teemem_ta.mk" });

export const TA_OBJECT: DevicePart = {
  summary: "object for a TA: every operation on its heap, and red zones",
  source: "teemem_ta.c",
  explanation: [
    "The linker's --wrap puts the object between a TA and OP-TEE's allocator. No source is touched: neither the TA's nor OP-TEE's (4.0 and later, 32 and 64 bit, gcc and clang, with and without leak headers, C and C++). It is for development: whoever may open a session of the TA can ask for its events.",
    "The line for the TA's sub.mk, below its last srcs-y. It adds the source and all flags:",
    `  include ${MAKEFILE}`,
    "Lines above it that change what is built:",
    "  TEEMEM_RING := 2048     events that the ring holds: 24 bytes of .bss each; 512 events (12,288 bytes) if not said",
    "  TEEMEM_ZONES := y       red zones: overrun, double free, write after free are reported with both call sites",
    "  TEEMEM_LINES := y       events as lines on the secure console; slow, and each line allocates on the core heap",
    "Build systems without sub.mk compile teemem_ta.c and give the linker --wrap=NAME for each name in that file.",
    "Fetch the events with a client that runs on the board (teemem device ta-client), and name call sites with the .elf beside the .ta:",
    "  ta_client UUID 0 1,100 2 >ring.bin",
    "  teemem record --from ring.bin --ta-elf UUID.elf -o ta.arrows && teemem report ta.arrows",
    "A client of your own gives them with the library of 'teemem device preload':",
    "  LD_PRELOAD=/tmp/libteemem_preload.so TEEMEM_TA=UUID TEEMEM_TA_OUT=/tmp/ring.bin ./client",
    "docs/ta_object.md says what the events tell, and what they cost.",
  ],
};

export const TA_CLIENT: DevicePart = {
  summary: "client that invokes commands of such a TA and fetches its events",
  source: "teemem_ta_client.c",
  build: { output: "ta_client", flags: ["-O2", "-static", "-Wall", "-Wextra"], libraries: [] },
  explanation: [
    "It opens one session, invokes the commands that it is given, and fetches the events after each. It speaks to the driver of Linux itself: no libteec, no header of OP-TEE.",
    "  teemem device build ta-client --cc aarch64-linux-gnu-gcc",
    "  ta_client UUID [-t off|ring|lines] [COMMAND[,A[,B]]]... >ring.bin",
    "Each command gets one value parameter. A client of your own fetches with the command TEEMEM_TA_FETCH of teemem_ta.h.",
  ],
};
