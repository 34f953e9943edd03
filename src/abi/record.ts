// The records of the statistics: counters of one allocator, of a pool, of a TA.
import { COUNTERS, type CounterName, type Counters, zeroCounters } from "../malloc/counters.ts";

/** The counters of one allocator, all unsigned 32 bit on the wire. */
export interface AllocStats extends Readonly<Counters> {
  /** Sum of the squared sizes of the free blocks, in bytes². Since 4.6; 0 where the allocator does not keep it. */
  readonly free2Sum?: bigint;
}

/** Counters of which some may not be known: those that a text lacks, or where it is damaged. */
export type PartialStats = Partial<AllocStats>;

/** The counters that are not known. */
export function missingCounters(stats: PartialStats): CounterName[] {
  return COUNTERS.filter((name) => stats[name] === undefined);
}

/** Statistics of one named pool. */
export interface AllocRecord extends AllocStats {
  /** At most 31 bytes of Latin-1; empty for a pool this build does not have. */
  readonly name: string;
}

/** Statistics of one named pool, as far as they are known. */
export interface PartialRecord extends PartialStats {
  readonly name: string;
}

/** Statistics of one instance of a TA. */
export interface TaRecord {
  /** Lower case, 8-4-4-4-12. */
  readonly uuid: string;
  /** 0, or anything else if it panicked. */
  readonly panicked: number;
  /** Open sessions. With none the heap shows zeros. */
  readonly sessions: number;
  readonly heap: AllocRecord;
}

/** The same as far as it is known. */
export interface PartialTa {
  /** As in `TaRecord`; what stands in its place where it is not readable, empty where nothing does. */
  readonly uuid: string;
  readonly panicked?: number;
  readonly sessions?: number;
  readonly heap: PartialRecord;
}

/** A record of zeros: what a pool shows that this build does not have. */
export function emptyRecord(name = ""): AllocRecord {
  return { name, ...zeroCounters() };
}
