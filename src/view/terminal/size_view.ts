// Draws the size report of one heap.
import type { HeapSize, VariantSize } from "../../analyze/size/heap_size.ts";
import type { SmallestPool } from "../../analyze/size/pool_search.ts";
import { counted, grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { headline } from "./headline.ts";
import { isNarrow } from "./narrow.ts";
import type { Paint } from "./paint.ts";
import { drawCurve } from "./size_curve_chart.ts";
import { drawTests } from "./size_tests.ts";
import { BLANK, bullet, wrapLines } from "./wrap.ts";

/** Sentences that a size report ends with; they name files and commands, so who calls knows them. */
export interface SizeNotes {
  /** What to set. */
  readonly advice: readonly string[];
  /** What fails one step below the answers. */
  readonly below: readonly string[];
  /** Commands that prove the answers. */
  readonly proof: readonly string[];
}

/** The smallest pools of one heap for people. */
export function drawHeapSize(size: HeapSize, notes: SizeNotes, paint: Paint): Printable[] {
  const { curve, tests } = size;
  const title = (text: Printable): Printable[] => [BLANK, shown`  ${paint.bold(text)}`];
  return [
    ...headline(size.heap, subtitle(size), paint),
    ...notes.advice.flatMap((text) => bullet(text, paint.green("→"), paint)),
    ...title(own("Smallest pool")),
    ...drawVariants(size, paint),
    ...notes.below.flatMap((text) => bullet(text, own("·"), paint)),
    ...(curve.length > 0 ? [...title(own("Failures by size")), ...drawCurve(curve, paint)] : []),
    ...(tests.length > 0 ? [...title(own("Each test alone")), ...drawTests(tests, paint)] : []),
    ...title(own("How it was found")),
    ...wrapLines(howFound(size), paint, "  "),
    ...(notes.proof.length > 0 ? [BLANK, ...notes.proof.map((line) => shown`  ${paint.dim(printable(line))}`)] : []),
  ];
}

const OF_64_BIT = "32-bit: replays the requests of the 64-bit recording, so it is too high";

function subtitle({ version, word, leakHeaders, operations, instances, pool, knob }: HeapSize): Printable {
  const setting = knob.added > 0 ? shown` = ${grouped(knob.configured)} + ${grouped(knob.added)}` : "";
  const parts = [
    ...(version === "" ? [] : [shown`OP-TEE ${printable(version)}`]),
    own(word === 8 ? "64-bit" : "32-bit"),
    ...(leakHeaders ? [own("leak headers")] : []),
    counted(operations, "operation"),
    ...(instances > 1 ? [counted(instances, "instance")] : []),
    shown`pool ${grouped(pool)}${setting}`,
  ];
  return joined(parts, ", ");
}

function drawVariants({ variants, word, leakHeaders, curable }: HeapSize, paint: Paint): Printable[] {
  const rows: [string, SmallestPool | null | undefined, SmallestPool | null | undefined][] = [];
  const pair = (w: number, leak: boolean): [VariantSize | undefined, VariantSize | undefined] => {
    const of = (fit: string): VariantSize | undefined =>
      variants.find((v) => v.fit === fit && v.word === w && v.leakHeaders === leak);
    return [of("first"), of("best")];
  };
  const [first, best] = pair(word, leakHeaders);
  if (curable > 0) {
    rows.push([shown`as built, ${counted(curable, "failure")} again`, first?.asRecorded, best?.asRecorded]);
    rows.push(["as built, all served", first?.served, best?.served]);
  } else rows.push(["as built", first?.served, best?.served]);
  for (const w of [word, 12 - word]) {
    for (const leak of [leakHeaders, !leakHeaders]) {
      const [one, other] = pair(w, leak);
      if (one === undefined || (w === word && leak === leakHeaders)) continue;
      const name = [w === 8 ? "64-bit" : "32-bit", ...(leak ? ["leak headers"] : ["no leak headers"])].join(", ");
      rows.push([name, one.served, other?.served]);
    }
  }
  // On a narrow terminal the figures have lines of their own, below each name.
  const narrow = isNarrow(paint);
  const wide = narrow ? 4 : 38;
  const line = (name: string, a: string, b: string): Printable[] => {
    const figures = shown`${printable(a).padStart(13)}${printable(b).padStart(13)}`;
    if (narrow)
      return [...(name === "" ? [] : [shown`  ${printable(name)}`]), shown`${own(" ").repeat(wide)}${figures}`];
    return [shown`  ${printable(name).padEnd(wide - 2)}${figures}`];
  };
  return [
    ...line("", "first fit", "best fit").map(paint.dim),
    ...rows.flatMap(([name, a, b]) => line(name, poolText(a), poolText(b))),
    ...(variants.some((v) => v.word === 4) && word === 8 ? wrapLines(OF_64_BIT, paint, "  ").map(paint.dim) : []),
  ];
}

/** A size in bytes, or what stands for none. */
export function poolText(found: SmallestPool | null | undefined): Printable {
  if (found === null || found === undefined) return own("–");
  return found.pool === null ? own("none") : grouped(found.pool);
}

function howFound({ variants, quantum }: HeapSize): string {
  const [first, best] = variants;
  const window = (name: string, v: VariantSize | undefined): string =>
    v === undefined
      ? ""
      : `${name}: ${counted(v.served.tried, "size")} tried, every one from ${grouped(v.served.from)} to ${grouped(v.served.to)} and every eighth up to ${grouped(v.served.far)}` +
        (v.served.lucky.length > 0
          ? `; ${counted(v.served.lucky.length, "smaller size works", "smaller sizes work")} by luck (${grouped(v.served.lucky[0] ?? 0)} for example), but a larger size fails`
          : "");
  return (
    `The recording was replayed in OP-TEE's allocator, first in pools of a coarse grid. The gap above the largest pool that fails was halved down to the quantum, ${quantum} bytes; ` +
    `then the sizes around the answer were tried. A larger pool places blocks in another way, so it may fail where a smaller one works. ` +
    `So the answer is the smallest size from which every larger size that was tried works. ${window("First fit", first)}. ${window("Best fit", best)}.`
  );
}
