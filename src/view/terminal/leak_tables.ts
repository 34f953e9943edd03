import type { SiteChange } from "../../analyze/leak_diff.ts";
import type { SiteGrowth } from "../../analyze/leak_growth.ts";
import type { Suspect } from "../../analyze/leak_three.ts";
import { grouped } from "../../base/format.ts";
import { printable } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** What grew and what shrank between two snapshots. */
export function drawChanges(rows: readonly SiteChange[], paint: Paint, shown: number): string[] {
  const head = paint.dim(`${"bytes".padStart(9)} ${"blocks".padStart(7)}  ${"blocks then".padEnd(15)}  allocated at`);
  const lines = rows.slice(0, shown).map(({ bytes, blocks, before, after, site }) => {
    const then = `${grouped(before.blocks)} → ${grouped(after.blocks)}`.padEnd(15);
    const text = `${signed(bytes).padStart(9)} ${signed(blocks).padStart(7)}`;
    return `${bytes > 0 ? paint.yellow(text) : text}  ${paint.dim(then)}  ${printable(site)}`;
  });
  return [head, ...lines, ...rest(rows.length - shown, paint)];
}

const KINDS: Readonly<Record<Suspect["kind"], string>> = {
  leak: "leak",
  new: "new",
  kept: "kept",
};

/** Suspects of three snapshots. */
export function drawSuspects(rows: readonly Suspect[], paint: Paint, shown: number): string[] {
  const head = paint.dim(
    `${"".padEnd(5)} ${"2nd".padStart(9)} ${"3rd".padStart(9)}  ${"blocks".padEnd(15)}  allocated at (bytes that came and stayed)`,
  );
  const lines = rows.slice(0, shown).map(({ kind, kept, late, counts, site }) => {
    const name = KINDS[kind].padEnd(5);
    const sums = `${signed(kept.bytes).padStart(9)} ${signed(late.bytes).padStart(9)}`;
    return `${kind === "leak" ? paint.red(name) : name} ${sums}  ${paint.dim(counts.map(grouped).join(" → ").padEnd(15))}  ${printable(site)}`;
  });
  return [head, ...lines, ...rest(rows.length - shown, paint)];
}

/** Growth for each step. */
export function drawGrowth(rows: readonly SiteGrowth[], paint: Paint, shown: number): string[] {
  const head = paint.dim(
    `${"".padEnd(5)} ${"bytes a step".padStart(15)} ${"blocks".padStart(7)} ${"sure".padStart(5)}  ${"course".padEnd(WIDTH)}  allocated at`,
  );
  const lines = rows.slice(0, shown).map(({ leaks, trend, blocks, bytes, site }) => {
    const name = leaks ? paint.red("leak ") : "     ";
    const slope = `${round(trend.slope)} ±${round(2 * trend.error)}`.padStart(15);
    const sure = `${Math.floor(100 * trend.confidence)} %`.padStart(5);
    return `${name} ${slope} ${round(blocks).padStart(7)} ${sure}  ${paint.cyan(course(bytes))}  ${printable(site)}`;
  });
  return [head, ...lines, ...rest(rows.length - shown, paint)];
}

const WIDTH = 12;
const LEVELS = "▁▂▃▄▅▆▇█";

/** Values as a row of bars, from the least to the largest of them. */
function course(values: readonly number[]): string {
  const width = Math.min(WIDTH, values.length);
  const taken = Array.from({ length: width }, (_, i) => {
    const index = width === 1 ? 0 : Math.round((i * (values.length - 1)) / (width - 1));
    return values[index] ?? 0;
  });
  const [low, high] = [Math.min(...taken), Math.max(...taken)];
  return taken
    .map((value) => LEVELS[high === low ? 0 : Math.round(((value - low) / (high - low)) * (LEVELS.length - 1))])
    .join("")
    .padEnd(WIDTH);
}

function rest(count: number, paint: Paint): string[] {
  return count > 0 ? [paint.dim(`… and ${grouped(count)} more; --json has all`)] : [];
}

function signed(n: number): string {
  return n > 0 ? `+${grouped(n)}` : grouped(n);
}

function round(n: number): string {
  return n !== 0 && Math.abs(n) < 10 ? n.toFixed(1) : grouped(Math.round(n));
}
