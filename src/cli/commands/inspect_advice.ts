// Names the command that reads what `teemem inspect` was given instead of a dump.
import { type InputKind, inputKind } from "../../recording/input_kind.ts";

const READERS: Readonly<Record<InputKind, string>> = {
  arrow: "it is a recording: teemem report reads it",
  "arrow-file": "it is an Arrow file: teemem report reads recordings",
  recorded: "it is a heap trace: teemem report or replay reads it",
  golden: "it is a heap trace: teemem replay reads it",
  xtest: "it has statistics of xtest: teemem report or doctor reads them",
  console: "it is a console log: teemem leaks or doctor --log reads it",
};

/** A line of OP-TEE's console. */
const CONSOLE_LINE = /\b[EIDFW]\/(?:TC|TA|LD)\b/;
const HEAD = 65536;

/** What reads these bytes, in words; null if nothing here does. */
export function readerOf(bytes: Uint8Array): string | null {
  const kind = inputKind(bytes);
  if (kind !== null) return READERS[kind];
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, HEAD));
  return CONSOLE_LINE.test(head) ? "it is a console log: teemem doctor --log reads it" : null;
}
