// Tells lists of one program from those of two: other releases, builds, or TAs.
import { allocatorBlock } from "../../xtest/leak_words.ts";
import { libraryBlock } from "./library.ts";
import type { LeakSnapshot } from "./snapshot.ts";

/** Why the call sites of two lists are not the same places; null where they can be. */
export type Mismatch = "release" | "build" | "program" | null;

/** Fewer call sites prove nothing. */
const FEWEST = 3;

/** Compares the call sites of two lists. Two builds have the same files, but most of their lines are elsewhere. */
export function mismatch(a: LeakSnapshot, b: LeakSnapshot): Mismatch {
  const [inA, inB] = [ownSites(a), ownSites(b)];
  const common = inA.filter((site) => b.sites.has(site)).length;
  const moved = movedFrom(inA, inB, b);
  if (moved >= FEWEST && moved > common) return tablesDiffer(a, b) ? "release" : "build";
  if (common === 0 && inA.length >= FEWEST && inB.length >= FEWEST) return "program";
  return null;
}

/** Call sites of the first list that the second has in the same file, but at other lines only. */
function movedFrom(inA: readonly string[], inB: readonly string[], b: LeakSnapshot): number {
  const files = new Set(inB.map(fileOf));
  return inA.filter((site) => !b.sites.has(site) && files.has(fileOf(site))).length;
}

function tablesDiffer(a: LeakSnapshot, b: LeakSnapshot): boolean {
  const [ofA, ofB] = [a, b].map(({ sites }) => [...sites.keys()].filter((site) => allocatorBlock(site) === "table"));
  return ofA?.[0] !== undefined && ofB?.[0] !== undefined && !ofB.includes(ofA[0]);
}

function ownSites({ sites }: LeakSnapshot): string[] {
  return [...sites.keys()].filter((site) => libraryBlock(site) === null);
}

function fileOf(site: string): string {
  return site.slice(0, site.lastIndexOf(":"));
}
