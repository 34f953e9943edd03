// What a daemon tells of its heaps and trusted applications, to subscribers and in lists.
import type { Counters } from "../malloc/counters.ts";

/** Texts are told once and named by numbers afterwards. `sequence` is the number of the event, or of the last one before. */
export type EventBody =
  | { readonly kind: "text"; readonly id: number; readonly text: string }
  /** A heap (one of `HEAP`) as it stands; as many "block" frames as `blocks` says follow. */
  | ({
      readonly kind: "heap";
      readonly sequence: number;
      readonly heap: number;
      /** 0 for the core and its nexus. */
      readonly instance: number;
      readonly base: number;
      readonly blocks: number;
    } & Readonly<Counters>)
  /** A live block: `bytes` with all headers, `size` as asked for, 0 where only a leak header would tell. */
  | {
      readonly kind: "block";
      readonly heap: number;
      readonly instance: number;
      readonly pointer: number;
      readonly bytes: number;
      readonly size: number;
      readonly file: number;
      readonly line: number;
    }
  /** An operation on a heap, as `HeapListener` has it; `op` is the code of its letter. */
  | {
      readonly kind: "operation";
      readonly sequence: number;
      readonly heap: number;
      readonly instance: number;
      readonly op: number;
      readonly pointer: number;
      readonly size: number;
      readonly arg: number;
      readonly result: number;
      readonly file: number;
      readonly line: number;
      readonly allocated: number;
    }
  /** An instance of a trusted application is there; its heaps follow. */
  | {
      readonly kind: "instance";
      readonly sequence: number;
      readonly instance: number;
      readonly uuid: string;
      readonly name: string;
    }
  /** More about an instance, in lists: 1 is yes. */
  | {
      readonly kind: "status";
      readonly instance: number;
      readonly sessions: number;
      readonly panicked: number;
      readonly busy: number;
    }
  /** A trusted application was entered or left: one of `STEP`; `entry` is one of `ENTRY`. */
  | {
      readonly kind: "step";
      readonly sequence: number;
      readonly step: number;
      readonly entry: number;
      readonly instance: number;
      readonly session: number;
      readonly command: number;
      readonly code: number;
    }
  /** An instance ended, with the last figures of its heap. In lists `sequence` and `instance` are 0. */
  | ({
      readonly kind: "ended";
      readonly sequence: number;
      readonly instance: number;
      readonly uuid: string;
      readonly panicked: number;
      readonly seconds: number;
      readonly millis: number;
      readonly name: string;
    } & Readonly<Counters>)
  /** So many events were left out, because the subscriber reads too slowly; what there is is told anew behind the gap. */
  | { readonly kind: "lost"; readonly count: number };

export const SUBSCRIBE = { STEPS: 1, OPERATIONS: 2 } as const;

/** What can be listed: instances that run, their live blocks, and the latest that ended. */
export const LIST = { RUNNING: 1, LEAKS: 2, ENDED: 3 } as const;

export const HEAP = { core: 1, nexus: 2, ta: 3, loader: 4 } as const;

export const STEP = { ENTERED: 1, LEFT: 2 } as const;

export const ENTRY = { create: 1, open: 2, invoke: 3, close: 4, destroy: 5 } as const;
