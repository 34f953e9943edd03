// Where a TA was when it panicked.
import type { TaModule } from "../module/ta_module.ts";
import { readCodePlaces } from "./code_places.ts";
import { wasmFrames } from "./wasm_frames.ts";

/** What the linker puts around a function that a module exports, and what the compiler calls for its checks. */
const AROUND = /\.command_export$|^__(?:asan|msan|ubsan)_|^teemem_/;

/** True for a function that nobody wrote into the TA; these have no place. */
export function isAround(func: string): boolean {
  return AROUND.test(func);
}

/** The functions on the stack of an error, innermost first, as `func at file:line`, equal ones in one line; none for an error from elsewhere. */
export function panicStack({ bytes, word, original }: TaModule, error: unknown): string[] {
  const frames = error instanceof Error ? wasmFrames(error.stack ?? "") : [];
  if (frames.length === 0) return [];
  const places = readCodePlaces(bytes, word);
  return frames
    .filter(({ own }) => own)
    .flatMap(({ offset }) => places(original(offset)))
    .filter(({ func, place }) => place !== "" || !isAround(func))
    .map(({ func, place }) => (place === "" ? func : `${func} at ${place}`))
    .reduce(counted, [])
    .map(({ line, times }) => (times === 1 ? line : `${line} (${times} times)`));
}

function counted(lines: { line: string; times: number }[], line: string): { line: string; times: number }[] {
  const last = lines.at(-1);
  if (last?.line === line) last.times++;
  else lines.push({ line, times: 1 });
  return lines;
}
