// What happened last and what secure consoles said, in the order of time.
import { own, type Printable, printable, shown } from "../../../base/printable.ts";
import type { HappeningKind, SystemState } from "../../../live/state/state.ts";
import type { Paint } from "../paint.ts";
import { type Cell, cell, type ScreenLine, screenLine } from "./line.ts";

const BAD: ReadonlySet<HappeningKind> = new Set(["refusal", "panic", "lost", "gap"]);

/** The last `rows` of them. `told`: name the system in each. */
export function saidLines(systems: readonly SystemState[], rows: number, width: number, paint: Paint): ScreenLine[] {
  const told = systems.length > 1;
  const all = systems.flatMap(({ name, epoch, console, happened }) => {
    const who = told ? [cell(shown`${printable(name)} `, "dim")] : [];
    const at = (time: number): Cell[] => [cell(shown`${wallTime(epoch + time)} `, "dim"), ...who];
    return [
      ...console.slice(-rows).map(({ time, text, trouble }) => ({
        time,
        cells: [...at(time), cell(printable(text), trouble ? "red" : null)],
      })),
      ...happened.slice(-rows).map(({ time, kind, text }) => ({
        time,
        cells: [
          ...at(time),
          cell(own("• "), BAD.has(kind) ? "red" : "dim"),
          cell(printable(text), BAD.has(kind) ? "red" : null),
        ],
      })),
    ];
  });
  const last = all.sort((a, b) => a.time - b.time).slice(-rows);
  return last.map(({ cells }) => screenLine(cells, width, paint));
}

/** A wall time as `12:04:05`. */
export function wallTime(ms: number): Printable {
  const date = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, "0");
  return printable(`${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`);
}
