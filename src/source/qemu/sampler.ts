// Looks at a heap of a running machine again and again, and tells what happened between two looks.
import { type AllocatorState, readState } from "../../analyze/dump/allocator_state.ts";
import { type BlockChange, type BlockList, changeOf, listBlocks } from "./block_list.ts";
import type { CoreHeap } from "./secure_world.ts";

/** What was seen since the look before. */
export interface Seen {
  readonly before: BlockList;
  readonly after: BlockList;
  readonly change: BlockChange;
  readonly state: AllocatorState;
  /** Operations that happened, and left nothing to be seen: blocks that came and went in between. Exact, as the allocator counts. */
  readonly missed: number;
  /** Bytes of a request that failed, where its size is known: it is the largest that failed so far. null for none. */
  readonly refused: number | null;
  /** More than one was seen, so their order is not known. */
  readonly together: boolean;
}

/** How a look ended: nothing new, something, a heap that is another one now, a machine that is gone. */
type Look = Seen | "same" | "other" | "gone";

export interface Sampler {
  /** The blocks and the state of the last look that was whole. */
  readonly blocks: BlockList;
  readonly state: AllocatorState;
  look(): Look;
}

/** Begins to look at a heap; null where it does not rest. `image`: the secure memory, of which the heap's part is filled. */
export function createSampler(
  { heap, spot, reader }: CoreHeap,
  image: Uint8Array,
  leakHeaders: boolean,
): Sampler | null {
  const { m } = heap;
  const { pools, place } = spot;
  const taken = (): { readonly state: AllocatorState; readonly blocks: BlockList } | null => {
    if (!reader.take(image)) return null;
    const state = readState(m, place);
    const blocks = listBlocks(m, pools, leakHeaders);
    // What does not add up is of two moments, or damaged.
    return blocks === null || blocks.bytes !== state.allocated ? null : { state, blocks };
  };
  const first = taken();
  if (first === null) return null;
  let last = first;
  let count = operationsOf(first.state);
  return {
    get blocks() {
      return last.blocks;
    },
    get state() {
      return last.state;
    },
    look() {
      const now = reader.state();
      if (now === null) return "gone";
      if (now.poolCount !== pools.length || operationsOf(now) < count) return "other";
      if (operationsOf(now) === count && now.counters.failures === last.state.counters.failures) return "same";
      const next = taken();
      if (next === null) return "same";
      const { blocks: before, state: old } = last;
      const happened = operationsOf(next.state) - count;
      const change = changeOf(before, next.blocks);
      const seen = change.gone.length + change.come.length;
      last = next;
      count = operationsOf(next.state);
      const { state, blocks: after } = next;
      return {
        before,
        after,
        change,
        state,
        missed: happened - seen,
        refused: refusedIn(old, state),
        together: seen > 1,
      };
    },
  };
}

/** The counters keep the size of the largest request that failed: one that is smaller leaves its count alone. */
function refusedIn({ counters: before }: AllocatorState, { counters: after }: AllocatorState): number | null {
  return after.failures > before.failures && after.biggestFailure > before.biggestFailure ? after.biggestFailure : null;
}

function operationsOf({ gets, releases }: AllocatorState): number {
  return gets + releases;
}
