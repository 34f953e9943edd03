// Damage of a dumped heap, for SARIF: at the line that asked for the block which was probably written beyond.
import type { DumpReport } from "../../analyze/dump/dump_report.ts";
import type { SarifNote } from "../../export/sarif_notes.ts";
import { hex } from "../inputs/numbers.ts";

/** One for each fault. */
export function damageNotes({ base, damage, owner }: DumpReport): SarifNote[] {
  return damage.map(({ at, what, site, before, siteBefore }) => {
    const block = `block ${named(base + at, site)}: ${what}`;
    const suspect =
      before < 0 ? "" : `; the block before it, the usual suspect, is ${named(base + before, siteBefore)}`;
    return { kind: "heap-damage", heap: heapOf(owner), text: `${block}${suspect}`, site: siteBefore ?? site ?? "" };
  });
}

/** As recordings call it; empty where the bytes do not tell. */
function heapOf({ kind, uuid }: DumpReport["owner"]): string {
  return { core: "core", ta: `ta-${uuid}`, loader: `ldelf of ${uuid}`, unknown: "" }[kind];
}

function named(address: number, site: string | null): string {
  return `${hex(address)}${site === null ? "" : ` from ${site}`}`;
}
