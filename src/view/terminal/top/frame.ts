// The screen of `teemem top`: all its lines, for a size.
import { counted } from "../../../base/format.ts";
import { clip, own, type Printable, printable, shown } from "../../../base/printable.ts";
import type { LiveSites } from "../../../live/state/fleet.ts";
import type { SystemState } from "../../../live/state/state.ts";
import { HEAP_ORDERS, heapRows, type TopRow } from "../../model/heap_rows.ts";
import { spanText } from "../../model/span_text.ts";
import type { Paint } from "../paint.ts";
import { detailLines } from "./detail.ts";
import { heapCells, titleCells } from "./heap_line.ts";
import { helpLines } from "./help.ts";
import { type Cell, cell, EMPTY, type ScreenLine, screenLine } from "./line.ts";
import { saidLines, wallTime } from "./said_lines.ts";
import { systemCells } from "./system_line.ts";
import type { TopView } from "./top_view.ts";

/** What is drawn. */
export interface TopScene {
  readonly systems: readonly SystemState[];
  readonly view: TopView;
  /** Live blocks of the chosen heap, or why they are not known; undefined while that is asked. */
  readonly blocks: LiveSites | string | undefined;
  /** What a key just did, in a sentence; empty for nothing. */
  readonly note: string;
  /** Milliseconds on the clock of the fleet. */
  readonly now: number;
}

/** Columns and rows of a terminal. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Lines that are kept for what was said, where the screen has so many. */
const SAID_SHARE = 0.3;

/** The rows that can be chosen, by their keys. */
export function rowKeys({ systems, view }: Pick<TopScene, "systems" | "view">): string[] {
  return systems.flatMap((system) => heapRows(system, view.filter, orderOf(view)).map(keyOf));
}

/** The system and the heap of a row's key. */
export function rowOf({ systems, view }: Pick<TopScene, "systems" | "view">): TopRow | undefined {
  const rows = systems.flatMap((system) => heapRows(system, view.filter, orderOf(view)));
  return rows.find((row) => keyOf(row) === view.chosen) ?? rows[0];
}

/** As many lines as the terminal has rows. */
export function frameOf(scene: TopScene, { columns, rows }: ScreenSize, paint: Paint): ScreenLine[] {
  const { view } = scene;
  const line = (cells: readonly Cell[], chosen = false): ScreenLine => screenLine(cells, columns, paint, chosen);
  const top = [line(headCells(scene)), ...alarmLines(scene, line)];
  const foot = line(footCells(scene));
  const room = Math.max(0, rows - top.length - 1);
  const body =
    view.page === "help"
      ? helpLines(columns, paint)
      : view.page === "detail"
        ? detailLines(scene, rowOf(scene), { columns, rows: room }, paint)
        : listLines(scene, { columns, rows: room }, paint);
  const lines = [...top, ...body.slice(0, room)];
  while (lines.length < rows - 1) lines.push(EMPTY);
  return [...lines.slice(0, rows - 1), foot];
}

function listLines(scene: TopScene, { columns, rows }: ScreenSize, paint: Paint): ScreenLine[] {
  const { systems, view, now } = scene;
  const chosen = rowOf(scene);
  const said = saidLines(systems, Math.floor(rows * SAID_SHARE), columns, paint);
  const list: ScreenLine[] = [];
  let at = 0;
  for (const system of systems) {
    list.push(screenLine(systemCells(system, now), columns, paint));
    for (const row of heapRows(system, view.filter, orderOf(view))) {
      const is = chosen !== undefined && keyOf(row) === keyOf(chosen);
      if (is) at = list.length;
      const cells = heapCells(row, columns, now);
      list.push(screenLine(is ? [cell(own("›")), ...cells.slice(1)] : cells, columns, paint, is));
    }
  }
  // What was said has a line of its own above it.
  const room = Math.max(1, rows - 1 - (said.length === 0 ? 0 : said.length + 1));
  const from = Math.max(0, Math.min(list.length - room, at - Math.floor(room / 2)));
  const visible = list.slice(from, from + room);
  const hidden = list.length - visible.length;
  const rule = hidden === 0 ? own("") : shown`${hidden} more lines: scroll, or / filters`;
  const gap = Math.max(0, rows - 1 - visible.length - (said.length === 0 ? 0 : said.length + 1));
  return [
    screenLine(titleCells(columns), columns, paint),
    ...visible,
    ...Array.from({ length: gap }, () => EMPTY),
    ...(said.length === 0
      ? []
      : [screenLine([cell(own("─".repeat(3) as "───"), "dim"), cell(shown` ${rule}`, "dim")], columns, paint)]),
    ...said,
  ];
}

function headCells({ systems, view, now }: TopScene): Cell[] {
  const [first] = systems;
  const cells = [cell(own("teemem top"), "bold"), cell(shown`  ${counted(systems.length, "system")}`)];
  if (first !== undefined) cells.push(cell(shown`  ${wallTime(first.epoch + now)}`));
  cells.push(view.paused ? cell(own("  paused"), "yellow") : cell(shown`  every ${paceOf(view.period)}`));
  if (view.order > 0 || view.turned)
    cells.push(cell(shown`  by ${printable(HEAP_ORDERS[view.order]?.title ?? "")}${view.turned ? " turned" : ""}`));
  if (view.filter !== "" || view.typing)
    cells.push(cell(shown`  /${clip(view.filter)}${view.typing ? "▏" : ""}`, "cyan"));
  return cells;
}

function footCells({ note, view }: TopScene): Cell[] {
  if (note !== "") return [cell(printable(note), "yellow")];
  if (view.typing) return [cell(own("type a part of a name; Enter keeps it, Esc drops it"), "dim")];
  const keys =
    view.page === "list"
      ? "q quit  Enter detail  s sort  / filter  p pause  R reset  ? help"
      : "Esc back  q quit  ? help";
  return [cell(own(keys), "dim")];
}

/** Alarms that are not silenced, at most three lines of them. */
function alarmLines({ systems, now }: TopScene, line: (cells: readonly Cell[]) => ScreenLine): ScreenLine[] {
  const all = systems.flatMap(({ name, alarms }) => alarms.map((alarm) => ({ name, alarm })));
  const loud = all.filter(({ alarm }) => alarm.silencedUntil === null);
  const lines = loud.slice(0, 3).map(({ name, alarm }) => {
    const who = systems.length > 1 ? shown`${printable(name)}: ` : own("");
    return line([
      cell(shown`! ${who}${printable(alarm.text)}, since ${spanText(now - alarm.since)}`, "red"),
      cell(shown`  (${printable(alarm.rule)})`, "dim"),
    ]);
  });
  const more = loud.length - lines.length;
  const silenced = all.length - loud.length;
  if (more > 0) lines.push(line([cell(shown`! ${counted(more, "more alarm")}`, "red")]));
  if (silenced > 0) lines.push(line([cell(shown`${counted(silenced, "alarm")} silenced`, "dim")]));
  return lines;
}

function paceOf(ms: number): Printable {
  return ms < 1000 ? shown`${ms} ms` : spanText(ms);
}

function orderOf({ order, turned }: TopView): { column: number; turned: boolean } {
  return { column: order, turned };
}

function keyOf({ system, heap }: TopRow): string {
  return `${system.name}\0${heap.key}`;
}
