// The frames in which a daemon reports its heaps and TAs, to subscribers and in lists: one row each.
import { COUNTERS, type CounterName } from "../malloc/counters.ts";
import { type BodyOf, fromDaemon } from "./frame_row.ts";

/** One field for each counter of a heap. */
const COUNTER_FIELDS = Object.fromEntries(COUNTERS.map((name) => [name, "u32"])) as Readonly<
  Record<CounterName, "u32">
>;

/** Texts are sent once and named by numbers afterwards. `sequence` is the number of the event, or of the last one before. */
export const EVENT_FRAMES = {
  text: fromDaemon(0x91, { id: "u32", text: "text" }),
  /** A heap (one of `HEAP`) as it stands; as many "block" frames as `blocks` says follow. */
  heap: fromDaemon(0x92, {
    sequence: "u64",
    heap: "u32",
    /** 0 for the core and its nexus. */
    instance: "u32",
    base: "u64",
    blocks: "u32",
    ...COUNTER_FIELDS,
  }),
  /** An operation on a heap, as `HeapListener` has it; `op` is the code of its letter. */
  operation: fromDaemon(0x93, {
    sequence: "u64",
    heap: "u32",
    instance: "u32",
    op: "u32",
    pointer: "u32",
    size: "u64",
    arg: "u64",
    result: "u32",
    file: "u32",
    line: "u32",
    allocated: "u32",
  }),
  /** A TA was entered or left: one of `STEP`; `entry` is one of `ENTRY`. */
  step: fromDaemon(0x94, {
    sequence: "u64",
    step: "u32",
    entry: "u32",
    instance: "u32",
    session: "u32",
    command: "u32",
    code: "u32",
  }),
  /** So many events were left out, because the subscriber reads too slowly; the state is sent again behind the gap. */
  lost: fromDaemon(0x95, { count: "u32" }),
  /** An instance of a TA is there; its heaps follow. */
  instance: fromDaemon(0x96, { sequence: "u64", instance: "u32", uuid: "uuid", name: "text" }),
  /** A live block: `bytes` with all headers, `size` as asked for, 0 where only a leak header would tell. */
  block: fromDaemon(0x97, {
    heap: "u32",
    instance: "u32",
    pointer: "u32",
    bytes: "u32",
    size: "u32",
    file: "u32",
    line: "u32",
  }),
  /** An instance ended, with the last figures of its heap. In lists `sequence` and `instance` are 0. */
  ended: fromDaemon(0x98, {
    sequence: "u64",
    instance: "u32",
    uuid: "uuid",
    panicked: "u32",
    seconds: "u32",
    millis: "u32",
    ...COUNTER_FIELDS,
    name: "text",
  }),
  /** More about an instance, in lists: 1 is yes. */
  status: fromDaemon(0x99, { instance: "u32", sessions: "u32", panicked: "u32", busy: "u32" }),
  /** Who called: the text of the stack of the operation that follows. */
  stack: fromDaemon(0x9a, { stack: "u32" }),
  /** A checker noticed something in a TA: JSON of a `Finding`. */
  finding: fromDaemon(0x9b, {
    sequence: "u64",
    instance: "u32",
    session: "u32",
    command: "u32",
    finding: "u32",
  }),
};

/** What a daemon reports. */
export type EventBody = BodyOf<typeof EVENT_FRAMES>;

/** Bits of a subscription: entries of TAs, operations of heaps. */
export const SUBSCRIBE = { STEPS: 1, OPERATIONS: 2 } as const;

/** What can be listed: instances that run, their live blocks, and the latest that ended. */
export const LIST = { RUNNING: 1, LEAKS: 2, ENDED: 3 } as const;

/** Numbers of the kinds of heaps on the wire. */
export const HEAP = { core: 1, nexus: 2, ta: 3, loader: 4 } as const;

/** Numbers of the two ends of an entry on the wire. */
export const STEP = { ENTERED: 1, LEFT: 2 } as const;

/** Numbers of the entry points of a TA on the wire. */
export const ENTRY = { create: 1, open: 2, invoke: 3, close: 4, destroy: 5 } as const;
