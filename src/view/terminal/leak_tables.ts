// Draws the tables of leak snapshots.
import type { SiteChange } from "../../analyze/leak/diff.ts";
import type { SiteGrowth } from "../../analyze/leak/growth.ts";
import type { Suspect } from "../../analyze/leak/three.ts";
import { leastOf, mostOf } from "../../base/extremes.ts";
import { grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { isNarrow, placeRows } from "./narrow.ts";
import type { Paint } from "./paint.ts";

/** What grew and what shrank between two snapshots. */
export function drawChanges(rows: readonly SiteChange[], paint: Paint, most: number): Printable[] {
  const head = paint.dim(
    shown`${own("bytes").padStart(9)} ${own("blocks").padStart(7)}  ${own("blocks then").padEnd(15)}`,
  );
  const lines = rows.slice(0, most).map(({ bytes, blocks, before, after, site }) => {
    const then = shown`${grouped(before.blocks)} → ${grouped(after.blocks)}`.padEnd(15);
    const text = shown`${signed(bytes).padStart(9)} ${signed(blocks).padStart(7)}`;
    return [shown`${bytes > 0 ? paint.yellow(text) : text}  ${paint.dim(then)}`, paint.place(site)] as const;
  });
  return [...placeRows([[head, paint.dim("allocated at")], ...lines], paint), ...rest(rows.length - most, paint)];
}

/** Suspects of three snapshots. */
export function drawSuspects(rows: readonly Suspect[], paint: Paint, most: number): Printable[] {
  const head = paint.dim(
    shown`${own("").padEnd(5)} ${own("2nd").padStart(9)} ${own("3rd").padStart(9)}  ${own("blocks").padEnd(15)}`,
  );
  const lines = rows.slice(0, most).map(({ kind, kept, late, counts, site }) => {
    const name = own(kind).padEnd(5);
    const sums = shown`${signed(kept.bytes).padStart(9)} ${signed(late.bytes).padStart(9)}`;
    const course = joined(counts.map(grouped), " → ").padEnd(15);
    return [
      shown`${kind === "leak" ? paint.red(name) : name} ${sums}  ${paint.dim(course)}`,
      paint.place(site),
    ] as const;
  });
  const title = paint.dim("allocated at (bytes that came and stayed)");
  return [...placeRows([[head, title], ...lines], paint), ...rest(rows.length - most, paint)];
}

/** Growth for each step. */
export function drawGrowth(rows: readonly SiteGrowth[], paint: Paint, most: number): Printable[] {
  const narrow = isNarrow(paint);
  const head = paint.dim(
    shown`${own("").padEnd(5)} ${own("bytes a step").padStart(15)} ${own("blocks").padStart(7)} ${own("sure").padStart(5)}${narrow ? "" : shown`  ${own("course").padEnd(WIDTH)}`}`,
  );
  const lines = rows.slice(0, most).map(({ leaks, freed, trend, blocks, bytes, site }) => {
    const name = leaks ? paint.red("leak ") : freed ? "freed" : "     ";
    const slope = shown`${round(trend.slope)} ±${round(2 * trend.error)}`.padStart(15);
    const sure = shown`${Math.floor(100 * trend.confidence)} %`.padStart(5);
    const values = narrow ? "" : shown`  ${paint.cyan(course(bytes))}`;
    return [shown`${name} ${slope} ${round(blocks).padStart(7)} ${sure}${values}`, paint.place(site)] as const;
  });
  return [...placeRows([[head, paint.dim("allocated at")], ...lines], paint), ...rest(rows.length - most, paint)];
}

const WIDTH = 12;
const LEVELS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** Values as a row of bars, from the least to the largest of them. */
function course(values: readonly number[]): Printable {
  const width = Math.min(WIDTH, values.length);
  const taken = Array.from({ length: width }, (_, i) => {
    const index = width === 1 ? 0 : Math.round((i * (values.length - 1)) / (width - 1));
    return values[index] ?? 0;
  });
  const [low, high] = [leastOf(taken), mostOf(taken)];
  const level = (value: number): number =>
    high === low ? 0 : Math.round(((value - low) / (high - low)) * (LEVELS.length - 1));
  return joined(taken.map((value) => LEVELS[level(value)] ?? "")).padEnd(WIDTH);
}

function rest(count: number, paint: Paint): Printable[] {
  return count > 0 ? [paint.dim(shown`… and ${grouped(count)} more; --json has all`)] : [];
}

function signed(n: number): Printable {
  return n > 0 ? shown`+${grouped(n)}` : grouped(n);
}

function round(n: number): Printable {
  return n !== 0 && Math.abs(n) < 10 ? printable(n.toFixed(1)) : grouped(Math.round(n));
}
