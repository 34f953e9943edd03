// Draws the smallest pools for each test.
import type { TestSize } from "../../analyze/size/claims.ts";
import type { SmallestPool } from "../../analyze/size/pool_search.ts";
import { mostOf } from "../../base/extremes.ts";
import { grouped } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import { bar, barWidth } from "./bar.ts";
import type { Paint } from "./paint.ts";

const BAR = 20;

/** The smallest pools for each test: first and best fit, and a bar. */
export function drawTests(tests: readonly TestSize[], paint: Paint): Printable[] {
  const most = mostOf(tests.map(({ first, firstServed }) => firstServed?.pool ?? first.pool ?? 0));
  const wide = barWidth(BAR, paint, 0.8);
  const line = (name: Printable, a: Printable, b: Printable, gauge: Printable): Printable =>
    shown`  ${name.padEnd(30)}${a.padStart(10)}${b.padStart(10)}  ${gauge}`.trimEnd();
  const row = (name: Printable, a: SmallestPool, b: SmallestPool): Printable =>
    line(name, text(a), text(b), paint.cyan(bar(a.pool ?? most, most, wide)));
  return [
    paint.dim(line(own("test or command"), own("first fit"), own("best fit"), own("first fit"))),
    ...tests.flatMap(({ mark, first, best, firstServed, bestServed }) => [
      row(printable(mark).slice(0, 29), first, best),
      ...(firstServed && bestServed ? [row(own("  with failed requests served"), firstServed, bestServed)] : []),
    ]),
  ];
}

function text({ pool }: SmallestPool): Printable {
  return pool === null ? own("none") : grouped(pool);
}
