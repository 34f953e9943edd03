// One heap in detail: its figures, its history as a chart, and who holds its memory.
import { grouped } from "../../../base/format.ts";
import { own, type Printable, printable, shown } from "../../../base/printable.ts";
import type { LiveSites } from "../../../live/state/fleet.ts";
import { peakOf, shareOf, type TopRow } from "../../model/heap_rows.ts";
import { paceText, spanText } from "../../model/span_text.ts";
import { fitted } from "../columns.ts";
import type { Paint } from "../paint.ts";
import { type Cell, cell, EMPTY, type ScreenLine, screenLine } from "./line.ts";
import { halfBlocks, partsOfHistory } from "./sparkline.ts";
import { useBar } from "./use_bar.ts";

/** Rows of the chart, as far as there is room. */
const CHART = 8;
const CHART_SPAN = 600_000;

interface DetailScene {
  readonly blocks: LiveSites | string | undefined;
  readonly now: number;
}

/** Lines for a size, the most important first. */
export function detailLines(
  { blocks, now }: DetailScene,
  row: TopRow | undefined,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  paint: Paint,
): ScreenLine[] {
  const line = (...cells: readonly Cell[]): ScreenLine => screenLine(cells, columns, paint);
  if (row === undefined) return [line(cell(own("It is not there any more."), "yellow"))];
  const { heap, system } = row;
  const head = [
    line(
      cell(printable(heap.name), "bold"),
      cell(shown`  ${printable(heap.uuid ?? "")}  ${printable(system.name)}`, "dim"),
    ),
    line(cell(useBar(heap, Math.max(4, Math.min(40, columns - 8)))), cell(shown` ${shareText(heap)}`)),
    ...figures(row).map(([name, text, look]) => line(cell(shown`${fitted(own(name), 12)}`, "dim"), cell(text, look))),
    EMPTY,
  ];
  const chartRows = Math.max(0, Math.min(CHART, rows - head.length - 8));
  const chart = chartRows < 2 ? [] : [...chartLines(row, chartRows, columns, now, paint), EMPTY];
  return [...head, ...chart, ...blockLines(blocks, system.can.liveBlocks, line)];
}

type Figure = readonly [
  name: "in use" | "peak" | "growth" | "full in" | "failed" | "sessions",
  text: Printable,
  look: "red" | "yellow" | null,
];

function figures({ heap }: TopRow): Figure[] {
  const { allocated, size, failures, biggestFailure, biggestFailureUsed, growth, untilFull, sessions, panicked } = heap;
  const peak = peakOf(heap);
  const list: Figure[] = [
    ["in use", shown`${bytes(allocated)} of ${bytes(size)} bytes`, null],
    ["peak", shown`${bytes(peak)} bytes`, null],
  ];
  if (growth !== null)
    list.push(["growth", shown`${paceText(growth)} bytes a minute`, untilFull === null ? null : "yellow"]);
  if (untilFull !== null) list.push(["full in", spanText(untilFull), "yellow"]);
  if (failures !== null) {
    const largest =
      biggestFailure === null || biggestFailure === 0
        ? own("")
        : shown`; the largest asked for ${grouped(biggestFailure)} bytes while ${bytes(biggestFailureUsed)} were in use`;
    list.push(["failed", shown`${grouped(failures)}${largest}`, failures > 0 ? "red" : null]);
  }
  if (sessions !== null || panicked)
    list.push([
      "sessions",
      shown`${sessions === null ? own("?") : grouped(sessions)}${panicked ? "; it panicked" : ""}`,
      panicked ? "red" : null,
    ]);
  return list;
}

function chartLines({ heap, system }: TopRow, rows: number, columns: number, now: number, paint: Paint): ScreenLine[] {
  const width = Math.max(1, columns - 1);
  const [first = now] = heap.history.times;
  const end = system.state === "ended" ? (heap.history.times.at(-1) ?? now) : now;
  const span = Math.max(1000, Math.min(CHART_SPAN, end - first));
  const values = partsOfHistory(heap.history, width, end, span);
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return [screenLine([cell(own("no figures so far"), "dim")], columns, paint)];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const title = shown`${grouped(low)} to ${grouped(high)} bytes in ${spanText(span)}`;
  return [
    screenLine([cell(title, "dim")], columns, paint),
    ...halfBlocks(values, low, high, rows).map((text) => screenLine([cell(text, "cyan")], columns, paint)),
  ];
}

function blockLines(
  blocks: LiveSites | string | undefined,
  can: boolean,
  line: (...cells: Cell[]) => ScreenLine,
): ScreenLine[] {
  if (!can) return [line(cell(own("This system does not tell who holds the memory: docs/sources.md."), "dim"))];
  if (blocks === undefined) return [line(cell(own("Who holds it: asking …"), "dim"))];
  if (typeof blocks === "string") return [line(cell(shown`Who holds it is not known: ${printable(blocks)}`, "yellow"))];
  const kind = blocks.bytes === "taken" ? "with headers" : "asked for";
  return [
    line(
      cell(
        shown`${fitted(own("bytes"), 10, "right")}${fitted(own("blocks"), 8, "right")}  call site (bytes ${kind})`,
        "dim",
      ),
    ),
    ...blocks.sites.map((one) =>
      line(
        cell(fitted(grouped(one.bytes), 10, "right")),
        cell(fitted(grouped(one.blocks), 8, "right")),
        cell(shown`  ${printable(one.site)}`),
      ),
    ),
  ];
}

function shareText(heap: TopRow["heap"]): Printable {
  const share = shareOf(heap);
  return share === null ? own("not known") : shown`${Math.round(100 * share)} %`;
}

function bytes(value: number | null): Printable {
  return value === null ? own("?") : grouped(value);
}
