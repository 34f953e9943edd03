// Draws pools and TAs with bars and advice.
import type { PartialRecord, PartialTa } from "../../abi/record.ts";
import { uuidText } from "../../abi/uuid.ts";
import { knobOf, poolAdvice } from "../../analyze/pool_advice.ts";
import { roomSentence } from "../../analyze/request_room.ts";
import { knobOfTa } from "../../analyze/shipped_tas.ts";
import { grouped, percent } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { bar, barWidth } from "./bar.ts";
import type { Paint } from "./paint.ts";
import { wrapLines } from "./wrap.ts";

const BAR = 24;

/** How pools and TAs change over several reports, in a sentence, by name or UUID. */
type Changes = ReadonlyMap<string, string>;

/** Pools as a table: in use, peak, size, a bar with the peak's mark, and one sentence of advice each. */
export function drawPools(pools: readonly PartialRecord[], paint: Paint, changes: Changes = new Map()): Printable[] {
  return [
    head(paint),
    ...pools
      .filter(({ size, name }) => size !== 0 || name !== "")
      .flatMap((pool) =>
        rows(pool, pool.name, { knob: knobOf(pool.name), growth: changes.get(pool.name) ?? "" }, paint),
      ),
  ];
}

/** TAs in the same form; one without an open session cannot be asked. */
export function drawTas(tas: readonly PartialTa[], paint: Paint, changes: Changes = new Map()): Printable[] {
  if (tas.length === 0) return [own("No TA is loaded.")];
  return tas.flatMap((ta) => {
    const line = shown`${printable(uuidText(ta.uuid))}${stateOf(ta, paint)}`;
    if (ta.heap.size !== 0)
      return [
        line,
        ...rows(ta.heap, "heap", { knob: knobOfTa(ta.uuid), growth: changes.get(uuidText(ta.uuid)) ?? "" }, paint),
      ];
    return [line, paint.dim("  No figures: a TA that panicked or has no open session cannot be queried.")];
  });
}

/** What is not recorded is left out. */
function stateOf({ panicked = 0, sessions }: PartialTa, paint: Paint): Printable {
  const open = sessions === undefined ? [] : [shown`${sessions} ${sessions === 1 ? "session" : "sessions"}`];
  const parts = [...(panicked === 0 ? [] : [paint.red("panicked")]), ...open];
  return parts.length === 0 ? own("") : shown`  ${joined(parts, ", ")}`;
}

function head(paint: Paint): Printable {
  return paint.dim(
    shown`${own("").padEnd(nameWidth(paint))}${own("in use").padStart(12)}${own("peak").padStart(12)}${own("size").padStart(12)}`,
  );
}

function rows(
  pool: PartialRecord,
  name: string,
  known: { readonly knob: string; readonly growth: string },
  paint: Paint,
): Printable[] {
  const { allocated, maxAllocated, size } = pool;
  const numbers = joined([allocated, maxAllocated, size].map((n) => shown` ${figure(n).padStart(11)}`));
  const advice = [poolAdvice({ ...pool, ...known }), roomSentence(pool)]
    .filter((text) => text !== "")
    .flatMap((text) => wrapLines(text, paint, "    "));
  if (size === 0) return [printable(name), ...advice.map((line) => paint.dim(line))];
  const wide = nameWidth(paint);
  // A name that has no room beside the figures has a line of its own.
  const first = name.length > wide ? [printable(name)] : [];
  const beside = name.length > wide ? own("") : printable(name);
  return [...first, shown`${beside.padEnd(wide)}${numbers}`, ...gauge(pool, paint), ...advice];
}

/** Columns of names: what the figures leave. */
function nameWidth({ width }: Paint): number {
  return Math.max(4, Math.min(20, width - 3 * 12));
}

/** What is not known is a question mark. */
function figure(value: number | undefined): Printable {
  return value === undefined ? own("?") : grouped(value);
}

/** A bar of what is in use, with the peak's mark; nothing where one of the figures is not known. */
function gauge({ allocated, maxAllocated, size }: PartialRecord, paint: Paint): Printable[] {
  if (size === undefined || allocated === undefined || maxAllocated === undefined) return [];
  const filled = mark(bar(allocated, size, barWidth(BAR, paint, 0.6)), maxAllocated / size, paint);
  return [shown`    ${filled} ${percent(allocated, size)} % now, ${percent(maxAllocated, size)} % at the peak`];
}

/** Sets the peak's mark into a bar. */
function mark(filled: Printable, share: number, paint: Paint): Printable {
  const cells = Array.from(filled, printable);
  const at = Math.min(cells.length - 1, Math.max(0, Math.ceil(share * cells.length) - 1));
  if (share > 0 && cells[at] === " ") cells[at] = own("╵");
  return shown`▕${paint.cyan(joined(cells))}▏`;
}
