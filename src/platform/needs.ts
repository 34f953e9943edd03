// Asks a platform for a call site or a series, or gets the sentence that says why it has none.
import type { Release } from "../release/release.ts";
import { releaseOf } from "../release/releases.ts";
import type { BlockSite, Platform } from "./platform.ts";
import { namesOf, type SiteName, useOf } from "./site_names.ts";

/** Thrown where something needs what its platform lacks. The message says so. */
export class MissingData extends Error {
  override readonly name = "MissingData";
}

/** A call site. Throws `MissingData` if the platform lacks it: never a size of another platform, and never 0. */
export function callSite(platform: Platform, name: SiteName): BlockSite {
  const site = platform.sites.get(name);
  if (site === undefined) throw new MissingData(noSize(platform, name));
  return site;
}

/** Bytes of a block for `n` of what its name counts. */
export function blockBytes({ fixed, unit }: BlockSite, n = 0): number {
  return fixed + unit * n;
}

/** Groups of call sites, and series, that something needs as a whole, so that nothing is left half done. */
const NEEDS = {
  call: { groups: ["call"], series: [] },
  application: { groups: ["ta"], series: ["load", "unload", "loader"] },
  storage: { groups: ["storage"], series: [] },
  cryptography: { groups: ["key", "copy", "context", "work"], series: [] },
} as const;

const SERIES = { load: "loading an application", unload: "unloading an application", loader: "the loader" } as const;

/** null if a platform has all that something needs; else a sentence. */
export function lackOf(platform: Platform, what: keyof typeof NEEDS): string | null {
  const { groups, series } = NEEDS[what];
  const name = groups.flatMap(namesOf).find((one) => !platform.sites.has(one));
  if (name !== undefined) return noSize(platform, name);
  const part = series.find((one) => platform[one].missing !== null);
  return part === undefined
    ? null
    : `platform ${platform.name} has no data for ${SERIES[part]}: ${platform[part].missing}`;
}

/** Goes on if a platform has all that something needs, before anything is allocated for it. Throws `MissingData` else. */
export function need(platform: Platform, what: keyof typeof NEEDS): void {
  const said = lackOf(platform, what);
  if (said !== null) throw new MissingData(said);
}

/**
 * Its name, for a system that runs as `release`. Where its boot is not whole, or is another release's, this is said beside it, as
 * then no figure of the heap is a board's.
 */
export function titleOfPlatform({ name, boot, version }: Platform, release: Release): string {
  if (boot.missing !== null) return `${name} (only a part of its boot: ${boot.missing})`;
  const own = releaseOf(version);
  return own.ok && own.value === release ? name : `${name} (by analogy: the blocks are those of ${version})`;
}

/** Everything that a platform lacks, a sentence each. */
export function gapsOf(platform: Platform): string[] {
  const { boot } = platform;
  const start = boot.missing === null ? [] : [`platform ${platform.name} has only a part of its boot: ${boot.missing}`];
  const parts = (["load", "unload", "loader"] as const)
    .filter((part) => platform[part].missing !== null)
    .map((part) => `platform ${platform.name} has no data for ${SERIES[part]}: ${platform[part].missing}`);
  return [...start, ...parts, ...[...platform.missing.keys()].map((name) => noSize(platform, name))];
}

function noSize({ name: platform, missing }: Platform, name: SiteName): string {
  return `platform ${platform} has no size for ${useOf(name).is} (${name}): ${missing.get(name) ?? "not captured"}`;
}
