// Blocks of a platform's call sites, on any heap.
import { assert } from "../../base/assert.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { calloc, free, freeWipe, malloc } from "../../malloc/malloc.ts";
import { blockBytes } from "../../platform/needs.ts";
import type { BlockSite } from "../../platform/platform.ts";

/** Allocates a block for `n` of what its call site counts. Returns 0 if there is no room. */
export function takeBlock(heap: MallocContext, site: BlockSite, n = 0): number {
  const { zeroed, file, line } = site;
  const bytes = blockBytes(site, n);
  return zeroed ? calloc(heap, 1, bytes, file, line) : malloc(heap, bytes, file, line);
}

/** Frees a block of a call site; nothing for block 0. */
export function giveBlock(heap: MallocContext, block: number, { name, end }: BlockSite): void {
  assert(end !== null, `${name} is never freed`);
  (end.wiped ? freeWipe : free)(heap, block, end.file, end.line);
}
