// Prints a check list step by step, and what a command changed in pools.
import { grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { beside, isNarrow } from "./narrow.ts";
import type { Paint } from "./paint.ts";
import { wrapLines } from "./wrap.ts";

/** A step that was done, or could not be tried. */
interface ListedStep {
  readonly name: string;
  readonly state: "ok" | "failed" | "unknown" | "skipped";
  readonly text: string;
}

const STATE = 9;
const NAME = 16;

/** A step: how it ended, its name, and what was found, with what to do. */
export function drawStep({ name, state, text }: ListedStep, paint: Paint): Printable {
  const colour = { ok: paint.green, failed: paint.red, unknown: paint.yellow, skipped: paint.dim }[state];
  const head = shown`  ${colour(own(state))}${own(" ").repeat(STATE - state.length)}${printable(name)}`;
  return joined(beside(head, 2 + STATE + NAME, text, paint), "\n");
}

/** A pool before and after a command. */
interface ChangedPool {
  readonly name: string;
  readonly before: { readonly allocated?: number; readonly maxAllocated?: number };
  readonly after: { readonly allocated?: number; readonly maxAllocated?: number; readonly size?: number };
  readonly failed: number | undefined;
}

/** What a command did to pools, a line each. */
export function drawPoolChanges(pools: readonly ChangedPool[], paint: Paint): Printable[] {
  if (isNarrow(paint)) return pools.flatMap((pool) => changedInWords(pool, paint));
  return [
    paint.dim(own("  in use before       after         peak        size  failed  pool")),
    ...pools.map(({ name, before, after, failed }) => {
      const rose = after.maxAllocated !== before.maxAllocated;
      const cells = [
        number(before.allocated).padStart(15),
        number(after.allocated).padStart(12),
        shown`${number(after.maxAllocated)}${rose ? " " : "*"}`.padStart(13),
        number(after.size).padStart(12),
        shown`${failed === undefined ? own("?") : shown`+${failed}`}`.padStart(8),
      ];
      return shown`${joined(cells)}  ${printable(name)}`;
    }),
    ...(pools.some(({ before, after }) => after.maxAllocated === before.maxAllocated)
      ? [paint.dim(own("  * of an earlier time: what ran now took no more"))]
      : []),
  ];
}

function changedInWords({ name, before, after, failed }: ChangedPool, paint: Paint): Printable[] {
  const facts = [
    `in use ${number(before.allocated)} before, ${number(after.allocated)} after`,
    `peak ${number(after.maxAllocated)}${after.maxAllocated === before.maxAllocated ? " of an earlier time" : ""}`,
    `size ${number(after.size)}`,
    `failed ${failed === undefined ? "?" : `+${failed}`}`,
  ];
  return [shown`  ${printable(name)}`, ...wrapLines(facts.join("; "), paint, "    ")];
}

function number(value: number | undefined): Printable {
  return value === undefined ? own("?") : grouped(value);
}
