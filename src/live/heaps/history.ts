// Bytes in use over time in bounded memory: the latest points as they came, older ones by their extremes.
import type { History } from "../state/state.ts";

/** A history that grows. */
export interface GrowingHistory extends History {
  /** Takes the next point. A time before the last one is that of the last one. */
  add(time: number, allocated: number): void;
}

/** Points of a group, of which the least and the greatest stay. */
const GROUP = 4;
const HISTORY_POINTS = 512;

/**
 * At most `most` points. When they are full, each four become the least and the greatest of them; the latest stay as they are.
 * So what is older was thinned more often, and no extreme is ever lost.
 */
export function createHistory(most = HISTORY_POINTS): GrowingHistory {
  const times: number[] = [];
  const allocated: number[] = [];

  function thin(): void {
    const end = times.length - GROUP;
    let kept = 1;
    for (let from = 1; from + GROUP <= end; from += GROUP) {
      const [first, second] = extremes(allocated, from);
      for (const at of [first, second]) {
        times[kept] = times[at] as number;
        allocated[kept++] = allocated[at] as number;
      }
    }
    const rest = 1 + GROUP * Math.max(0, Math.floor((end - 1) / GROUP));
    for (let at = rest; at < times.length; at++) {
      times[kept] = times[at] as number;
      allocated[kept++] = allocated[at] as number;
    }
    times.length = kept;
    allocated.length = kept;
  }
  return {
    times,
    allocated,
    add(time, value) {
      if (times.length >= most) thin();
      times.push(Math.max(time, times.at(-1) ?? time));
      allocated.push(value);
    },
  };
}

/** Indices of the least and the greatest of a group, in order; the first and the last where all are equal. */
function extremes(values: readonly number[], from: number): readonly [number, number] {
  let least = from;
  let greatest = from;
  for (let at = from + 1; at < from + GROUP; at++) {
    if ((values[at] as number) < (values[least] as number)) least = at;
    if ((values[at] as number) > (values[greatest] as number)) greatest = at;
  }
  if (least === greatest) return [from, from + GROUP - 1];
  return [Math.min(least, greatest), Math.max(least, greatest)];
}
