// The secure console: OP-TEE's trace lines as seen in the logs of 4.0.0, 4.5.0 and 4.10.0.
import type { TracePoint } from "../../release/release.ts";

/** Takes lines of the secure console, without line end. */
export type ConsoleSink = (line: string) => void;

/** Letters of the trace levels, by number. */
const LETTERS = ["", "E", "I", "D", "F"];

/** Levels of console lines, as CFG_TEE_CORE_LOG_LEVEL counts them. */
export const LEVEL = { ERROR: 1, INFO: 2, DEBUG: 3, FLOW: 4 } as const;

/** For lines that name no place, such as those of a call stack. */
export const NOWHERE: TracePoint = { func: "", line: 0 };

/** Prints trace lines up to a level. */
export interface SecureConsole {
  /** Information has no place: `I/TC: text`. The others have: `E/TC:? 0 func:line text`, or `NOWHERE`: `E/TC:? 0 text`. */
  readonly print: (level: number, point: TracePoint | null, text: string) => void;
  /** A line of a TA: `I/TA: text`. */
  readonly taPrint: (level: number, text: string) => void;
  /** What a TA in C has formatted itself, whatever the level; one line or several. */
  readonly taWrite: (text: string) => void;
}

/** A console of the core (`TC`) that passes on lines up to `maxLevel`. */
export function createConsole(sink: ConsoleSink, maxLevel: number): SecureConsole {
  return {
    print(level, point, text) {
      if (level > maxLevel) return;
      const letter = LETTERS[level] ?? "";
      const place = point === null ? "" : point === NOWHERE ? "? 0" : `? 0 ${point.func}:${point.line}`;
      sink(`${letter}/TC:${place} ${text}`);
    },
    taPrint(level, text) {
      if (level <= maxLevel) sink(`${LETTERS[level] ?? ""}/TA: ${text}`);
    },
    taWrite(text) {
      for (const line of (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n")) sink(line);
    },
  };
}
