// Reads a heap trace of any length from a file, in bounded memory.
import { type Printable, printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { createTraceReader } from "../../replay/trace_reader.ts";
import type { Io } from "../outputs/outcome.ts";
import { createProgress } from "../outputs/progress.ts";
import { inputFailure, type OpenInput } from "./open_input.ts";
import { spool } from "./spool.ts";

/**
 * Reads the trace in a file that was opened by this path. One that was cut off is read up to the cut, which is said on standard
 * error; the error names the file and the line.
 */
export async function readTrace(
  path: string,
  file: OpenInput,
  { err: stderr, clock }: Partial<Pick<Io, "err" | "clock">>,
): Promise<Result<RecordedTrace>> {
  const progress = stderr && clock ? createProgress(stderr, clock) : null;
  const reader = createTraceReader(spool());
  let read: Result<RecordedTrace>;
  let done = 0;
  try {
    for await (const chunk of file.chunks()) {
      const problem = reader.add(chunk);
      if (problem !== null) return err(`${file.name}: ${problem}`);
      done += chunk.length;
      progress?.show(`${file.name}: reading`, done, file.packed === undefined ? (file.size ?? 0) : 0);
    }
    read = reader.finish(file.cut);
  } catch (error) {
    return err(inputFailure(path, error).text);
  } finally {
    progress?.clear();
  }
  if (!read.ok) return err(`${file.name}: ${read.error}`);
  if (read.value.cut === true) stderr?.write(cutText(file.name));
  return ok(read.value);
}

/** What is said of a trace that was cut off. */
export function cutText(name: string): Printable {
  return shown`teemem: ${printable(name)} is truncated: its last line has no end\n`;
}
