// Which event is which operation of a platform that is alike: by their order and sizes, and by addresses that are known already.
import type { HeapStep } from "../../../src/platform/platform.ts";
import { bytesWithLeakHeader, type CaptureEvent } from "./events.ts";
import type { Places } from "./places.ts";

/** What an operation looks like as an event. */
export interface ExpectedEvent {
  readonly kind: "A" | "F";
  readonly bytes: number;
  readonly step: HeapStep;
  readonly place: string;
  /** Where the block that is freed was allocated. */
  readonly from: string;
}

/** A block of a series, as an event shows it. */
export interface ExpectedBlock {
  readonly bytes: number;
  readonly place: string;
}

/** An operation, and the event that it is. */
export type Pair = readonly [ExpectedEvent, CaptureEvent];

export function placeOf({ file, line }: HeapStep): string {
  return `${file}:${line}`;
}

/** The events of a series. `blocks` are those of an earlier one, whose numbers it continues. */
export function expectedEvents(
  steps: readonly HeapStep[],
  blocks: ExpectedBlock[] = [{ bytes: 0, place: "" }],
): ExpectedEvent[] {
  const expected: ExpectedEvent[] = [];
  for (const step of steps) {
    const place = placeOf(step);
    const old = blocks[step.of] as ExpectedBlock;
    if (step.size > 0) {
      const bytes = bytesWithLeakHeader(step.size);
      expected.push({ kind: "A", bytes, step, place, from: "" });
      blocks.push({ bytes, place });
    }
    if (old.bytes > 0) expected.push({ kind: "F", bytes: old.bytes, step, place, from: old.place });
  }
  return expected;
}

/** As many pairs as there are, in order; an address whose call site is known fits that one alone. */
export function alignEvents(
  expected: readonly ExpectedEvent[],
  events: readonly CaptureEvent[],
  places: Places,
): Pair[] {
  const weigh = (one: ExpectedEvent, event: CaptureEvent): number => {
    if (one.kind !== event.kind || one.bytes !== event.bytes) return 0;
    const known = places.of(event.address);
    return known.length === 0 ? 10 : known.includes(one.place) ? 14 : 0;
  };
  const best = Array.from({ length: expected.length + 1 }, () => new Array<number>(events.length + 1).fill(0));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const pair = (i: number, j: number): Pair => [expected[i] as ExpectedEvent, events[j] as CaptureEvent];
  for (let i = expected.length - 1; i >= 0; i--) {
    for (let j = events.length - 1; j >= 0; j--) {
      const weight = weigh(...pair(i, j));
      const both = weight === 0 ? 0 : at(i + 1, j + 1) + weight;
      (best[i] as number[])[j] = Math.max(at(i + 1, j), at(i, j + 1), both);
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < expected.length && j < events.length) {
    const weight = weigh(...pair(i, j));
    if (weight > 0 && at(i, j) === at(i + 1, j + 1) + weight) pairs.push(pair(i++, j++));
    else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return pairs;
}
