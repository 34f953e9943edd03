// What a command says of the texts that it read.
import { joined, type Printable, shown } from "../../base/printable.ts";
import { summaryText, type TextSummary } from "../../recording/text_summary.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { drawRead } from "../../view/terminal/read_lines.ts";
import type { Output } from "./output.ts";

/** The lines that say what was read, for `out`. */
function readNote(read: readonly TextSummary[] | undefined, out: Output): Printable[] {
  const texts = (read ?? []).map((one) => ({ name: one.name, what: summaryText(one), firstUnread: one.firstUnread }));
  return drawRead(texts, createPaint(out));
}

/** Writes them, and a blank line. */
export function writeReadNote(read: readonly TextSummary[] | undefined, out: Output): void {
  const lines = readNote(read, out);
  if (lines.length > 0) out.write(shown`${joined(lines, "\n")}\n\n`);
}
