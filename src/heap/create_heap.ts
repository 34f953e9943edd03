// Makes the state of an allocator that does as OP-TEE 4.0.0 lib/libutils/isoc/bget.c does, step by step.
import { assert } from "../base/assert.ts";
import { geometryOf } from "./geometry.ts";
import { type BuildOptions, type Expansion, HEAD, type Heap } from "./heap.ts";
import { createMemory } from "./memory.ts";

const noExpansion: Expansion = { compact: null, acquire: null, release: null, increment: 0 };

/** Makes an allocator without a pool and without a finder over the given bytes, which are not touched. */
export function createPlainHeap(bytes: Uint8Array, options: BuildOptions = {}): Heap {
  const word = options.word ?? 8;
  assert(options.fit === undefined || options.fit === "first" || options.fit === "best", "fit is first or best");
  return {
    memory: createMemory(bytes, { word, base: options.base ?? 0x40000000 }),
    geometry: geometryOf(word),
    bestFit: options.fit === "best",
    freeWipe: options.freeWipe ?? false,
    zeroGrown: options.zeroGrown ?? true,
    sumsFreeList: options.sumsFreeList ?? false,
    headAddress: options.headAddress ?? 0x0f000000,
    finder: null,
    headForward: HEAD,
    headBack: HEAD,
    allocated: 0,
    gets: 0,
    releases: 0,
    // Not 0: V8 keeps a field that begins as a small integer as one, and drops all compiled code when it outgrows that.
    freeSquares: -0,
    expansion: noExpansion,
    poolSize: 0,
    pools: 0,
    poolGets: 0,
    poolReleases: 0,
    directGets: 0,
    directReleases: 0,
  };
}
