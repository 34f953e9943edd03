// Says what of a platform in another release than its own was not recorded.
import { grouped } from "../base/format.ts";
import { boardMemory } from "../release/board_memory.ts";
import { releaseOf } from "../release/releases.ts";
import type { Platform } from "./platform.ts";
import { isOwnRelease } from "./release_memory.ts";
import { switchesOf } from "./release_switches.ts";

/** In sentences, what is by analogy where the platform runs as `version`; null for its own release. */
export function analogyOf(platform: Platform, version: string): string | null {
  const { name, version: own, board, core } = platform;
  if (!releaseOf(version).ok || isOwnRelease(platform, version)) return null;
  const { heapSlack, smallPools, heapUsed, build } = boardMemory(board, version);
  const size = switchesOf(platform, version).CFG_CORE_HEAP_SIZE;
  const more = (heapSlack ?? core.heapSlack) + smallPools.reduce((sum, { length }) => sum + length, 0);
  const pools = smallPools.length === 0 ? "1 pool" : `${smallPools.length + 1} pools`;
  const from = build === "" ? `what is beyond that as in ${own}` : `as measured in ${build}`;
  const used = heapUsed === null ? "" : ` There, ${grouped(heapUsed)} bytes of it were in use when Linux had booted.`;
  return (
    `By default the core heap of OP-TEE ${version} has CFG_CORE_HEAP_SIZE=${size} and ${grouped(more)} bytes more, in ${pools}: ${from}.${used} ` +
    `Not recorded, so as in ${own} (${name}): the blocks that the boot leaves, what calls and TAs allocate, and their call sites.`
  );
}
