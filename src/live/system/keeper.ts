// Keeps the state of one system, and tells each change of it.
import type { FleetChange } from "../state/change.ts";
import type { AlarmState, ConsoleLineState, Happening, HeapState, SystemState } from "../state/state.ts";

/** Lines and happenings that are kept. */
const LINES = 200;
const HAPPENINGS = 100;

/** Says which alarms are on, of those that were. Called after each change, and now and then without one. */
type Judge = (state: SystemState, now: number) => readonly AlarmState[];

/** The state of one system, and who is told of it. */
export interface Keeper {
  readonly state: SystemState;
  become(state: SystemState["state"], trouble: string): void;
  /** What is known of the source that was opened. */
  know(known: Pick<SystemState, "release" | "can">): void;
  sampled(heaps: readonly HeapState[], time: number): void;
  happened(what: Happening): void;
  heard(line: ConsoleLineState): void;
  /** Looks at the alarms, as time alone may begin or end one. */
  judge(): void;
}

/** A system that is being opened. */
export function createStateKeeper(
  name: string,
  epoch: number,
  clock: () => number,
  tell: (change: FleetChange) => void,
  judgeOf: Judge,
): Keeper {
  let state: SystemState = {
    ...{ name, state: "opening", since: clock(), epoch, trouble: "", release: "", samples: 0, sampled: null },
    can: { resetMaxima: false, liveBlocks: false },
    ...{ heaps: [], console: [], happened: [], alarms: [] },
  };

  function tellState(time: number): void {
    const { state: now, since, trouble, release, can } = state;
    tell({ kind: "state", system: name, time, now: { state: now, since, trouble, release, can } });
  }
  function judge(): void {
    const now = clock();
    const before = new Map(state.alarms.map((alarm) => [keyOf(alarm), alarm]));
    const alarms = judgeOf(state, now);
    if (alarms.length === 0 && before.size === 0) return;
    state = { ...state, alarms };
    for (const alarm of alarms) {
      const old = before.get(keyOf(alarm));
      before.delete(keyOf(alarm));
      const { since, silencedUntil } = alarm;
      if (silencedUntil !== old?.silencedUntil || since !== old?.since)
        tell({ kind: "alarm", system: name, time: now, on: true, alarm });
    }
    for (const alarm of before.values()) tell({ kind: "alarm", system: name, time: now, on: false, alarm });
  }
  return {
    get state() {
      return state;
    },
    become(next, trouble) {
      if (state.state === next && state.trouble === trouble) return;
      const now = clock();
      state = { ...state, state: next, trouble, since: state.state === next ? state.since : now };
      tellState(now);
      judge();
    },
    know({ release, can }) {
      if (JSON.stringify([state.release, state.can]) === JSON.stringify([release, can])) return;
      state = { ...state, release, can };
      tellState(clock());
    },
    sampled(heaps, time) {
      const samples = state.samples + 1;
      state = { ...state, heaps, samples, sampled: time };
      const figures = heaps.map(({ history: _history, ...rest }) => rest);
      tell({ kind: "sample", system: name, time, samples, heaps: figures });
      judge();
    },
    happened(what) {
      state = { ...state, happened: [...state.happened.slice(1 - HAPPENINGS), what] };
      tell({ kind: "happening", system: name, time: what.time, what });
      judge();
    },
    heard(line) {
      state = { ...state, console: [...state.console.slice(1 - LINES), line] };
      tell({ kind: "line", system: name, time: line.time, line });
    },
    judge,
  };
}

function keyOf({ rule, heap }: AlarmState): string {
  return `${rule}\0${heap}`;
}
