// Collects least, greatest and last values in equal parts of a range.
import type { RangeTimeline } from "./indexed_recording.ts";

/** Takes values in the order of their times. */
export interface TimelineParts {
  /** A value at a time, and how many requests failed there. NaN: not known. */
  add(time: number, value: number, refused: number): void;
  /** Values that occur somewhere in [from, to]. */
  spread(from: number, to: number, least: number, greatest: number): void;
  finish(blur: number): RangeTimeline;
}

/** Parts of [from, to); `before` is the value before the first of them, NaN for none. */
export function createTimelineParts(from: number, to: number, parts: number, before: number): TimelineParts {
  const count = Math.max(1, Math.floor(parts));
  const width = Math.max(0, to - from) / count;
  const [least, greatest, last] = [0, 0, 0].map(() => new Float64Array(count).fill(Number.NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const refused = new Float64Array(count);
  let carried = before;

  const partOf = (time: number): number => Math.min(count - 1, Math.floor((time - from) / width));
  function widen(part: number, low: number, high: number): void {
    if (!((least[part] as number) <= low)) least[part] = low;
    if (!((greatest[part] as number) >= high)) greatest[part] = high;
  }
  return {
    add(time, value, failed) {
      if (time < from) carried = Number.isNaN(value) ? carried : value;
      if (!(time >= from && time < to)) return;
      const part = partOf(time);
      refused[part] = (refused[part] as number) + failed;
      if (Number.isNaN(value)) return;
      widen(part, value, value);
      last[part] = value;
    },
    spread(start, end, low, high) {
      if (Number.isNaN(low) || end < from || start >= to) return;
      for (let part = partOf(Math.max(from, start)); part <= partOf(Math.max(from, end)); part++)
        widen(part, low, high);
    },
    finish(blur) {
      for (let part = 0; part < count; part++) {
        if (Number.isNaN(last[part])) {
          if (Number.isNaN(least[part])) widen(part, carried, carried);
          last[part] = carried;
        } else carried = last[part] as number;
      }
      return { from, to, width, least, greatest, last, refused, blur };
    },
  };
}
