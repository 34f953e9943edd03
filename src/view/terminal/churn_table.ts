// Draws the table of churn by call site.
import { type ChurnReport, SHORT_ROWS } from "../../analyze/report/churn.ts";
import { grouped, percent } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** Allocations over time by call site: bytes, count, and the share that was freed at once. */
export function drawChurn(
  { bySite, bytes, allocations, shortLived }: ChurnReport,
  paint: Paint,
  most: number,
): Printable[] {
  const head = shown`${own("bytes").padStart(13)} ${own("allocs").padStart(9)} ${own("short").padStart(6)}  allocated at`;
  const rows = bySite
    .slice(0, most)
    .map((row) => shown`${cells(row.bytes, row.allocations, row.shortLived)}  ${printable(row.site)}`);
  const rest = bySite.slice(most);
  if (rest.length > 0) {
    const sum = (value: (row: (typeof rest)[number]) => number): number =>
      rest.reduce((total, row) => total + value(row), 0);
    const line = cells(
      sum((row) => row.bytes),
      sum((row) => row.allocations),
      sum((row) => row.shortLived),
    );
    rows.push(shown`${line}  ${paint.dim(shown`${rest.length} more call sites`)}`);
  }
  const total = shown`${cells(bytes, allocations, shortLived)}  all; short: freed within ${SHORT_ROWS} operations`;
  return [paint.dim(head), ...rows, paint.dim(total)];
}

function cells(bytes: number, allocations: number, short: number): Printable {
  return shown`${grouped(bytes).padStart(13)} ${grouped(allocations).padStart(9)} ${shown`${percent(short, allocations)} %`.padStart(6)}`;
}
