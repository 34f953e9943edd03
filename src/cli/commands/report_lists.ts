// `teemem report` of leak lists: what the last list of a heap holds. Lists have no pool, no peak and no operations.
import type { Holder } from "../../analyze/holders.ts";
import { totalOf } from "../../analyze/leak/snapshot.ts";
import { leftByInstances } from "../../analyze/leak/trace.ts";
import { counted, grouped } from "../../base/format.ts";
import { type Printable, printable, shown } from "../../base/printable.ts";
import { listsOf, NO_POOL, type RecordedList } from "../../recording/list_row.ts";
import type { Recording } from "../../recording/recording.ts";
import { drawHolders } from "../../view/terminal/holder_table.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { BLANK, wrap } from "../../view/terminal/wrap.ts";
import { inputWord } from "../inputs/open_input.ts";
import { librarySentence } from "../outputs/library_text.ts";
import { matchesHeap } from "../systems/heap_name.ts";

/** The leak lists of one heap. Bytes asked for. */
export interface ListReport {
  readonly heap: string;
  readonly lists: number;
  /** The last one, its call sites the largest first. */
  readonly last: { readonly blocks: number; readonly bytes: number; readonly sites: readonly Holder[] };
  /** Blocks of it that are not sure, and whether it has its end. */
  readonly uncertain: number;
  readonly state: RecordedList["state"];
}

/** The heaps of a recording that are leak lists. */
export function listReports({ traces }: Recording, heap: string | undefined): ListReport[] {
  return traces.flatMap((trace) => {
    const lists = matchesHeap(trace.context, heap) ? listsOf(trace) : null;
    const [told, last] = [lists?.at(-1), leftByInstances(trace).at(-1)];
    if (lists === null || told === undefined || last === undefined) return [];
    const sites = [...last.sites].map(([site, sum]) => ({ site, ...sum })).sort((a, b) => b.bytes - a.bytes);
    return [{ heap: trace.context, lists: lists.length, last: { ...totalOf(last), sites }, ...told }];
  });
}

/** The same as lines. */
export function drawListReport(
  { heap, lists, last, uncertain, state }: ListReport,
  paint: Paint,
  top: number,
  files: readonly string[],
): Printable[] {
  const which = lists === 1 ? "a leak list" : `the last of ${counted(lists, "leak list")}`;
  const doubt = uncertain === 0 ? "" : `; ${counted(uncertain, "block")} not sure`;
  const cut = state === "cut" || state === "broken" ? "; cut: it lacks its end" : "";
  const apart = librarySentence(last.sites);
  return [
    shown`${paint.bold(printable(heap))}  ${printable(which)}: ${counted(last.blocks, "block")}, ${grouped(last.bytes)} bytes${printable(`${doubt}${cut}`)}`,
    wrap(
      `${NO_POOL[0]?.toUpperCase()}${NO_POOL.slice(1)}. 'teemem leaks ${files.map(inputWord).join(" ")}' compares lists.`,
      paint,
    ),
    BLANK,
    ...drawHolders(last.sites, paint, top),
    ...(apart === "" ? [] : [wrap(apart, paint)]),
  ];
}
