// Draws the table of churn by call site.
import { type ChurnReport, SHORT_ROWS } from "../../analyze/report/churn.ts";
import { grouped, percent } from "../../base/format.ts";
import { own, type Printable, shown } from "../../base/printable.ts";
import { placeRows } from "./narrow.ts";
import type { Paint } from "./paint.ts";

/** Allocations and reallocs over time by call site: bytes, count, and the share that was freed at once. */
export function drawChurn(
  { bySite, bytes, allocations, reallocs, shortLived }: ChurnReport,
  paint: Paint,
  most: number,
): Printable[] {
  const head = shown`${own("bytes").padStart(13)} ${own("allocs").padStart(9)} ${own("short").padStart(6)}`;
  const rows: [Printable, Printable][] = bySite
    .slice(0, most)
    .map((row) => [cells(row.bytes, row.allocations, row.reallocs, row.shortLived), paint.place(row.site)]);
  const rest = bySite.slice(most);
  if (rest.length > 0) {
    const sum = (value: (row: (typeof rest)[number]) => number): number =>
      rest.reduce((total, row) => total + value(row), 0);
    const line = cells(
      sum((row) => row.bytes),
      sum((row) => row.allocations),
      sum((row) => row.reallocs),
      sum((row) => row.shortLived),
    );
    rows.push([line, paint.dim(shown`${rest.length} more call sites`)]);
  }
  const only = reallocs > 0 ? "; –: realloc" : "";
  const total = cells(bytes, allocations, reallocs, shortLived);
  const all = shown`all; short: freed in ${SHORT_ROWS} operations${only}`;
  return placeRows([[paint.dim(head), paint.dim("allocated at")], ...rows, [paint.dim(total), paint.dim(all)]], paint);
}

/** A buffer lives on through a realloc, so the share is of the other allocations. */
function cells(bytes: number, allocations: number, reallocs: number, short: number): Printable {
  const share = allocations === 0 ? own("–") : shown`${percent(short, allocations)} %`;
  return shown`${grouped(bytes).padStart(13)} ${grouped(allocations + reallocs).padStart(9)} ${share.padStart(6)}`;
}
