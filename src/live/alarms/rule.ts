// Rules of alarms: what they look at, and which words a file has for that.
import type { Budget } from "../../analyze/budget/budget.ts";
import type { Unit } from "../../analyze/budget/limit.ts";

/** What a rule looks at. */
export type AlarmKind = "near full" | "near peak" | "refusal" | "growth" | "panic" | "console" | "lost" | "budget";

/** A row of the table of kinds. */
interface KindRow {
  readonly kind: AlarmKind;
  readonly help: string;
  /** The limit that `over` gives; absent where there is none. */
  readonly over?: { readonly unit: Unit /** Absent where it must be given. */; readonly usual?: number };
  /** How long something that happened counts, in ms; absent where `within` has no sense. */
  readonly within?: number;
  /** How long it must hold, in ms, where the file does not say. */
  readonly hold: number;
  readonly heaps: boolean;
}

const MINUTE = 60_000;

/** All kinds, in the order in which help names them. */
export const KINDS: readonly KindRow[] = [
  {
    kind: "near full",
    help: "bytes in use, as a share of the pool",
    over: { unit: "percent", usual: 90 },
    hold: 0,
    heaps: true,
  },
  {
    kind: "near peak",
    help: "most bytes in use since the statistics were set back, as a share of the pool",
    over: { unit: "percent", usual: 95 },
    hold: 0,
    heaps: true,
  },
  { kind: "refusal", help: "a request that failed", within: 10 * MINUTE, hold: 0, heaps: true },
  { kind: "growth", help: "bytes an hour", over: { unit: "bytes" }, hold: 0, heaps: true },
  { kind: "panic", help: "a TA that panicked", within: 10 * MINUTE, hold: 0, heaps: true },
  {
    kind: "console",
    help: "a line of the secure console that reports a failed allocation, a panic or damage",
    within: 10 * MINUTE,
    hold: 0,
    heaps: false,
  },
  { kind: "lost", help: "a source that does not answer", hold: MINUTE, heaps: false },
  { kind: "budget", help: "a limit of a budget of 'teemem check' that is broken", hold: 0, heaps: true },
];

/** One rule of a file. */
export interface AlarmRule {
  /** As the file calls it. */
  readonly name: string;
  readonly kind: AlarmKind;
  /** Names, with a star for any beginning or end; empty for all. */
  readonly systems: readonly string[];
  readonly heaps: readonly string[];
  /** Percent or bytes an hour, see `KINDS`; 0 where the kind has none. */
  readonly over: number;
  /** Milliseconds. */
  readonly within: number;
  readonly hold: number;
  /** Of kind `budget`. */
  readonly budget?: { readonly path: string; readonly budget: Budget };
}

/** A silence of a file: what matches is on, and nobody hears of it. */
export interface Silence {
  readonly alarm: string;
  readonly system: string;
  readonly heap: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Whether a name is meant: `*` stands for any characters. Without a star the whole name has to be equal. */
export function matches(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === name;
  const last = rest.pop() ?? "";
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
