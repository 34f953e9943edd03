// Follows one heap from answer to answer.
import type { PartialStats } from "../../abi/record.ts";
import { isRestart } from "../../analyze/counters/stretches.ts";
import type { HeapState } from "../state/state.ts";
import { type Growth, growthOf, NO_GROWTH } from "./growth.ts";
import { createHistory } from "./history.ts";
import type { Reading } from "./reading.ts";

/** One heap that is followed. */
export interface HeapTrack {
  /** As it is now; the next answer makes another object. */
  readonly state: HeapState;
  /** When it was reported last. */
  readonly seen: number;
  /** Takes a reading, and says what it tells against the one before. */
  take(reading: Reading, time: number): ReadingNews;
  /** A point between two readings, where the system tells every operation. */
  point(time: number, allocated: number): void;
  /** It is not reported any more. */
  leave(): void;
}

/** What a reading tells against the one before. */
interface ReadingNews {
  /** Requests that failed since. */
  readonly refused: number;
  /** It panicked since. */
  readonly panicked: boolean;
  /** Its counters began anew, after a boot or a reset. */
  readonly restarted: boolean;
}

/** Milliseconds for which a growth holds: to find it anew takes 40 times 40 comparisons. */
const GROWTH_HOLDS = 2000;

/** Begins to follow a heap with its first reading. */
export function createHeapTrack(first: Reading, time: number): HeapTrack {
  const history = createHistory();
  let known: PartialStats = {};
  let began = time;
  let growth: Growth = NO_GROWTH;
  let found = Number.NEGATIVE_INFINITY;
  let state: HeapState;
  let seen = time;

  function show(reading: Reading, gone: boolean): void {
    const { stats, uuid, ...rest } = reading;
    const { size, allocated, maxAllocated, failures, biggestFailure, biggestFailureUsed, free2Sum } = stats;
    state = {
      ...rest,
      ...(uuid === undefined ? {} : { uuid }),
      size: size ?? null,
      allocated: allocated ?? null,
      max: maxAllocated ?? null,
      failures: failures ?? null,
      biggestFailure: biggestFailure ?? null,
      biggestFailureUsed: biggestFailureUsed ?? null,
      free2Sum: free2Sum === undefined ? null : Number(free2Sum),
      gone,
      history,
      ...growth,
    };
  }
  function take(reading: Reading, now: number): ReadingNews {
    const { stats } = reading;
    const restarted = isRestart(known, stats);
    if (restarted) began = now;
    const refused = restarted ? (stats.failures ?? 0) : (stats.failures ?? 0) - (known.failures ?? stats.failures ?? 0);
    known = restarted ? stats : { ...known, ...stats };
    if (stats.allocated !== undefined) history.add(now, stats.allocated);
    if (restarted || now - found >= GROWTH_HOLDS) {
      found = now;
      growth = growthOf(history, stats.size ?? null, began);
    }
    const panicked = reading.panicked && !state?.panicked;
    seen = now;
    show(reading, false);
    return { refused, panicked, restarted };
  }
  show(first, false);
  return {
    get state() {
      return state;
    },
    get seen() {
      return seen;
    },
    take,
    point: (now, allocated) => history.add(now, allocated),
    leave() {
      state = { ...state, gone: true, ...NO_GROWTH };
    },
  };
}
