// Recognises a block that the allocator was just making or freeing when the dump was taken: it has no leak header yet, or no more.
import { roundUp } from "../../base/integer.ts";
import type { Memory } from "../../heap/memory.ts";
import type { Block, Damage } from "../../heap/walk.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { footerSize, leakHeaderSize, readLeakHeader } from "../../malloc/leak_header.ts";

/** A block on its way; `operation`: the bytes do not tell which one. */
export interface InFlight {
  readonly at: number;
  readonly step: "allocation" | "release" | "operation";
}

const MAGIC_BYTE = 0xad;
const FOOTER_BYTE = 0xec;

/**
 * The one block whose leak header is missing as a whole, if it is the only fault among `faults`: OP-TEE writes header and
 * footer under the heap's lock, so no more than one can be without. null if something is damaged.
 */
export function inFlight(ctx: MallocContext, blocks: readonly Block[], faults: readonly Damage[]): InFlight | null {
  const [only, ...more] = faults;
  const block = blocks.find(({ at }) => at === only?.at);
  if (only === undefined || more.length > 0 || block === undefined || block.free) return null;
  const { memory, geometry } = ctx.heap;
  const header = block.at + geometry.header;
  if (block.size < geometry.header + leakHeaderSize(memory) + footerSize(0)) return null;
  if (isCleared(ctx, block, header)) return { at: block.at, step: "release" };
  const { magic } = ctx.leakFields;
  const rest = geometry.freeHeader + footerSize(0);
  const none =
    !has(memory, header + magic, 4, MAGIC_BYTE) && !has(memory, block.at + block.size - rest, rest, FOOTER_BYTE);
  return none ? { at: block.at, step: "allocation" } : null;
}

/** Whether both magic numbers are zero and all else is sound: what a release writes before it frees the block. */
function isCleared({ heap, leakFields }: MallocContext, block: Block, header: number): boolean {
  const { view, geometry } = heap.memory;
  const { size } = readLeakHeader(heap.memory, header, leakFields);
  const front = leakHeaderSize(heap.memory);
  const spare = block.size - geometry.header - roundUp(front + size + footerSize(size), geometry.quantum);
  if (spare < 0 || spare > geometry.freeHeader) return false;
  const footer = header + front + roundUp(size, 4);
  return view.getInt32(header + leakFields.magic, true) === 0 && view.getInt32(footer, true) === 0;
}

/** Whether at least two of some bytes have a value: one can by chance. */
function has({ bytes }: Memory, at: number, length: number, value: number): boolean {
  return bytes.subarray(at, at + length).filter((byte) => byte === value).length >= 2;
}
