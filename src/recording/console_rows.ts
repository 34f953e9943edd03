// What the secure console said, as rows of a recording.
import type { BatchColumns } from "./batch_columns.ts";
import type { RowSink } from "./rows.ts";
import { CONSOLE_HEAP } from "./schema.ts";

/** A line of the secure console with its end, or a part of one: all pieces one behind the other are what the console sent. */
export interface ConsolePiece {
  /** When its first byte came, in microseconds on the recording's clock. */
  readonly time: number;
  /** The question that was being asked then, else the mark that was running; empty if there was neither. */
  readonly during: string;
  /** One character for each byte. */
  readonly text: string;
}

/** The secure console of a recording. */
export interface RecordedConsole {
  /** Where it was read, like `tcp://127.0.0.1:54321`. */
  readonly name: string;
  /** In the order in which they came. They are unpacked as they are iterated over. */
  readonly pieces: Iterable<ConsolePiece>;
}

/** Consoles one behind the other. */
export function joinConsoles(consoles: readonly RecordedConsole[]): RecordedConsole {
  function* pieces(): Generator<ConsolePiece, void, undefined> {
    for (const one of consoles) yield* one.pieces;
  }
  return { name: consoles.map(({ name }) => name).join(", "), pieces: { [Symbol.iterator]: pieces } };
}

/** Adds a piece to a recording. */
export function writePiece({ time, during, text }: ConsolePiece, writer: RowSink): void {
  writer.add({ op: "mark", heap: CONSOLE_HEAP, time, name: during, command: text });
}

/** The pieces among the rows of a batch. */
export function* piecesIn(batch: BatchColumns): Generator<ConsolePiece, void, undefined> {
  if (!batch.numbersIn("heap").some((heap) => batch.textOf("heap", heap) === CONSOLE_HEAP)) return;
  const heaps = batch.texts("heap");
  let known = -1;
  for (let row = 0; row < batch.length; row++) {
    const heap = heaps[row] as number;
    if (heap !== known && batch.textOf("heap", heap) !== CONSOLE_HEAP) continue;
    known = heap;
    yield {
      time: batch.numbers("time")[row] as number,
      during: batch.textOf("name", batch.texts("name")[row] as number),
      text: batch.textOf("command", batch.texts("command")[row] as number),
    };
  }
}
