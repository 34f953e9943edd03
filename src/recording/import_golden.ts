// Imports a golden trace by playing it.
import { err, type Result } from "../base/result.ts";
import type { HeapListener } from "../malloc/events.ts";
import { OPERATIONS } from "../malloc/operation.ts";
import { startGolden } from "../replay/golden_player.ts";
import { poolProblem } from "../replay/golden_pools.ts";
import { LARGEST_GOLDEN, parseGoldenTrace } from "../replay/golden_trace.ts";
import type { Variant } from "../replay/variant.ts";
import { imported } from "./imported.ts";
import type { Recording } from "./recording.ts";

/** What golden traces are played on where nothing else is said: a TA's heap of a 64-bit build. */
const USUAL: Variant = { word: 8, fit: "first", flavour: "ta", mdbg: false, debug: false };

/**
 * Plays a golden trace and records what its operations do: a heap "golden" with one instance. The time is the number of the
 * operation, as the trace has none; requests before the first pool are left out.
 */
export async function importGolden(bytes: Uint8Array, origin: string): Promise<Result<Recording>> {
  if (bytes.length > LARGEST_GOLDEN) return err(`too large for a golden trace: more than ${LARGEST_GOLDEN} bytes`);
  const trace = parseGoldenTrace(new TextDecoder().decode(bytes));
  if (!trace.ok) return trace;
  const problem = poolProblem(trace.value, USUAL);
  if (problem !== null) return err(problem);
  return imported({ origin, version: "" }, (writer) => {
    let time = 0;
    let pooled = false;
    const hear: HeapListener = (op, pointer, size, arg, result, file, line, allocated) => {
      time++;
      pooled ||= op === "P";
      if (!pooled) return;
      const place = file === null ? "unknown" : `${file}:${line}`;
      const row = { op: OPERATIONS[op].name, time, heap: "golden", instance: 1, thread: "-", place };
      writer.add({ ...row, pointer, size, arg, result, allocated });
    };
    startGolden(trace.value, USUAL, () => {}, hear).advance(trace.value.ops.length);
  });
}
