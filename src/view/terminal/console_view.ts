// Draws what the secure console of a recording told.
import type { ConsoleReport } from "../../analyze/console_report.ts";
import { grouped } from "../../base/format.ts";
import { clip, type Printable, printable, shown } from "../../base/printable.ts";
import { seconds } from "./failure_list.ts";
import { foldEqual } from "./fold_equal.ts";
import type { Paint } from "./paint.ts";
import { BLANK } from "./wrap.ts";

/** Characters of a line that are shown. */
const WIDTH = 160;
const TIME = 12;

/** The console in a line, then what it told, with times; `limit` of each kind. */
export function drawConsole({ name, said, events }: ConsoleReport, paint: Paint, limit: number): Printable[] {
  const head = shown`${paint.bold("secure console")}  ${printable(name)}: ${printable(said)}`;
  if (events.length === 0) return [head, paint.dim("  nothing of memory trouble in it")];
  const counts = new Map<string, number>();
  const chosen = events.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= limit;
  });
  const rest = events.length - chosen.length;
  const groups = foldEqual(chosen, ({ kind, during, text }) => JSON.stringify([kind, during, text]));
  return [
    head,
    BLANK,
    ...groups.map(({ first: { time, kind, during, text }, times }) => {
      const what = kind === "trouble" || kind === "dump" ? clip(text, WIDTH) : shown`${kind}: ${clip(text, WIDTH)}`;
      const when = during === "" ? BLANK : paint.dim(shown`  during ${printable(during)}`);
      const often = times === 1 ? BLANK : shown`  × ${grouped(times)}`;
      return shown`${seconds(time).padStart(TIME)}  ${kind === "trouble" ? paint.red(what) : what}${often}${when}`;
    }),
    ...(rest > 0 ? [paint.dim(shown`  and ${grouped(rest)} more; --json has them all`)] : []),
  ];
}
