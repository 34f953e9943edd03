// Rebuilds what C keeps outside of the bytes of a dumped heap: list head, layout of leak headers, file names.
import { createPlainHeap } from "../../heap/create_heap.ts";
import { createContext, type MallocContext } from "../../malloc/context.ts";
import type { FileNames } from "../../malloc/names.ts";
import type { Release } from "../../release/release.ts";
import { headsOf } from "./links.ts";
import type { DumpHeap } from "./placed.ts";

/** What is known of a heap's build. */
interface HeapBuild {
  readonly leakHeaders: boolean;
  /** Whose layout of leak headers it has. */
  readonly release: Release | undefined;
  /** File name at an address; undefined for an address that is no name's. Without the program's file any may be one. */
  readonly nameAt: ((address: number) => string | undefined) | undefined;
}

/** The state of a heap, as far as its bytes tell; two where damage makes the list head doubtful. */
export function contextsOf(
  { memory, pools }: DumpHeap,
  { leakHeaders, release, nameAt }: HeapBuild,
): [MallocContext, ...MallocContext[]] {
  const { base, bytes, geometry } = memory;
  const names = namesFrom(nameAt);
  const options = { word: geometry.word, base, leakHeaders, names, ...(release === undefined ? {} : { release }) };
  const heads = headsOf(createPlainHeap(bytes, options), pools);
  const [one, ...others] = heads.map((head) => {
    const ctx = createContext(bytes, { ...options, headAddress: head.headAddress });
    return Object.assign(ctx, { heap: Object.assign(ctx.heap, head) });
  });
  return [one ?? createContext(bytes, options), ...others];
}

function namesFrom(nameAt: HeapBuild["nameAt"]): FileNames {
  return {
    address: () => 0,
    at: (address) => (address === 0 ? null : nameAt ? nameAt(address) : `0x${address.toString(16)}`),
  };
}
