// Sums up the calls of a run: one group for each command of each TA.
import type { ExactMoment } from "../../recording/moment.ts";
import { createCallBook } from "./call_book.ts";
import type { HeapAround, TaCall } from "./ta_call.ts";

/** The memory of one heap around the calls of a group. */
interface HeapOfGroup extends HeapAround {
  /** What all calls together left in it; null where that is not known of one. */
  readonly growth: number | null;
}

/** All calls of one command of one TA. Before, after and peak are those of the call with the highest peak. */
export interface CallGroup {
  readonly uuid: string;
  /** `open`, `invoke 3` or `close`. */
  readonly name: string;
  readonly calls: number;
  /** Calls that returned an error. */
  readonly failed: number;
  readonly heap: HeapOfGroup;
  readonly core: HeapOfGroup;
  /** False where another call was going on during one of them. */
  readonly alone: boolean;
  /** The longest took so many microseconds. */
  readonly longest: number;
}

/** Every call of the moments, in their order. */
export function callsOf(moments: readonly ExactMoment[]): TaCall[] {
  const book = createCallBook();
  return moments.flatMap((moment) => book.take(moment) ?? []);
}

/** TA by TA in the order of their first calls, and so their commands. */
export function groupCalls(calls: readonly TaCall[]): CallGroup[] {
  const groups = new Map<string, Map<string, TaCall[]>>();
  for (const call of calls) {
    const commands = groups.get(call.uuid) ?? new Map<string, TaCall[]>();
    groups.set(call.uuid, commands);
    const same = commands.get(call.name) ?? [];
    commands.set(call.name, same);
    same.push(call);
  }
  return [...groups.values()].flatMap((commands) => [...commands.values()].map(groupOf));
}

function groupOf(calls: readonly TaCall[]): CallGroup {
  const [{ uuid, name }] = calls as [TaCall];
  return {
    uuid,
    name,
    calls: calls.length,
    failed: calls.filter(({ code }) => code !== 0).length,
    heap: heapOf(calls.map(({ heap }) => heap)),
    core: heapOf(calls.map(({ core }) => core)),
    alone: calls.every(({ alone }) => alone),
    longest: calls.reduce((most, { from, to }) => Math.max(most, to - from), 0),
  };
}

function heapOf(all: readonly HeapAround[]): HeapOfGroup {
  // What a heap reached for certain.
  const height = ({ peak, exact, after, before }: HeapAround): number =>
    exact && peak !== null ? peak : Math.max(after ?? -1, before ?? -1);
  const [first] = all as [HeapAround];
  // Of equal peaks an exact one says more.
  const highest = all.reduce((best, one) => {
    const rise = height(one) - height(best);
    return rise > 0 || (rise === 0 && one.exact && !best.exact) ? one : best;
  }, first);
  const known = all.every(({ before, after }) => before !== null && after !== null);
  const growth = all.reduce((sum, { before, after }) => sum + (after ?? 0) - (before ?? 0), 0);
  return { ...highest, growth: known ? growth : null };
}
