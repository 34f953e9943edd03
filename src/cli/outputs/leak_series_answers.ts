// What three and more snapshots of one heap tell: what came and stayed, and what grows on and on.
import { lacks } from "../../analyze/leak/compare.ts";
import { leakGrowth } from "../../analyze/leak/growth.ts";
import { type LeakSnapshot, totalOf } from "../../analyze/leak/snapshot.ts";
import { suspects } from "../../analyze/leak/three.ts";
import { counted, grouped } from "../../base/format.ts";
import { own } from "../../base/printable.ts";
import { drawGrowth, drawSuspects } from "../../view/terminal/leak_tables.ts";
import { BLANK, wrap } from "../../view/terminal/wrap.ts";
import type { Told } from "./leak_answer.ts";

const SHOWN = 20;
const FIRST_FEW = 3;

/** Three snapshots: a leak came both times. */
export function suspected(first: LeakSnapshot, second: LeakSnapshot, third: LeakSnapshot): Told {
  const most = Math.max(lacks(first), lacks(second));
  const rows = suspects(first, second, third).filter(
    ({ kept, late }) => most === 0 || kept.blocks + late.blocks > most,
  );
  const leaks = rows.filter(({ kind }) => kind === "leak");
  const isOpen = rows.length === 0 && blocksOf(third) + lacks(third) > Math.min(blocksOf(first), blocksOf(second));
  const verdict =
    leaks.length > 0
      ? `${counted(leaks.length, "call site")} left blocks both times: ${some(leaks)}. Blocks marked 'kept' came only with the first run, like caches.`
      : "No call site left blocks both times. Blocks marked 'kept' came only with the first run, like caches; 'new' ones came with the second.";
  const none = isOpen && lacks(third) > 0 ? "Whether any new block stayed is unknown." : "No new block stayed.";
  return {
    kind: "three",
    rows,
    grew: rows.length > 0 ? "yes" : isOpen && lacks(third) > 0 ? "unknown" : "no",
    leaks: leaks.map(({ site, kept, late }) => ({
      kind: "heap-growth",
      site,
      text: `${grouped(kept.bytes)} bytes stayed after the first run, ${grouped(late.bytes)} more after the second`,
    })),
    text: (paint) => [
      ...(rows.length === 0 ? [own(none)] : [...drawSuspects(rows, paint, SHOWN), BLANK, wrap(verdict, paint)]),
      BLANK,
    ],
  };
}

/** Four and more: growth for each step. */
export function followed(snapshots: readonly LeakSnapshot[]): Told {
  const rows = leakGrowth(snapshots);
  const leaks = rows.filter((row) => row.leaks);
  const freed = rows.filter((row) => row.freed);
  const verdict = [
    ...(leaks.length === 0
      ? []
      : [`${counted(leaks.length, "call site")} ${leaks.length === 1 ? "grows" : "grow"} steadily: ${some(leaks)}.`]),
    ...(freed.length === 0 ? [] : [withinSession(freed)]),
    ...(leaks.length + freed.length > 0 ? [] : [OCCASIONAL]),
  ].join(" ");
  return {
    kind: "many",
    rows,
    grew: leaks.length > 0 ? "yes" : "no",
    leaks: leaks.map(({ site, trend, bytes }) => ({
      kind: "heap-growth",
      site,
      text: `grows by ${grouped(Math.round(trend.slope))} bytes with each of ${counted(bytes.length - 1, "step")}`,
    })),
    text: (paint) =>
      rows.length === 0
        ? [own("No call site holds more at the end than at the beginning."), BLANK]
        : [...drawGrowth(rows, paint, SHOWN), BLANK, wrap(verdict, paint), BLANK],
  };
}

const OCCASIONAL = "Nothing grows steadily; the call sites above grew once or occasionally.";

function withinSession(freed: readonly { readonly site: string }[]): string {
  const were = freed.length === 1 ? "was" : "were";
  return `${counted(freed.length, "call site")} grew steadily, but ${were} freed at the end: ${some(freed)}. That is growth within a session, no leak.`;
}

function blocksOf(snapshot: LeakSnapshot): number {
  return totalOf(snapshot).blocks;
}

function some(rows: readonly { readonly site: string }[]): string {
  const names = rows.slice(0, FIRST_FEW).map(({ site }) => site);
  return rows.length > FIRST_FEW ? `${names.join(", ")} and ${rows.length - FIRST_FEW} more` : names.join(", ");
}
