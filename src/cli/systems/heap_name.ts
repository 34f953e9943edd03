// Finds the heap that `--heap` names.
import { clip } from "../../base/printable.ts";
import { shellWord } from "../../base/shell_word.ts";
import { listsOf } from "../../recording/list_row.ts";
import type { Recording } from "../../recording/recording.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { suggest } from "../outputs/nearest.ts";
import { builtUuids } from "./built_names.ts";
import { nameOfTa, uuidOfName } from "./known_tas.ts";

/**
 * True for a heap that is asked for: all if nothing is; by its whole name, by the beginning of its UUID, or by the name of its
 * TA: one that is known, or was built on this machine. `TA` is every TA's.
 */
export function matchesHeap(context: string, heap: string | undefined): boolean {
  if (heap === undefined || heap === "all" || context === heap) return true;
  if (!context.startsWith("ta-") || heap === "") return false;
  if (heap === "TA" || context.startsWith(heap.startsWith("ta-") ? heap : `ta-${heap.toLowerCase()}`)) return true;
  return uuidsOfHeap(heap).some((uuid) => context === `ta-${uuid}`);
}

function uuidsOfHeap(name: string): readonly string[] {
  const uuid = uuidOfName(name);
  return uuid === undefined ? builtUuids(name, process.env) : [uuid, ...builtUuids(name, process.env)];
}

/** Characters of the heaps that are listed. */
const MOST_NAMES = 200;

/** A heap with its events, and the entries into it. */
interface HeapEvents {
  readonly trace: RecordedTrace;
  readonly entries: Recording["entries"];
}

/** The heaps that are asked for and have events: leak lists have none. */
export function heapsWithEvents({ traces, entries }: Recording, heap: string | undefined): HeapEvents[] {
  return traces.flatMap((trace, index) =>
    matchesHeap(trace.context, heap) && listsOf(trace) === null
      ? [{ trace, entries: entries.filter((entry) => entry.trace === index) }]
      : [],
  );
}

/** Files and a heap as arguments of a command that is printed; empty where there is no file to name, but standard input. */
export function commandWords(paths: readonly string[], heap: string): string {
  if (paths.length === 0 || paths.includes("-")) return "";
  return ["--heap", shellWord(heap), ...paths.map(shellWord)].join(" ");
}

/** What is wrong where nothing matches. */
export function noSuchHeap({ traces, samples, origin }: Recording, heap: string | undefined): string {
  if (heap === undefined) return `${origin}: nothing recorded, neither heap events nor counters of a heap`;
  return noHeapIn("this recording", heap, [
    ...traces.map(({ context }) => context),
    ...samples.map((sample) => sample.heap),
  ]);
}

/** The same for heaps by their names: those of TAs have the TA's name beside them, which may have been meant. */
export function noHeapIn(where: string, heap: string, heaps: readonly string[]): string {
  const all = [...new Set(heaps)];
  const named = all.map((one) => ({ one, ta: nameOfTa(one.replace(/^ta-/, "")) }));
  const words = named.flatMap(({ one, ta }) => (ta === undefined ? [one] : [one, ta]));
  const list = named.map(({ one, ta }) => (ta === undefined ? one : `${one} (${ta})`));
  return `no heap '${clip(heap)}' in ${where}${suggest(heap, words)}; it has ${clip(list.join(", "), MOST_NAMES)}`;
}
