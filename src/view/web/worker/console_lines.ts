// Lines of the secure console from the pieces that a recording keeps.
import type { ConsolePiece } from "../../../recording/console_rows.ts";
import type { IndexedRecording } from "../../../recording/indexed/indexed_recording.ts";
import { cleanLine } from "../../../text/clean.ts";
import { fromUtf8 } from "../../../text/latin1.ts";
import { createFactsReader } from "../../../xtest/facts/reader.ts";
import type { LineFacts } from "./questions.ts";

interface Lines {
  readonly lines: readonly LineFacts[];
  readonly more: boolean;
}

/** At most `most` lines that begin in [from, to]; `more` where there are others. */
export async function linesIn(
  recording: Pick<IndexedRecording, "console">,
  from: number,
  to: number,
  most: number,
  signal: AbortSignal,
): Promise<Lines> {
  const lines: LineFacts[] = [];
  const take = createLineCutter((line) => lines.push(line));
  for await (const piece of recording.console(from, to, signal)) {
    take.push(piece);
    if (lines.length > most) return { lines: lines.slice(0, most), more: true };
  }
  take.end();
  return { lines, more: false };
}

/** A line has the time of its first piece; the last one need not have an end. */
function createLineCutter(take: (line: LineFacts) => void): { push(piece: ConsolePiece): void; end(): void } {
  const reader = createFactsReader();
  let number = 0;
  let held = "";
  let since = 0;
  const hand = (): void => {
    const clean = cleanLine(held.replace(/[\r\n]/g, ""));
    held = "";
    const before = reader.faults;
    reader.take(clean, ++number);
    take({ time: since, text: fromUtf8(clean), bad: reader.faults > before });
  };
  return {
    push({ time, text }) {
      if (held === "") since = time;
      held += text;
      if (held.endsWith("\n")) hand();
    },
    end() {
      if (held !== "") hand();
    },
  };
}
