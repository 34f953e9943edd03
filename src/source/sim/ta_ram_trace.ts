// The table of TA memory beside a recorded core trace.
import { err, ok, type Result } from "../../base/result.ts";

/** A range of TA memory that a recorded run took: rows of the core's trace, and pages of 4096 bytes. */
export interface TaRange {
  readonly take: number;
  /** -1 if it was never given back. */
  readonly give: number;
  readonly pages: number;
  /** The TA that was loaded; empty if none. */
  readonly uuid: string;
  /** Part of it: text, data, stack, ldelf-…. */
  readonly what: string;
}

/** Reads the table of TA memory that lies beside a core trace. The error names the line. */
export function parseTaRam(text: string): Result<TaRange[]> {
  const ranges: TaRange[] = [];
  const lines = text.split("\n");
  for (const [n, line] of lines.entries()) {
    if (line === "" || line.startsWith("#")) continue;
    const [take, give, pages, uuid, what, ...rest] = line.split("\t");
    const numbers = [take, give, pages].map(Number);
    if (what === undefined || rest.length > 0 || !numbers.every(Number.isInteger)) {
      return err(`line ${n + 1}: expected take, give, pages, uuid and what, separated by tabs`);
    }
    const [from = 0, to = 0, count = 0] = numbers;
    ranges.push({ take: from, give: to, pages: count, uuid: uuid === "-" ? "" : (uuid ?? ""), what });
  }
  return ok(ranges);
}
