import { type ChurnReport, SHORT_ROWS } from "../../analyze/report_churn.ts";
import { grouped, percent } from "../../base/format.ts";
import { printable } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** Who allocated how much over time: bytes, allocations, the share that was freed at once, and the place in the code. */
export function drawChurn(
  { bySite, bytes, allocations, shortLived }: ChurnReport,
  paint: Paint,
  shown: number,
): string[] {
  const head = `${"bytes".padStart(13)} ${"allocs".padStart(9)} ${"short".padStart(6)}  allocated at`;
  const rows = bySite
    .slice(0, shown)
    .map((row) => `${cells(row.bytes, row.allocations, row.shortLived)}  ${printable(row.site)}`);
  const rest = bySite.slice(shown);
  if (rest.length > 0) {
    const sum = (value: (row: (typeof rest)[number]) => number): number =>
      rest.reduce((total, row) => total + value(row), 0);
    const line = cells(
      sum((row) => row.bytes),
      sum((row) => row.allocations),
      sum((row) => row.shortLived),
    );
    rows.push(`${line}  ${paint.dim(`${rest.length} more places`)}`);
  }
  const total = `${cells(bytes, allocations, shortLived)}  all; short: freed within ${SHORT_ROWS} operations`;
  return [paint.dim(head), ...rows, paint.dim(total)];
}

function cells(bytes: number, allocations: number, short: number): string {
  return `${grouped(bytes).padStart(13)} ${grouped(allocations).padStart(9)} ${`${percent(short, allocations)} %`.padStart(6)}`;
}
