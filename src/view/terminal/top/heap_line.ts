// The line of a heap: as many figures as the terminal has room for.
import { grouped } from "../../../base/format.ts";
import { own, type Printable, printable, shown } from "../../../base/printable.ts";
import { peakOf, shareOf, type TopRow } from "../../model/heap_rows.ts";
import { paceText, shortSpan } from "../../model/span_text.ts";
import { fitted } from "../columns.ts";
import { type Cell, cell } from "./line.ts";
import { sparkline } from "./sparkline.ts";
import { useBar } from "./use_bar.ts";

type Look = Parameters<typeof cell>[1];

/** A column: at least so wide, and given more of what is left where it `grows`. */
interface TopColumn {
  readonly title: string;
  readonly width: number;
  readonly grows: number;
  readonly side: "left" | "right";
  of(row: TopRow, width: number, now: number): { readonly text: Printable; readonly look: Look };
}

const plain = (text: Printable, look: Look = null) => ({ text, look });
const number = (value: number | null): Printable => (value === null ? own("?") : grouped(value));

/** From the left. */
const COLUMNS: readonly TopColumn[] = [
  {
    title: "heap",
    width: 12,
    grows: 2,
    side: "left",
    of: ({ heap }) => plain(printable(heap.name), heap.gone ? "dim" : "bold"),
  },
  { title: "use", width: 4, grows: 0, side: "right", of: ({ heap }) => plain(percentOf(heap), lookOf(heap)) },
  { title: "", width: 8, grows: 3, side: "left", of: ({ heap }, width) => plain(useBar(heap, width), lookOf(heap)) },
  { title: "bytes", width: 10, grows: 0, side: "right", of: ({ heap }) => plain(number(heap.allocated)) },
  { title: "peak", width: 10, grows: 0, side: "right", of: ({ heap }) => plain(number(peakOf(heap))) },
  { title: "size", width: 10, grows: 0, side: "right", of: ({ heap }) => plain(number(heap.size)) },
  {
    title: "recent",
    width: 8,
    grows: 2,
    side: "left",
    of: ({ heap }, width, now) => plain(sparkline(heap.history, width, now), "cyan"),
  },
  {
    title: "a min",
    width: 6,
    grows: 0,
    side: "right",
    of: ({ heap }) =>
      plain(heap.growth === null ? own("") : paceText(heap.growth), heap.untilFull === null ? null : "yellow"),
  },
  {
    title: "full",
    width: 5,
    grows: 0,
    side: "right",
    of: ({ heap }) => plain(heap.untilFull === null ? own("") : shortSpan(heap.untilFull), "yellow"),
  },
  { title: "failed", width: 7, grows: 0, side: "right", of: ({ heap }) => plain(troubleOf(heap), "red") },
];

/** Titles in the order in which columns are given room. */
const FIRST = ["heap", "use", "", "failed", "bytes", "a min", "peak", "recent", "full", "size"];

/** The columns that a width has room for, with their widths. */
function columnsFor(width: number): readonly (readonly [TopColumn, number])[] {
  let left = width;
  const taken = new Set<TopColumn>();
  for (const title of FIRST) {
    const column = COLUMNS.find((one) => one.title === title);
    if (column === undefined || left < column.width + 1) continue;
    left -= column.width + 1;
    taken.add(column);
  }
  const shown = COLUMNS.filter((column) => taken.has(column));
  const all = shown.reduce((sum, { grows }) => sum + grows, 0);
  return shown.map((column) => [column, column.width + Math.floor((left * column.grows) / Math.max(1, all))]);
}

export function titleCells(width: number): Cell[] {
  return columnsFor(width).flatMap(([{ title, side }, wide]) => [
    cell(own(" ")),
    cell(fitted(printable(title), wide, side), "dim"),
  ]);
}

export function heapCells(row: TopRow, width: number, now: number): Cell[] {
  return columnsFor(width).flatMap(([column, wide]) => {
    const { text, look } = column.of(row, wide, now);
    return [cell(own(" ")), cell(fitted(text, wide, column.side), row.heap.gone ? "dim" : look)];
  });
}

function percentOf(heap: TopRow["heap"]): Printable {
  const share = shareOf(heap);
  return share === null ? own("?") : shown`${Math.round(100 * share)}%`;
}

/** Nearly full is red, three quarters yellow. */
function lookOf(heap: TopRow["heap"]): Look {
  const share = shareOf(heap) ?? 0;
  return share >= 0.9 ? "red" : share >= 0.75 ? "yellow" : "green";
}

function troubleOf({ panicked, failures, gone }: TopRow["heap"]): Printable {
  if (panicked) return own("panic");
  if (failures !== null && failures > 0) return grouped(failures);
  return gone ? own("gone") : own("");
}
