// Findings of each kind in the TA of examples/ta, for tests of what is told of them.
import type { RecordedFinding } from "../../src/recording/finding_rows.ts";
import type { Finding } from "../../src/tee/monitor/finding.ts";

const BUGS = "bccbe7f3-4243-412d-abe0-b8d993582ad4";
const INVOKE = "ta/bugs_ta.c:74\tTA_InvokeCommandEntryPoint";

function found(time: number, entry: string, finding: Finding, times = 1): RecordedFinding {
  return { time, uuid: BUGS, ta: "bugs", instance: 1, session: 1, entry, times, finding };
}

const heap = { kind: "heap", name: "" } as const;

/** One of each kind, as memcheck would report them. */
export const FINDINGS: readonly RecordedFinding[] = [
  found(1000, "invoke 1", {
    kind: "invalid-write",
    stack: `ta/heap.c:18\tlabel\n${INVOKE}`,
    access: { write: true, bytes: 1, address: 0x101d0 },
    object: { ...heap, size: 16, offset: 16, allocated: `ta/heap.c:12\tlabel\n${INVOKE}` },
    detail: "",
  }),
  found(2000, "invoke 4", {
    kind: "use-after-free",
    stack: `ta/notes.c:39\tnote_read\n${INVOKE}`,
    access: { write: false, bytes: 1, address: 0x10230 },
    object: {
      ...heap,
      size: 11,
      offset: 0,
      allocated: `ta/notes.c:21\tnote_keep\n${INVOKE}`,
      freed: `ta/notes.c:9\tdrop\nta/notes.c:32\tnote_drop\n${INVOKE}`,
    },
    detail: "",
  }),
  found(3000, "invoke 5", {
    kind: "double-free",
    stack: `ta/heap.c:44\tsetting\n${INVOKE}`,
    object: {
      ...heap,
      size: 7,
      offset: 0,
      allocated: `ta/heap.c:28\tsetting\n${INVOKE}`,
      freed: `ta/heap.c:38\tsetting\n${INVOKE}`,
    },
    detail: "",
  }),
  found(4000, "invoke 8", {
    kind: "invalid-write",
    stack: `ta/tables.c:16\tdigits\n${INVOKE}`,
    access: { write: true, bytes: 4, address: 0x8f0 },
    object: { kind: "stack", name: "counts", size: 40, offset: 40, allocated: "ta/tables.c:10\tdigits" },
    detail: "",
  }),
  found(
    5000,
    "invoke 9",
    {
      kind: "invalid-read",
      stack: `ta/tables.c:32\tlevel\n${INVOKE}`,
      access: { write: false, bytes: 4, address: 0x420 },
      object: { kind: "global", name: "names", size: 32, offset: 32, allocated: "ta/tables.c:24\t" },
      detail: "",
    },
    3,
  ),
  found(6000, "invoke 10", {
    kind: "invalid-read",
    stack: `ta/tables.c:57\tbalance\n${INVOKE}`,
    access: { write: false, bytes: 4, address: 4 },
    object: { kind: "null", name: "", size: 0, offset: 4 },
    detail: "",
  }),
  found(7000, "invoke 11", {
    kind: "uninitialised",
    stack: `ta/key.c:40\tseal\n${INVOKE}`,
    object: { ...heap, size: 32, offset: 6, allocated: `ta/key.c:29\tseal\n${INVOKE}` },
    detail: "26 bytes that leave the TA were never written",
  }),
  found(8000, "invoke 12", {
    kind: "undefined",
    stack: `ta/heap.c:80\trecords\n${INVOKE}`,
    detail: "unsigned integer overflow: 268435457 * 16",
  }),
  found(9000, "invoke 13", {
    kind: "double-fetch",
    stack: `ta/shared.c:32\tturn\n${INVOKE}`,
    access: { write: false, bytes: 4, address: 0x20000 },
    object: { kind: "parameter", name: "params[0]", size: 7, offset: 0, allocated: `ta/shared.c:30\tturn\n${INVOKE}` },
    detail: "first read in line 30",
  }),
  found(
    9500,
    "",
    {
      kind: "leak",
      stack: `ta/heap.c:57\tpacket\n${INVOKE}`,
      object: { ...heap, size: 4, offset: 0, allocated: `ta/heap.c:57\tpacket\n${INVOKE}` },
      detail: "",
    },
    2,
  ),
  found(9600, "", { kind: "invalid-free", stack: `ta/x.c:1\tx\n${INVOKE}`, detail: "" }),
  found(9700, "", {
    kind: "growth",
    stack: `ta/heap.c:98\thoard\n${INVOKE}`,
    detail: "20 bytes more after each invoke 14",
  }),
];
