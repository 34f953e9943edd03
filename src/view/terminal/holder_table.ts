// Draws the table of holders by call site.
import type { Holder } from "../../analyze/holders.ts";
import { grouped } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import { bar, barWidth } from "./bar.ts";
import { placeRows } from "./narrow.ts";
import type { Paint } from "./paint.ts";

/** The title of the column of call sites. */
const SITES = "allocated at";

/** A table of who holds how much: bytes, blocks, a bar and the call site; the rest in one row. */
export function drawHolders(rows: readonly Holder[], paint: Paint, most = 10, what: string = SITES): Printable[] {
  const top = rows.slice(0, most);
  const largest = top[0]?.bytes ?? 0;
  const rest = rows.slice(most);
  const others = rest.reduce((sum, row) => sum + row.bytes, 0);
  const wide = barWidth(10, paint);
  const width = Math.max(8, grouped(Math.max(largest, others)).length);
  const line = (bytes: number, blocks: number): Printable =>
    shown`${grouped(bytes).padStart(width)} ${grouped(blocks).padStart(6)}`;
  const head = shown`${own("bytes").padStart(width)} ${own("blocks").padStart(6)}  ${own("").padEnd(wide)}`;
  const lines: [Printable, Printable][] = top.map(({ bytes, blocks, site }) => [
    shown`${line(bytes, blocks)}  ${paint.cyan(bar(bytes, largest, wide))}`,
    what === SITES ? paint.place(site) : printable(site),
  ]);
  if (rest.length > 0) {
    const blocks = rest.reduce((sum, row) => sum + row.blocks, 0);
    lines.push([
      shown`${line(others, blocks)}  ${own(" ").repeat(wide)}`,
      paint.dim(shown`${rest.length} more${what === SITES ? " call sites" : ""}`),
    ]);
  }
  return placeRows([[paint.dim(head), paint.dim(printable(what))], ...lines], paint);
}
