// What happens in a system, one event each: plain data, so that events can come from another process as well.
import type { Counters } from "../../malloc/counters.ts";
import type { HeapOp } from "../../malloc/operation.ts";
import type { EndedTa, Entry } from "../kernel/ta_instance.ts";
import type { Finding } from "./finding.ts";

/** A heap: the core's, that of its nexus, a TA's own, or that of the loader for a TA. */
export type HeapId = "core" | "nexus" | "ta" | "loader";

/** A block that is allocated when listening begins. */
export interface KnownBlock {
  /** Payload offset. */
  readonly at: number;
  /** Bytes with all headers. */
  readonly bytes: number;
  /** `file:line` from its leak header or a site book, or "pool table"; null where none is known. */
  readonly site: string | null;
}

/** A heap as it stands when listening to it begins. */
export interface HeapKnown {
  readonly kind: "known";
  /** Number of the last event before: this itself is none. */
  readonly sequence: number;
  readonly heap: HeapId;
  /** 0 for the core and its nexus. */
  readonly instance: number;
  /** Address of its first byte. */
  readonly base: number;
  readonly stats: Counters;
  readonly blocks: readonly KnownBlock[];
}

/** An instance was loaded; or was there when listening began, with the number of the last event before. */
export interface TaLoaded {
  readonly kind: "loaded";
  readonly sequence: number;
  readonly instance: number;
  readonly uuid: string;
  readonly name: string;
}

/** An instance is about to go. */
export interface TaUnloaded {
  readonly kind: "unloaded";
  readonly sequence: number;
  readonly instance: number;
  readonly last: EndedTa;
}

/** A TA is entered. */
export interface TaEntered {
  readonly kind: "entered";
  readonly sequence: number;
  readonly instance: number;
  readonly entry: Entry;
  /** 0 when it is destroyed. */
  readonly session: number;
  /** 0 for all entries but "invoke". */
  readonly command: number;
}

/** A TA returns. */
export interface TaLeft extends Omit<TaEntered, "kind"> {
  readonly kind: "left";
  /** TEE code. */
  readonly code: number;
}

/** A heap did something; fields as `HeapListener` has them. */
export interface HeapDone {
  readonly kind: "heap";
  readonly sequence: number;
  readonly heap: HeapId;
  readonly instance: number;
  readonly op: HeapOp;
  readonly pointer: number;
  readonly size: number;
  readonly arg: number;
  readonly result: number;
  readonly file: string | null;
  readonly line: number;
  readonly allocated: number;
  /** Who called, as `writeCallStack` has it; absent where no more than the call site is known. */
  readonly stack?: string;
}

/** A checker noticed something in a TA. */
export interface TaFinding {
  readonly kind: "finding";
  readonly sequence: number;
  readonly instance: number;
  readonly session: number;
  readonly command: number;
  readonly finding: Finding;
}

/** Something that happened in a trusted OS. */
export type TeeEvent = HeapKnown | TaLoaded | TaUnloaded | TaEntered | TaLeft | HeapDone | TaFinding;

/** Is notified of every event of a trusted OS, in order. */
export type EventSink = (event: TeeEvent) => void;
