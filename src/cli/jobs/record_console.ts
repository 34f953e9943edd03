// The secure console of a recording in progress.
import { counted } from "../../base/format.ts";
import { printable, shown } from "../../base/printable.ts";
import { writePiece } from "../../recording/console_rows.ts";
import { createPieceCutter } from "../../recording/piece_cutter.ts";
import type { RowSink } from "../../recording/rows.ts";
import type { ConsoleFeed } from "../../source/console_feed.ts";
import type { Question, Source } from "../../source/source.ts";
import type { Io } from "../outputs/outcome.ts";

/** Writes what a console says, with what was asked or ran then. */
interface ConsoleRecorder {
  /** What runs from here on. */
  mark(name: string): void;
  /** What is being asked; empty when it is answered. */
  asks(question: Question | ""): void;
  /** Takes bytes; `time` in microseconds since the beginning. */
  hear(bytes: Uint8Array, time: number): void;
  /** Writes what has come of a line, says that the console has ended, and marks how long it was away; the time as above. */
  flush(time: number): void;
  /** How many lines came; of a console that is the system's own, empty. */
  summary(): string;
}

/** Records the console of a source, where it has one. */
export function createConsoleRecorder(
  { name, console }: Pick<Source, "name" | "console">,
  writer: RowSink,
  io: Pick<Io, "err">,
): ConsoleRecorder {
  let marked = "";
  let asked = "";
  let lines = 0;
  let since: number | null = null;
  let gaps = 0;
  const cutter = createPieceCutter((piece) => {
    if (piece.text.endsWith("\n")) lines++;
    writePiece(piece, writer);
  });
  function look({ ended }: ConsoleFeed, time: number): void {
    if (ended !== "" && since === null) {
      since = time;
      io.err.write(shown`teemem: ${printable(ended)}; the recording goes on without it\n`);
    } else if (ended === "" && since !== null) {
      const name = `no secure console for ${Math.max(1, Math.round((time - since) / 1e6))} s`;
      writer.add({ op: "mark", heap: "core", time, name });
      since = null;
      gaps++;
    }
  }
  return {
    mark(what) {
      marked = what;
    },
    asks(question) {
      asked = question;
    },
    hear: (bytes, time) => cutter.push(bytes, time, asked || marked),
    flush(time) {
      cutter.flush();
      if (console !== undefined) look(console, time);
    },
    summary() {
      if (console === undefined || console.name === name) return "";
      const away = gaps === 0 ? "" : ` with ${counted(gaps, "gap")}`;
      return lines > 0
        ? `, ${counted(lines, "console line")}${away}`
        : `, nothing from ${console.name} (does another program read it?)`;
    },
  };
}
