// The text of a series, of its events.
import type { ExpectedEvent, Pair } from "./align.ts";
import type { CaptureEvent } from "./events.ts";
import type { Places } from "./places.ts";

/** Blocks of a series: their numbers, and where they were allocated. */
export type Numbers = Map<number, { readonly number: number; readonly place: string }>;

/**
 * Rows of a series. `numbers` gives blocks their numbers, and goes on with those of an earlier series; `sizeOf` says what a block of
 * a size that is not known asked for. A call site that nothing tells is `?` and its address.
 */
export function seriesText(
  events: readonly CaptureEvent[],
  pairs: readonly Pair[],
  places: Places,
  numbers: Numbers,
  sizeOf: (place: string, bytes: number) => number,
): string {
  const known = new Map<CaptureEvent, ExpectedEvent>(pairs.map(([expected, event]) => [event, expected]));
  const rows: string[] = [];
  let next = 0;
  const only = ({ kind, address }: CaptureEvent): string => {
    const frees = (place: string): boolean => /[FW]/.test(places.opOf(place) ?? "");
    const [place, ...others] = places.of(address).filter((one) => frees(one) === (kind === "F"));
    return place === undefined || others.length > 0 ? `?0x${address}` : place;
  };
  const allocated = (event: CaptureEvent): void => {
    const expected = known.get(event);
    const place = expected?.place ?? only(event);
    const op = expected?.step.op ?? places.opOf(place) ?? "M";
    const size = expected?.step.size ?? places.sizeAt(place, event.bytes) ?? sizeOf(place, event.bytes);
    const after = events[next];
    const moved = op === "R" && after?.kind === "F" && after.address === event.address ? after : undefined;
    if (moved) next++;
    const old = op === "R" ? `${moved ? numbers.get(moved.block)?.number : 0} ` : "";
    const part = expected?.step.part === undefined ? "" : ` ${expected.step.part}`;
    rows.push(`${op} ${old}${size} ${place}${part}`);
    numbers.set(event.block, { number: numbers.size + 1, place });
  };
  const freed = (event: CaptureEvent): void => {
    const block = numbers.get(event.block);
    if (block === undefined) throw new Error(`frees block ${event.block}, which was there before`);
    const place = known.get(event)?.place ?? places.endOf(block.place, event.address) ?? only(event);
    const op = places.opOf(place) === "W" ? "W" : "F";
    rows.push(`${op} ${block.number} ${place}`);
  };
  while (next < events.length) {
    const event = events[next++] as CaptureEvent;
    (event.kind === "A" ? allocated : freed)(event);
  }
  return rows.map((row) => `${row}\n`).join("");
}
