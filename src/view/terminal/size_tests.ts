import type { SmallestPool } from "../../analyze/pool_search.ts";
import type { TestSize } from "../../analyze/size_claims.ts";
import { grouped } from "../../base/format.ts";
import { printable } from "../../base/printable.ts";
import { bar } from "./bar.ts";
import type { Paint } from "./paint.ts";

const BAR = 20;

/** The smallest pools for each test: first and best fit, and a bar. */
export function drawTests(tests: readonly TestSize[], paint: Paint): string[] {
  const most = Math.max(...tests.map(({ first, firstServed }) => firstServed?.pool ?? first.pool ?? 0));
  const line = (name: string, a: string, b: string, gauge: string): string =>
    `  ${name.padEnd(30)}${a.padStart(10)}${b.padStart(10)}  ${gauge}`.trimEnd();
  const row = (name: string, a: SmallestPool, b: SmallestPool): string =>
    line(name, text(a), text(b), paint.cyan(bar(a.pool ?? most, most, BAR)));
  return [
    paint.dim(line("test or command", "first fit", "best fit", "first fit")),
    ...tests.flatMap(({ mark, first, best, firstServed, bestServed }) => [
      row(printable(mark).slice(0, 29), first, best),
      ...(firstServed && bestServed ? [row("  and what it was refused", firstServed, bestServed)] : []),
    ]),
  ];
}

function text({ pool }: SmallestPool): string {
  return pool === null ? "none" : grouped(pool);
}
