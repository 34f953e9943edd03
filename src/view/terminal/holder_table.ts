import type { Holder } from "../../analyze/holders.ts";
import { grouped } from "../../base/format.ts";
import { bar } from "./bar.ts";
import type { Paint } from "./paint.ts";

/** A table of who holds how much: bytes, blocks, a bar and the place in the code; the rest in one row. */
export function drawHolders(rows: readonly Holder[], paint: Paint, shown = 10, what = "allocated at"): string[] {
  const top = rows.slice(0, shown);
  const most = top[0]?.bytes ?? 0;
  const lines = top.map(
    ({ bytes, blocks, site }) => `${line(bytes, blocks)}  ${paint.cyan(bar(bytes, most, 10))}  ${site}`,
  );
  const rest = rows.slice(shown);
  if (rest.length > 0) {
    const bytes = rest.reduce((sum, row) => sum + row.bytes, 0);
    const blocks = rest.reduce((sum, row) => sum + row.blocks, 0);
    lines.push(`${line(bytes, blocks)}  ${" ".repeat(10)}  ${paint.dim(`${rest.length} more places`)}`);
  }
  return [paint.dim(`${"bytes".padStart(8)} ${"blocks".padStart(6)}  ${"".padEnd(10)}  ${what}`), ...lines];
}

function line(bytes: number, blocks: number): string {
  return `${grouped(bytes).padStart(8)} ${grouped(blocks).padStart(6)}`;
}
