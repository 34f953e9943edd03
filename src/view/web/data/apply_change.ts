// The state of a system after a change.
import type { FleetChange } from "../../../live/state/change.ts";
import type { HeapState, History, SystemState } from "../../../live/state/state.ts";

/** What is kept of a system: its last lines, its last happenings, and the points of a history. */
const LINES = 500;
const HAPPENINGS = 200;
const POINTS = 1200;

export function changed(system: SystemState, change: FleetChange): SystemState {
  switch (change.kind) {
    case "state":
      return { ...system, ...change.now };
    case "line":
      return { ...system, console: [...system.console, change.line].slice(-LINES) };
    case "happening":
      return { ...system, happened: [...system.happened, change.what].slice(-HAPPENINGS) };
    case "alarm": {
      const others = system.alarms.filter(({ rule, heap }) => rule !== change.alarm.rule || heap !== change.alarm.heap);
      return { ...system, alarms: change.on ? [...others, change.alarm] : others };
    }
    case "sample": {
      const before = new Map(system.heaps.map((heap) => [heap.key, heap.history]));
      const heaps = change.heaps.map((heap): HeapState => {
        const history = before.get(heap.key) ?? { times: [], allocated: [] };
        return { ...heap, history: heap.gone ? history : longer(history, change.time, heap.allocated) };
      });
      return { ...system, heaps, samples: change.samples, sampled: change.time };
    }
  }
}

/** A history with one more point; what is not known is none. Older points are thinned, the extremes of each stretch stay. */
function longer(history: History, time: number, allocated: number | null): History {
  if (allocated === null) return history;
  const next = { times: [...history.times, time], allocated: [...history.allocated, allocated] };
  return next.times.length > POINTS ? thinned(next) : next;
}

/** The older half with the least and the greatest of each four points, in their order. */
function thinned({ times, allocated }: History): History {
  const half = times.length >> 1;
  const kept: number[] = [];
  for (let n = 0; n < half; n += 4) {
    const part = Array.from({ length: Math.min(4, half - n) }, (_, i) => n + i);
    part.sort((a, b) => (allocated[a] ?? 0) - (allocated[b] ?? 0));
    const [least, most] = [part[0] ?? n, part.at(-1) ?? n];
    kept.push(...(least === most ? [least] : [Math.min(least, most), Math.max(least, most)]));
  }
  for (let n = half; n < times.length; n++) kept.push(n);
  return { times: kept.map((n) => times[n] ?? 0), allocated: kept.map((n) => allocated[n] ?? 0) };
}
