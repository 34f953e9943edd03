// The JSON of `teemem inspect`.
import type { DumpReport } from "../../analyze/dump/inspect.ts";
import { hex } from "../inputs/numbers.ts";

/** A dump's heap as JSON: addresses as text in hexadecimal, sizes as numbers. */
export function dumpJson({ word, base, baseFrom, leakHeaders, table, pools, damage }: DumpReport): object {
  const at = (offset: number): string => hex(base + offset);
  return {
    abi: word === 8 ? "lp64" : "ilp32",
    base: hex(base),
    baseFrom,
    leakHeaders,
    poolTable: table,
    pools: pools.map(({ pool, blocks, lost }) => ({
      address: at(pool.at),
      offset: pool.at,
      length: pool.length,
      blocks: blocks.map(({ at: block, size, free, payload, site }) => ({
        address: at(block),
        offset: block,
        size,
        free,
        ...(free ? {} : { payload, site }),
      })),
      lost: lost.map(({ at: from, length }) => ({ address: at(from), offset: from, length })),
    })),
    damage: damage.map((one) => ({
      address: at(one.at),
      offset: one.at,
      what: one.what,
      site: one.site,
      before: one.before < 0 ? null : { address: at(one.before), offset: one.before, site: one.siteBefore },
    })),
  };
}
