// Reads what the secure console of a recording said, and finds when its lines came.
import { countLeading } from "../base/bisect.ts";
import { putLatin1 } from "../text/latin1.ts";
import type { ConsolePiece, RecordedConsole } from "./console_rows.ts";
import { createContentReader, type TextContent } from "./text_content.ts";

/** When a line came, and what was asked or ran then. */
export type ConsoleMoment = Pick<ConsolePiece, "time" | "during">;

/** What a console said. */
export interface ConsoleContent {
  readonly name: string;
  readonly content: TextContent;
  /** The moment of a line of it, from 1; that of the line before it where there is no such line. */
  momentOf(line: number): ConsoleMoment;
}

/** Reads a console as any other text. Takes memory for the moments of its lines alone. */
export function readConsole({ name, pieces }: RecordedConsole): ConsoleContent {
  const reader = createContentReader(name);
  /** For each piece that begins a line: its number and its moment. */
  const lines: number[] = [];
  const times: number[] = [];
  const durings: string[] = [];
  let line = 1;
  let begins = true;
  for (const { time, during, text } of pieces) {
    const bytes = new Uint8Array(text.length);
    putLatin1(text, bytes);
    reader.push(bytes);
    if (begins) {
      lines.push(line);
      times.push(time);
      durings.push(during);
    }
    begins = text.endsWith("\n");
    if (begins) line++;
  }
  return {
    name,
    content: reader.end(),
    momentOf(wanted) {
      const at = Math.max(0, countLeading(lines.length, (n) => (lines[n] as number) <= wanted) - 1);
      return { time: times[at] ?? 0, during: durings[at] ?? "" };
    },
  };
}
