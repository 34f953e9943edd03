// What of a platform holds where it runs as a release: its own memory and pools in its own one, those that were measured else.
import { type BoardMemory, boardMemory } from "../release/board_memory.ts";
import { releaseOf } from "../release/releases.ts";
import type { Platform } from "./platform.ts";

/** True if the platform was recorded in this release, or in one that differs in nothing. */
export function isOwnRelease({ version: own }: Pick<Platform, "version">, version: string): boolean {
  const [asked, recorded] = [releaseOf(version), releaseOf(own)];
  return asked.ok && recorded.ok && asked.value === recorded.value;
}

/** The memory of the core in a release. In the platform's own one, small pools are those that its boot adds. */
export function coreMemoryOf({ board, core, version: own, boot }: Platform, version: string): BoardMemory {
  const measured = boardMemory(board, version);
  if (!isOwnRelease({ version: own }, version)) return measured;
  const { heapBase, heapSlack, ram } = core;
  const added = boot.steps.flatMap(({ op, arg = 0, size }) => (op === "P" ? { behind: arg, length: size } : []));
  const smallPools = added.length > 0 ? added : measured.smallPools;
  return { ...measured, heapBase, heapSlack, smallPools, coreRam: ram ?? measured.coreRam };
}

/** True if the platform's boot adds further pools. */
export function addsPools({ boot }: Platform): boolean {
  return boot.steps.some(({ op }) => op === "P");
}

/** The platform with a boot that adds no pool, as where they are other ones or another heap's. */
export function withoutFurtherPools(platform: Platform): Platform {
  const { boot } = platform;
  if (!addsPools(platform)) return platform;
  return { ...platform, boot: { ...boot, steps: boot.steps.filter(({ op }) => op !== "P") } };
}
