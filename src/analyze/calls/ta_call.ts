// A call of a client into a TA with the memory around it.
import type { ClientCall } from "../../recording/moment.ts";

/** The memory of one heap around a call, in bytes with headers; null: not known. */
export interface HeapAround {
  readonly before: number | null;
  readonly after: number | null;
  /** Most that was allocated meanwhile. */
  readonly peak: number | null;
  /** False: the peak was no higher than `peak`, and no lower than before and after; the maximum is older than the call. */
  readonly exact: boolean;
}

/** A call and the memory around it. */
export interface TaCall extends ClientCall {
  readonly thread: string;
  /** The TA's own heap. */
  readonly heap: HeapAround;
  readonly core: HeapAround;
  /** False where another call was going on at some time of this one, as far as that is known. */
  readonly alone: boolean;
}
