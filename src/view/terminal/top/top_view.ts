// What a user has chosen in `teemem top`, and what a key makes of it.
import { HEAP_ORDERS } from "../../model/heap_rows.ts";

/** What is shown, and how. */
export interface TopView {
  readonly page: "list" | "detail" | "help";
  readonly order: number;
  readonly turned: boolean;
  readonly filter: string;
  /** The filter is being typed. */
  readonly typing: boolean;
  readonly paused: boolean;
  /** Milliseconds from question to question. */
  readonly period: number;
  /** The chosen row; -1 before any was chosen: then the first is. */
  readonly chosen: string;
}

/** What else a key asks for. */
export type TopAction = "quit" | "stop" | "reset" | "silence" | "redraw" | null;

/** Pace by which `+` and `-` change it. */
const PERIODS = [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000];

export function firstView(period: number): TopView {
  return { page: "list", order: 0, turned: false, filter: "", typing: false, paused: false, period, chosen: "" };
}

/** A key, `keys` those of the rows that are shown. */
export function pressed(view: TopView, key: string, keys: readonly string[]): readonly [TopView, TopAction] {
  if (key === "ctrl-c") return [view, "quit"];
  if (key === "ctrl-z") return [view, "stop"];
  if (key === "ctrl-l") return [view, "redraw"];
  if (view.typing) return [typed(view, key), null];
  if (view.page === "help" && key !== "q") return [{ ...view, page: "list" }, null];
  return command(view, key, keys);
}

function command(view: TopView, key: string, keys: readonly string[]): readonly [TopView, TopAction] {
  const at = Math.max(0, keys.indexOf(view.chosen));
  const go = (to: number): readonly [TopView, TopAction] => [
    { ...view, chosen: keys[Math.max(0, Math.min(keys.length - 1, to))] ?? "" },
    null,
  ];
  switch (key) {
    case "q":
      return [view, "quit"];
    case "up":
    case "k":
      return go(at - 1);
    case "down":
    case "j":
      return go(at + 1);
    case "page-up":
      return go(at - 10);
    case "page-down":
      return go(at + 10);
    case "home":
    case "g":
      return go(0);
    case "end":
    case "G":
      return go(keys.length - 1);
    case "enter":
      return [
        { ...view, page: view.page === "detail" || keys.length === 0 ? "list" : "detail", chosen: keys[at] ?? "" },
        null,
      ];
    case "escape":
      return [view.page === "detail" ? { ...view, page: "list" } : { ...view, filter: "" }, null];
    case "s":
      return [{ ...view, order: (view.order + 1) % HEAP_ORDERS.length, turned: false }, null];
    case "r":
      return [{ ...view, turned: !view.turned }, null];
    case "/":
      return [{ ...view, page: "list", typing: true, filter: "" }, null];
    case "p":
    case " ":
      return [{ ...view, paused: !view.paused }, null];
    case "+":
      return [{ ...view, period: PERIODS.findLast((one) => one < view.period) ?? view.period }, null];
    case "-":
      return [{ ...view, period: PERIODS.find((one) => one > view.period) ?? view.period }, null];
    case "R":
      return [view, "reset"];
    case "z":
      return [view, "silence"];
    case "?":
    case "h":
      return [{ ...view, page: "help" }, null];
    default:
      return [view, null];
  }
}

function typed(view: TopView, key: string): TopView {
  if (key === "enter") return { ...view, typing: false };
  if (key === "escape") return { ...view, typing: false, filter: "" };
  if (key === "backspace") return { ...view, filter: [...view.filter].slice(0, -1).join("") };
  // Keys with a name are no text.
  return [...key].length === 1 ? { ...view, filter: view.filter + key } : view;
}
