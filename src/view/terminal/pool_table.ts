// Draws pools and TAs with bars and advice.
import type { AllocRecord, TaRecord } from "../../abi/record.ts";
import { knobOf, poolAdvice } from "../../analyze/pool_advice.ts";
import { roomSentence } from "../../analyze/request_room.ts";
import { grouped, percent } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { bar } from "./bar.ts";
import type { Paint } from "./paint.ts";
import { wrapLines } from "./wrap.ts";

const BAR = 24;

/** Pools as a table: in use, peak, size, a bar with the peak's mark, and one sentence of advice each. */
export function drawPools(pools: readonly AllocRecord[], paint: Paint): Printable[] {
  return [
    head(paint),
    ...pools
      .filter(({ size, name }) => size > 0 || name !== "")
      .flatMap((pool) => rows(pool, pool.name, knobOf(pool.name), paint)),
  ];
}

/** TAs in the same form; one without an open session cannot be asked. */
export function drawTas(tas: readonly TaRecord[], paint: Paint): Printable[] {
  if (tas.length === 0) return [own("No TA is loaded.")];
  return tas.flatMap(({ uuid, panicked, sessions, heap }) => {
    const state = shown`${panicked ? paint.red("panicked, ") : ""}${sessions} ${sessions === 1 ? "session" : "sessions"}`;
    const line = shown`${printable(uuid)}  ${state}`;
    if (heap.size > 0) return [line, ...rows(heap, "heap", "TA_DATA_SIZE", paint)];
    return [line, paint.dim("  No figures: a TA that panicked or has no open session cannot be queried.")];
  });
}

function head(paint: Paint): Printable {
  return paint.dim(
    shown`${own("").padEnd(20)}${own("in use").padStart(12)}${own("peak").padStart(12)}${own("size").padStart(12)}`,
  );
}

function rows(pool: AllocRecord, name: string, knob: string, paint: Paint): Printable[] {
  const { allocated, maxAllocated, size } = pool;
  const numbers = joined([allocated, maxAllocated, size].map((n) => grouped(n).padStart(12)));
  const advice = [poolAdvice({ ...pool, knob }), roomSentence(pool)]
    .filter((text) => text !== "")
    .flatMap((text) => wrapLines(text, 80, "    "));
  if (size === 0) return [printable(name), ...advice.map((line) => paint.dim(line))];
  const gauge = mark(bar(allocated, size, BAR), maxAllocated / size, paint);
  return [
    shown`${printable(name).padEnd(20)}${numbers}`,
    shown`    ${gauge} ${percent(allocated, size)} % now, ${percent(maxAllocated, size)} % at the peak`,
    ...advice,
  ];
}

/** Sets the peak's mark into a bar. */
function mark(filled: Printable, share: number, paint: Paint): Printable {
  const cells = Array.from(filled, printable);
  const at = Math.min(cells.length - 1, Math.max(0, Math.ceil(share * cells.length) - 1));
  if (share > 0 && cells[at] === " ") cells[at] = own("╵");
  return shown`▕${paint.cyan(joined(cells))}▏`;
}
