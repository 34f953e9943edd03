/** The counters of one allocator: all in bytes but `failures`, all unsigned 32 bit on the wire. */
export interface AllocStats {
  /** In use now, block headers included. */
  readonly allocated: number;
  /** Most in use since the last reset; a reset sets it to 0, not to `allocated`. */
  readonly maxAllocated: number;
  /** Length of all pools of the allocator. */
  readonly size: number;
  /** Requests refused since the last reset. */
  readonly failures: number;
  /** Largest payload refused, without headers. */
  readonly biggestFailure: number;
  /** `allocated` at that moment. */
  readonly biggestFailureUsed: number;
  /** Sum of the squared sizes of the free blocks, in bytes². Since 4.6; 0 where the allocator does not keep it. */
  readonly free2Sum?: bigint;
}

/** Statistics of one named pool. */
export interface AllocRecord extends AllocStats {
  /** At most 31 bytes of Latin-1; empty for a pool this build does not have. */
  readonly name: string;
}

/** Statistics of one instance of a trusted application. */
export interface TaRecord {
  /** Lower case, 8-4-4-4-12. */
  readonly uuid: string;
  /** 0, or anything else if it panicked. */
  readonly panicked: number;
  /** Open sessions. With none the heap shows zeros. */
  readonly sessions: number;
  readonly heap: AllocRecord;
}

/** A record of zeros: what a pool shows that this build does not have. */
export function emptyRecord(name = ""): AllocRecord {
  return { name, ...zeroCounters() };
}

/** The six counters, to be filled in. */
export type Counters = { -readonly [Name in Exclude<keyof AllocStats, "free2Sum">]: number };

/** All counters at 0. */
export function zeroCounters(): Counters {
  return { allocated: 0, maxAllocated: 0, size: 0, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
}
