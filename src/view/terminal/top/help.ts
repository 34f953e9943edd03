// The help screen of `teemem top`.
import { own, type Printable } from "../../../base/printable.ts";
import { fitted } from "../columns.ts";
import type { Paint } from "../paint.ts";
import { cell, EMPTY, type ScreenLine, screenLine } from "./line.ts";

const KEYS = [
  ["q, Ctrl-C", "quit"],
  ["↑ ↓, j k", "choose a heap; Page Up, Page Down, Home, End go further"],
  ["Enter", "one heap in detail: chart, live blocks by call site; Esc goes back"],
  ["s, r", "sort by the next column; the other way round"],
  ["/", "filter by a part of a name, a UUID or a system; Esc drops it"],
  ["p, blank", "pause: nothing is asked; again: go on"],
  ["+ -", "ask more often, less often"],
  ["R", "set maxima and counters of failures back, where the system can"],
  ["z", "silence the alarms of this system for an hour; again: hear them"],
  ["Ctrl-L", "draw the screen anew"],
  ["Ctrl-Z", "stop; 'fg' goes on"],
] as const satisfies readonly (readonly [string, string])[];

const WORDS = [
  "The bar is what is in use, │ the peak. use: share of the pool. recent: the last",
  "two minutes. a min: growth a minute over the last ten. full: time until it is",
  "full at that pace, only where it grows on and on. failed: requests that failed.",
  "? is not known.",
] as const;

export function helpLines(width: number, paint: Paint): ScreenLine[] {
  const line = (text: Printable, key: Printable = own("")): ScreenLine =>
    screenLine([cell(key, "bold"), cell(text)], width, paint);
  return [
    EMPTY,
    ...KEYS.map(([key, text]) => line(own(text), fitted(own(key), 11))),
    EMPTY,
    ...WORDS.map((text) => line(own(text))),
    EMPTY,
    line(own("Any other key goes back.")),
  ];
}
