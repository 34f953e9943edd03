import type { Timeline } from "../../analyze/report_timeline.ts";
import { grouped } from "../../base/format.ts";
import { printable } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

const LEVELS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const LABEL = 10;

/**
 * Draws allocated bytes over the rows of a heap as an area: each column shows the most that was allocated in it. The top
 * is the size of the pool. Below it are a ✗ where a request was refused, and the names of marks where they begin.
 */
export function drawTimeline(timeline: Timeline, pool: number, paint: Paint, height = 8): string[] {
  const { columns } = timeline;
  const top = Math.max(1, pool, ...columns.map(({ peak }) => peak));
  const highest = Math.max(...columns.map(({ peak }) => peak));
  const lines: string[] = [];
  for (let level = height - 1; level >= 0; level--) {
    const cells = columns.map(({ peak }) => cell(peak / top, level, height)).join("");
    const label = level === height - 1 ? grouped(top) : level === 0 ? "0" : "";
    lines.push(`${paint.dim(`${label.padStart(LABEL)} ┤`)}${paint.cyan(cells)}`);
  }
  const margin = " ".repeat(LABEL + 2);
  if (columns.some(({ refused }) => refused > 0)) {
    const crosses = columns.map(({ refused }) => (refused > 0 ? "✗" : " ")).join("");
    lines.push(`${margin}${paint.red(crosses.trimEnd())}`);
  }
  const peakAt = columns.findIndex(({ peak }) => peak === highest);
  lines.push(`${margin}${paint.yellow(note(peakAt, `▲ peak ${grouped(highest)}`, columns.length))}`);
  const names = markLine(timeline);
  if (names !== "") lines.push(`${margin}${paint.dim(names)}`);
  const each = (timeline.to - timeline.from) / columns.length;
  if (each >= 2) lines.push(`${margin}${paint.dim(`one column: ${grouped(Math.round(each))} operations`)}`);
  return lines;
}

function cell(share: number, level: number, height: number): string {
  const eighths = Math.round(share * height * 8) - level * 8;
  const shown = share > 0 && level === 0 ? Math.max(1, eighths) : eighths;
  return LEVELS[Math.max(0, Math.min(8, shown))] as string;
}

/** Sets a text so that its first character stands in a column, or its last where it would not fit. */
function note(column: number, text: string, width: number): string {
  if (column + text.length <= width) return " ".repeat(column) + text;
  const turned = `${text.slice(2)} ${text.slice(0, 1)}`;
  return " ".repeat(Math.max(0, column + 1 - turned.length)) + turned;
}

/** Names of marks at the columns where they begin, as many as there is room for: the longest first. */
function markLine({ marks, columns }: Timeline): string {
  const cells: string[] = Array.from({ length: columns.length }, () => " ");
  const byLength = marks.map((mark) => ({ ...mark, text: `╵${printable(mark.name)}` }));
  byLength.sort((a, b) => b.columns - a.columns || a.column - b.column);
  for (const { column, text } of byLength) {
    const end = column + text.length;
    const room =
      cells.slice(column, end + 1).every((char) => char === " ") && (column === 0 || cells[column - 1] === " ");
    if (end > cells.length || !room) continue;
    for (const [i, char] of Array.from(text).entries()) cells[column + i] = char;
  }
  return cells.join("").trimEnd();
}
