// Switches of a platform in a release: those of its build, and the release's default size of the core heap.
import { coreHeapSize } from "../release/core_heap_sizes.ts";
import type { Platform } from "./platform.ts";
import type { Switches } from "./switches.ts";

/**
 * What the platform's build has. Where it leaves CFG_CORE_HEAP_SIZE at its release's default, and the board has another one in
 * the release that is asked for, it is that.
 */
export function switchesOf({ board, version: own, switches }: Platform, version: string): Switches {
  const isDefault = switches.CFG_CORE_HEAP_SIZE === coreHeapSize(board, own);
  return isDefault ? { ...switches, CFG_CORE_HEAP_SIZE: coreHeapSize(board, version) } : switches;
}
