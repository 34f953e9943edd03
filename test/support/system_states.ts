// States of systems for tests of what draws them.
import type { HeapState, SystemState } from "../../src/live/state/state.ts";

/** A pool of 64 KiB half in use, with changes. */
export function heapState(change: Partial<HeapState> = {}): HeapState {
  return {
    key: "pool:Heap",
    kind: "pool",
    name: "Heap",
    size: 65_536,
    allocated: 32_768,
    max: 40_000,
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
    ...change,
  };
}

/** A system that lives, with changes. */
export function systemState(change: Partial<SystemState> = {}): SystemState {
  return {
    name: "ssh://lab1",
    state: "live",
    since: 0,
    epoch: 1_790_000_000_000,
    trouble: "",
    release: "4.10.0",
    heaps: [heapState()],
    samples: 3,
    sampled: 2500,
    can: { resetMaxima: false, liveBlocks: false },
    console: [],
    happened: [],
    alarms: [],
    ...change,
  };
}

/** The heap of an instance of a TA, with changes. */
export function taState(change: Partial<HeapState> = {}): HeapState {
  const uuid = "f04a0fe7-1f5d-4b9b-abf7-619b85b4ce8c";
  return heapState({
    key: `ta:${uuid}#2`,
    kind: "ta",
    name: "trusted_keys",
    uuid,
    size: 32_768,
    allocated: 1280,
    max: 4096,
    sessions: 1,
    ...change,
  });
}
