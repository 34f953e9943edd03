// Opens several systems, to be watched side by side.
import { err } from "../base/result.ts";
import type { FleetChange } from "./state/change.ts";
import type { Fleet } from "./state/fleet.ts";
import type { AlarmState, SystemState } from "./state/state.ts";
import { createStateKeeper } from "./system/keeper.ts";
import type { LiveSource, Pace } from "./system/live_source.ts";
import { createOpeningTurns } from "./system/opening_turns.ts";
import { watchSystem } from "./system/watch_system.ts";

/** How systems are watched. */
interface FleetOptions {
  /** Milliseconds, ascending: the clock that the sources were opened with. */
  readonly clock: () => number;
  /** Milliseconds since 1970. */
  readonly wall: () => number;
  /** Milliseconds from question to question. */
  readonly period: number;
  readonly alarms?: FleetAlarms;
  /** Milliseconds until a system without an answer counts as silent; default 5 s, and at least 3 periods. */
  readonly patience?: number;
  /** Milliseconds until a question is given up; default 30 s. */
  readonly giveUp?: number;
  /** Milliseconds before a lost system is opened again; default 1 s, doubled each time up to a minute. */
  readonly again?: number;
}

/** Whoever judges the states: the rules of a file. */
export interface FleetAlarms {
  judge(state: SystemState, now: number): readonly AlarmState[];
  silence(system: string, rule: string, heap: string, until: number | null): void;
}

/** Sources that are opened at once, and for how many milliseconds one of them keeps others waiting. */
const OPENED_AT_ONCE = 16;
const OPENING = 2000;

/** Begins to open them all, some at once. Names are unique. */
export function openFleet(sources: readonly LiveSource[], options: FleetOptions): Fleet {
  const { clock, wall, alarms, patience = 5000, giveUp = 30_000, again = 1000 } = options;
  const hearers = new Set<(change: FleetChange) => void>();
  let { period } = options;
  let paused = false;
  const pace: Pace = {
    ...{
      period: () => period,
      paused: () => paused,
      giveUp,
      again,
      turns: createOpeningTurns(OPENED_AT_ONCE, OPENING),
    },
    get patience() {
      return Math.max(patience, 3 * period);
    },
  };
  const epoch = wall() - clock();
  const tell = (change: FleetChange): void => {
    for (const hear of hearers) hear(change);
  };
  const judge = (state: SystemState, now: number): readonly AlarmState[] => alarms?.judge(state, now) ?? [];
  const watched = new Map(
    sources.map((source) => {
      const keeper = createStateKeeper(source.name, epoch, clock, tell, judge);
      const over = new AbortController();
      return [source.name, { keeper, over, system: watchSystem(source, keeper, pace, clock, over.signal) }] as const;
    }),
  );
  const unknown = (system: string) => err(`no system '${system}' is watched`);
  return {
    get systems() {
      return [...watched.values()].map(({ keeper }) => keeper.state);
    },
    listen(hear) {
      // A hearer of its own, so that the same function can listen twice.
      const own = (change: FleetChange): void => hear(change);
      hearers.add(own);
      return () => void hearers.delete(own);
    },
    setPeriod(ms) {
      period = ms;
    },
    pause(is) {
      paused = is;
    },
    resetMaxima: async (system) => watched.get(system)?.system.resetMaxima() ?? unknown(system),
    liveBlocks: async (system, heap) => watched.get(system)?.system.liveBlocks(heap) ?? unknown(system),
    silence(system, rule, heap, until) {
      alarms?.silence(system, rule, heap, until);
      watched.get(system)?.keeper.judge();
    },
    async [Symbol.asyncDispose]() {
      for (const { over } of watched.values()) over.abort();
      await Promise.all([...watched.values()].map(({ system }) => system.ended));
      hearers.clear();
    },
  };
}
