// Tells lists of one program from those of two: other releases, builds, or TAs.
import { allocatorBlock } from "../../xtest/leak_words.ts";
import { libraryBlock } from "./library.ts";
import type { LeakSnapshot } from "./snapshot.ts";

/** Why the call sites of two lists are not the same places. */
export type Mismatch = "release" | "build" | "program";

/** Fewer files prove nothing: a program takes and frees memory at many lines. */
const FEWEST = 3;

/**
 * Compares the files and lines of two lists; null where they can be of one program. Two builds have the same files, most of
 * them with other lines only.
 */
export function mismatch(a: LeakSnapshot, b: LeakSnapshot): Mismatch | null {
  const [ofA, ofB] = [ownSites(a), ownSites(b)];
  const [filesOfA, filesOfB] = [filesOf(ofA), filesOf(ofB)];
  const common = filesOf(ofA.filter((site) => b.sites.has(site)));
  const both = [...filesOfA].filter((file) => filesOfB.has(file));
  const moved = both.length - common.size;
  if (moved > 0 && tablesDiffer(a, b)) return "release";
  if (moved >= FEWEST && moved > common.size) return "build";
  return both.length === 0 && filesOfA.size >= FEWEST && filesOfB.size >= FEWEST ? "program" : null;
}

/** The table of pools is at another line of the allocator. */
function tablesDiffer(a: LeakSnapshot, b: LeakSnapshot): boolean {
  const [ofA, ofB] = [a, b].map(({ sites }) => [...sites.keys()].filter((site) => allocatorBlock(site) === "table"));
  return ofA?.[0] !== undefined && ofB?.[0] !== undefined && !ofB.includes(ofA[0]);
}

function ownSites({ sites }: LeakSnapshot): string[] {
  return [...sites.keys()].filter((site) => libraryBlock(site) === null);
}

function filesOf(sites: readonly string[]): Set<string> {
  return new Set(sites.map((site) => site.slice(0, site.lastIndexOf(":"))));
}
