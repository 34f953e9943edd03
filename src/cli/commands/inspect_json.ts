// The JSON of `teemem inspect`.
import type { AllocatorState } from "../../analyze/dump/allocator_state.ts";
import type { DumpReport } from "../../analyze/dump/dump_report.ts";
import { hex } from "../inputs/numbers.ts";

/** What the allocator keeps outside of the heap; the sum of squares can be larger than JSON's numbers. */
function countersJson({ counters, gets, releases, free2Sum, lock }: AllocatorState) {
  return { ...counters, gets, releases, free2Sum: free2Sum === null ? null : String(free2Sum), lock };
}

/** A dump's heap as JSON: addresses as text in hexadecimal, sizes and offsets in the dump as numbers. */
export function dumpJson(report: DumpReport) {
  const { word, offset: from, base, baseFrom, contradicted, pools, damage, inFlight, slide } = report;
  const placed = (at: number): { address: string; offset: number } => ({ address: hex(base + at), offset: from + at });
  return {
    abi: word === 8 ? ("lp64" as const) : ("ilp32" as const),
    // Of the dump's first byte; a TA in a large dump can have lower addresses than offsets.
    base: base >= from ? hex(base - from) : null,
    baseFrom,
    ...(contradicted === null ? {} : { contradictedBase: hex(contradicted) }),
    state: report.state,
    // Null where the bytes do not tell whose heap it is.
    owner: report.owner.kind === "unknown" && !report.owner.scratch ? null : report.owner,
    counters: report.counted === null ? null : countersJson(report.counted),
    leakHeaders: report.leakHeaders,
    leakLayouts: report.leakLayouts,
    slide: slide === null ? null : { program: slide.program, shift: hex(slide.shift) },
    inFlight: inFlight === null ? null : { ...placed(inFlight.at), step: inFlight.step },
    poolTable: report.table,
    pools: pools.map(({ pool, blocks, lost }) => ({
      ...placed(pool.at),
      length: pool.length,
      blocks: blocks.map(({ at, size, free, payload, site }) => ({
        ...placed(at),
        size,
        free,
        ...(free ? {} : { payload, site }),
      })),
      lost: lost.map(({ at, length }) => ({ ...placed(at), length })),
    })),
    damage: damage.map((one) => ({
      ...placed(one.at),
      what: one.what,
      site: one.site,
      before: one.before < 0 ? null : { ...placed(one.before), site: one.siteBefore },
    })),
    doubtful: report.doubtful,
  };
}
