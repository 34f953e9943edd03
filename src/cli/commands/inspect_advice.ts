// Names the command that reads what `teemem inspect` was given instead of a dump.
import { type InputKind, inputKind } from "../../recording/input_kind.ts";
import { createContentReader } from "../../recording/text_content.ts";

const READERS: Readonly<Record<Exclude<InputKind, "text">, string>> = {
  arrow: "it is a recording: 'teemem report FILE' reads it",
  "arrow-file": "it is an Arrow file: 'teemem report FILE' reads recordings",
  recorded: "it is a heap trace: 'teemem report FILE' or 'teemem replay FILE' reads it",
  moments: "it has exact moments: 'teemem report FILE' reads them",
  plugin: "it is what the QEMU plugin wrote: 'teemem report FILE' or 'teemem record --from FILE' reads it",
  golden: "it is a heap trace: 'teemem replay FILE' reads it",
  "ta-events": "it has heap events of a TA: 'teemem report FILE' or 'teemem record --from FILE' reads it",
};

/** Bytes that tell a recording or a trace. */
const HEAD = 65536;

/** What reads this text, in words; null if nothing here does. */
export function readerOf(text: Uint8Array): string | null {
  const kind = inputKind(text.subarray(0, HEAD));
  if (kind !== "text") return READERS[kind];
  const reader = createContentReader("");
  reader.push(text);
  const { summary } = reader.end();
  if (summary.reports > 0) return "it has statistics of xtest: 'teemem report FILE' or 'teemem doctor FILE' reads them";
  if (summary.leakLists > 0) return "it has leak lists: 'teemem leaks FILE' reads them";
  return summary.faults > 0 || summary.printed > 0 ? "it is a console log: 'teemem doctor --log FILE' reads it" : null;
}
