// States of live systems for tests of the page.
import type { HeapState, SystemState } from "../../../src/live/state/state.ts";

/** A pool that is well known. */
export function heapState(part: Partial<HeapState> = {}): HeapState {
  return {
    key: "pool:Heap",
    kind: "pool",
    name: "Heap",
    size: 65_536,
    allocated: 20_480,
    max: 40_960,
    failures: 0,
    biggestFailure: 0,
    biggestFailureUsed: 0,
    free2Sum: null,
    sessions: null,
    panicked: false,
    gone: false,
    history: { times: [], allocated: [] },
    growth: null,
    untilFull: null,
    ...part,
  };
}

/** A system that is live. */
export function systemState(part: Partial<SystemState> = {}): SystemState {
  return {
    name: "ssh://root@board",
    state: "live",
    since: 0,
    epoch: 1_795_000_000_000,
    trouble: "",
    release: "4.10.0",
    heaps: [heapState()],
    samples: 1,
    sampled: 0,
    can: { resetMaxima: false, liveBlocks: false },
    console: [],
    happened: [],
    alarms: [],
    ...part,
  };
}
