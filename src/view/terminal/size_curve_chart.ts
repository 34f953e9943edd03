// Draws failures over the size of the pool.
import type { CurvePoint, SizeCurve } from "../../analyze/size/curve.ts";
import { grouped } from "../../base/format.ts";
import { own, type Printable, shown } from "../../base/printable.ts";
import { bar, barWidth } from "./bar.ts";
import { isNarrow } from "./narrow.ts";
import type { Paint } from "./paint.ts";

const BAR = 12;

/** Failures over the size of the pool as bars on a scale of powers, and what stays free at the peak where nothing fails. */
export function drawCurve(curve: SizeCurve, paint: Paint): Printable[] {
  const most = Math.max(...curve.flatMap(({ first, best }) => [refused(first), refused(best)]));
  // Where nothing fails there are no bars.
  const wide = most === 0 ? BAR : barWidth(BAR, paint, 0.4);
  if (isNarrow(paint)) return withoutBars(curve, paint);
  const column = (point: CurvePoint): Printable => {
    const count = refused(point);
    if (count === 0)
      return shown`${own(" ").repeat(wide)} ${paint.green(shown`✓ ${grouped(point.headroom)} left`.padEnd(18))}`;
    const gauge = bar(Math.log(1 + count), Math.log(1 + most), wide);
    return shown`${paint.red(gauge)} ${shown`${grouped(count)} failed`.padEnd(18)}`;
  };
  return [
    paint.dim(shown`  ${own("pool").padStart(9)}  ${own("first fit").padEnd(wide + 21)}best fit`),
    ...curve.map(({ pool, first, best }) =>
      shown`  ${grouped(pool).padStart(9)}  ${column(first)}  ${column(best)}`.trimEnd(),
    ),
  ];
}

function withoutBars(curve: SizeCurve, paint: Paint): Printable[] {
  const cell = (point: CurvePoint): Printable => {
    const count = refused(point);
    return count === 0
      ? paint.green(shown`✓ ${grouped(point.headroom)} left`.padEnd(13))
      : paint.red(shown`${grouped(count)} failed`.padEnd(13));
  };
  return [
    paint.dim(shown`  ${own("pool").padStart(9)}  ${own("first fit").padEnd(13)}  best fit`),
    ...curve.map(({ pool, first, best }) =>
      shown`  ${grouped(pool).padStart(9)}  ${cell(first)}  ${cell(best)}`.trimEnd(),
    ),
  ];
}

function refused({ newFailures, unserved }: CurvePoint): number {
  return newFailures + unserved;
}
