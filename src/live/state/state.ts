// What is known of systems that are watched: plain data, which a terminal, a page and metrics draw. null is "not known", never 0.

/** Which way a system is. */
export type SystemCondition =
  /** It is being opened for the first time. */
  | "opening"
  /** It answers. */
  | "live"
  /** It is there, and does not answer, or with an error. */
  | "silent"
  /** It is gone, or cannot be reached; it is opened again and again. */
  | "lost"
  /** It has no more to tell: a recording that is whole. */
  | "ended";

/**
 * A system at this moment. Times are milliseconds on the clock of the fleet, which ascends; `epoch` makes wall time of them.
 * The times of a recording are shifted, so that its end was when it was first read.
 */
export interface SystemState {
  /** As `--on` has it. Unique within a fleet. */
  readonly name: string;
  readonly state: SystemCondition;
  /** Since when it is in that state. */
  readonly since: number;
  /** Wall time at which the clock showed 0, in milliseconds since 1970. */
  readonly epoch: number;
  /** Why it is not live, in a sentence; empty while it is. */
  readonly trouble: string;
  /** Of OP-TEE, as 4.10.0; empty if not known. */
  readonly release: string;
  /** Pools in the order of the system's answer, then TAs, then what is gone. */
  readonly heaps: readonly HeapState[];
  /** Answers so far. */
  readonly samples: number;
  /** When the last one was; null before the first. */
  readonly sampled: number | null;
  /** What it can do when asked: a key is enabled only where this says so. */
  readonly can: SystemAbilities;
  /** The last lines of its secure console, the latest last. */
  readonly console: readonly ConsoleLineState[];
  /** What happened last, the latest last. */
  readonly happened: readonly Happening[];
  /** Alarms that are on, silenced ones among them. */
  readonly alarms: readonly AlarmState[];
}

/** What a system can be asked for beside its counters. */
interface SystemAbilities {
  readonly resetMaxima: boolean;
  readonly liveBlocks: boolean;
}

/** A pool, or the heap of an instance of a TA, at this moment. Bytes count block headers. */
export interface HeapState {
  /** `pool:Heap`, `ta:UUID#1`. */
  readonly key: string;
  readonly kind: "pool" | "ta";
  /** Name of the pool as statistics have it; name of the TA where it is known, else its UUID. */
  readonly name: string;
  readonly uuid?: string;
  readonly size: number | null;
  readonly allocated: number | null;
  /** Most bytes in use since its counters were set back. */
  readonly max: number | null;
  /** Requests that failed. */
  readonly failures: number | null;
  /** Bytes of the largest request that failed; 0 where none did. */
  readonly biggestFailure: number | null;
  /** Bytes in use at it. */
  readonly biggestFailureUsed: number | null;
  /** Sum of the squares of the sizes of free blocks, since OP-TEE 4.6; a number, as JSON has no other. */
  readonly free2Sum: number | null;
  /** Open sessions of a TA; null for pools. */
  readonly sessions: number | null;
  readonly panicked: boolean;
  /** It is not reported any more; what is shown are its last figures. */
  readonly gone: boolean;
  readonly history: History;
  /** Bytes a minute (Theil and Sen) over the last minutes; null while they are too few. */
  readonly growth: number | null;
  /** Milliseconds until it is full at that pace; null where it does not grow on and on. */
  readonly untilFull: number | null;
}

/**
 * Bytes in use over time: bounded, so older stretches have fewer points, the least and the greatest of each among them. Grows in
 * place: copy what you keep.
 */
export interface History {
  /** Ascending. */
  readonly times: readonly number[];
  readonly allocated: readonly number[];
}

/** A line of the secure console. */
export interface ConsoleLineState {
  readonly time: number;
  /** Clean: what a terminal obeys was taken out. It may still hold anything else, such as `<`. */
  readonly text: string;
  /** It reports a failed allocation, a panic or damage. */
  readonly trouble: boolean;
}

/** Something that happened to a system. */
export interface Happening {
  readonly time: number;
  readonly kind: HappeningKind;
  /** Key of the heap; empty where it is the system as a whole. */
  readonly heap: string;
  /** One sentence. */
  readonly text: string;
}

/** `restart`: counters began anew, after a boot or a reset. `gap`: events were lost. */
export type HappeningKind = "refusal" | "panic" | "loaded" | "unloaded" | "restart" | "lost" | "opened" | "gap";

/** An alarm that is on. */
export interface AlarmState {
  /** Name of its rule. */
  readonly rule: string;
  /** Key of the heap; empty where it is of the system as a whole. */
  readonly heap: string;
  /** Since when what it reports holds. */
  readonly since: number;
  /** What is wrong, in a sentence with figures. */
  readonly text: string;
  /** Until when nobody wants to hear of it; null where it may be heard. Infinity is written as the largest safe number. */
  readonly silencedUntil: number | null;
}
