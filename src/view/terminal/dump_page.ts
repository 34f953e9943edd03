// Draws the page about one heap of a dump.
import type { DumpBlock, DumpDamage, DumpPool, DumpReport } from "../../analyze/dump/dump_report.ts";
import { holders } from "../../analyze/holders.ts";
import { mostOf } from "../../base/extremes.ts";
import { counted, grouped } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import { addressText, type DumpPageOptions, drawDumpNotes, layoutName } from "./dump_notes.ts";
import { countersText, ownerText } from "./dump_owner.ts";
import { drawHeapMap } from "./heap_map.ts";
import { drawHolders } from "./holder_table.ts";
import { placeRows } from "./narrow.ts";
import type { Paint } from "./paint.ts";
import { BLANK } from "./wrap.ts";

const ORIGIN = {
  given: "as given",
  "pool table": "from the pool table",
  "free list": "from the free list",
  nothing: "unknown, so addresses are offsets",
} as const;

const HALFWAY = own(
  "  (a dump of a running system can catch the allocator halfway: if a second one is sound, so is the heap)",
);

/** The page about one heap of a dump: its pools with their maps, who holds what, damage; every block if asked for. */
export function drawDump(report: DumpReport, paint: Paint, options: DumpPageOptions): Printable[] {
  const { base, pools, damage } = report;
  const sites = holders(
    pools.flatMap(({ blocks }) => blocks).flatMap(({ site, size }) => (site === null ? [] : [{ size, site }])),
  );
  return [
    paint.bold(drawHead(report)),
    ...drawDumpNotes(report, options).map((note) => paint.yellow(note)),
    ...(report.counted === null ? [] : countersText(report.counted, report.owner)),
    ...pools.flatMap((pool, n) => [BLANK, ...drawPool(pool, n, base, paint)]),
    ...(options.everyBlock ? [BLANK, ...pools.flatMap(({ blocks }) => drawBlocks(blocks, base, paint))] : []),
    ...(sites.length > 0 ? [BLANK, ...drawHolders(sites, paint)] : []),
    BLANK,
    ...drawDamage(damage, base, paint),
    ...(report.halfway ? [HALFWAY] : []),
    ...(report.doubtful > 0
      ? [paint.yellow(shown`${counted(report.doubtful, "fault")} more may be none, as bytes are missing there`)]
      : []),
  ];
}

function drawHead(report: DumpReport): Printable {
  const { word, offset, base, baseFrom, leakHeaders, leakLayouts, state, pools } = report;
  const [layout] = leakLayouts;
  const as = layout === undefined ? "" : shown` (${layoutName(layout)})`;
  const build = shown`${word === 8 ? "64 bit" : "32 bit"}, ${leakHeaders ? "with" : "without"} leak headers${as}`;
  const heap = shown`Heap of ${counted(pools.length, "pool")}`;
  if (offset > 0)
    return shown`${heap} at offset ${addressText(offset)}: ${build}${state === "unknown" ? "" : shown`, ${own(state)}`}${ownerText(report.owner)}; addresses ${ORIGIN[baseFrom]}`;
  const where =
    baseFrom === "nothing" ? ORIGIN.nothing : shown`dump begins at ${addressText(base)} (${ORIGIN[baseFrom]})`;
  return shown`${heap}: ${build}; ${where}`;
}

function drawPool({ pool, blocks, lost }: DumpPool, n: number, base: number, paint: Paint): Printable[] {
  const used = blocks.filter(({ free }) => !free);
  const free = blocks.filter((block) => block.free);
  const sum = (some: readonly DumpBlock[]): number => some.reduce((bytes, { size }) => bytes + size, 0);
  const largest = mostOf(
    free.map(({ size }) => size),
    0,
  );
  const missing = lost.reduce((bytes, { length }) => bytes + length, 0);
  return [
    shown`Pool ${n} at ${addressText(base + pool.at)}, ${grouped(pool.length)} bytes`,
    shown`  ${counted(used.length, "used block")} of ${grouped(sum(used))} bytes, ${counted(free.length, "free block")} of ${grouped(sum(free))}, the largest ${grouped(largest)}`,
    ...(missing > 0
      ? [paint.yellow(shown`  ${grouped(missing)} bytes cannot be read as blocks because of the damage below`)]
      : []),
    ...drawHeapMap({ pool, blocks, end: pool.at + pool.length, damage: null }, paint),
  ];
}

function drawBlocks(blocks: readonly DumpBlock[], base: number, paint: Paint): Printable[] {
  const head = shown`${own("address").padStart(18)} ${own("bytes").padStart(10)} ${own("payload").padStart(10)}`;
  const rows = blocks.map(({ at, size, free, payload, site }): [Printable, Printable] => {
    const start = shown`${addressText(base + at).padStart(18)} ${grouped(size).padStart(10)}`;
    return free
      ? [paint.dim(shown`${start} ${own("free").padStart(10)}`), own("")]
      : [shown`${start} ${grouped(payload).padStart(10)}`, printable(site ?? "")];
  });
  return placeRows([[paint.dim(head), paint.dim("allocated at")], ...rows], paint);
}

function drawDamage(damage: readonly DumpDamage[], base: number, paint: Paint): Printable[] {
  if (damage.length === 0)
    return [paint.green("No damage found: headers, free list and leak headers agree with each other.")];
  return [
    paint.red(shown`${counted(damage.length, "fault")}:`),
    ...damage.flatMap(({ at, what, site, before, siteBefore }) => [
      shown`  block ${named(base + at, site)}: ${printable(what)}`,
      before < 0
        ? own("    no block lies before it")
        : shown`    the block before it, the usual suspect, is ${named(base + before, siteBefore)}`,
    ]),
  ];
}

function named(address: number, site: string | null): Printable {
  return shown`${addressText(address)}${site === null ? "" : shown` from ${printable(site)}`}`;
}
