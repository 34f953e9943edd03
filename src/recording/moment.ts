// The types of an exact moment: what the library of `teemem device preload` sees right after a call of a client into a TA.
import type { AllocRecord, TaRecord } from "../abi/record.ts";

/** A call of a client into a TA. */
export interface ClientCall {
  /** Lower case, 8-4-4-4-12. */
  readonly uuid: string;
  /** `open`, `invoke 3` or `close`. */
  readonly name: string;
  /** Counts up from 1 in each process; 0 where none was opened. */
  readonly session: number;
  /** Microseconds, on the clock of the moment. */
  readonly from: number;
  readonly to: number;
  /** Result of the client API, and its origin. */
  readonly code: number;
  readonly origin: number;
}

/** The counters at one moment. */
export interface ExactMoment {
  /** `PROCESS.THREAD` of the client. */
  readonly thread: string;
  /** Microseconds since the board was started. */
  readonly time: number;
  /** The call that has just returned; null for a look ahead of a call. */
  readonly call: ClientCall | null;
  /** The core heap and the memory of TAs, as far as they were told. */
  readonly pools: readonly AllocRecord[];
  /** Every user TA; undefined where they were not asked for or not told, `busy` where some client was inside of one. */
  readonly tas: readonly TaRecord[] | "busy" | undefined;
  /**
   * The core heap once more: asking for TAs takes core heap, which may raise the maximum. A maximum of 0: it was set back then.
   * Undefined where it was not asked for.
   */
  readonly base: AllocRecord | undefined;
}
