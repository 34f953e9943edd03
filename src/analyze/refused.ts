// Tells requests that got nothing.
import { asksMemory } from "../malloc/operation.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";

/** True for a request that got nothing. `at` is the index of its row in the columns. */
export function isRefused({ result, op }: Pick<RecordedTrace, "result" | "op">, at: number): boolean {
  return result[at] === 0 && asksMemory(op[at] as number);
}
