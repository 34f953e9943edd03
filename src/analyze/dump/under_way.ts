// Tells from the allocator's lock and counters whether faults are those that an operation leaves for a moment.

import { previousFree } from "../../heap/block.ts";
import type { Block, Damage } from "../../heap/walk.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { damagedPart, leakHeaderSize } from "../../malloc/leak_header.ts";
import type { AllocatorState } from "./allocator_state.ts";
import type { InFlight } from "./in_flight.ts";

/** An operation touches its block and the header behind it, and of the free list the neighbours of one block. */
const MOST_HEADER_FAULTS = 2;
const MOST_LINK_FAULTS = 2;

/**
 * The block that an operation was working on, if all faults lie around it and the counters differ from the blocks by no more
 * than that one. The lock must be held. null if something is damaged.
 */
export function underWay(
  ctx: MallocContext,
  counted: AllocatorState,
  blocks: readonly Block[],
  faults: readonly Damage[],
): InFlight | null {
  const links = faults.filter(({ what }) => what.includes("free-list") || what.includes("free list"));
  const around = faults.filter((fault) => !links.includes(fault));
  if (links.length > MOST_LINK_FAULTS || around.length > MOST_HEADER_FAULTS) return null;
  const [first] = around.length > 0 ? around : links;
  if (first === undefined) return null;
  const isShared = (at: number): boolean => around.every((one) => one.at === at || one.before === at);
  const at = [first.at, first.before].find((one) => isShared(one) && blocks.some((block) => block.at === one));
  const block = blocks.find((one) => one.at === at);
  if (block === undefined || !fits(counted, blocks, block)) return null;
  return { at: block.at, step: stepOf(ctx, block, first) };
}

/** Whether the counters are those of the blocks, give or take the one in question. */
function fits({ allocated, gets, releases }: AllocatorState, blocks: readonly Block[], block: Block): boolean {
  const used = blocks.filter(({ free }) => !free);
  const bytes = used.reduce((sum, { size }) => sum + size, 0) - allocated;
  const count = used.length - (gets - releases);
  return (bytes === 0 || bytes === block.size) && (count === 0 || count === 1);
}

function stepOf({ heap, leakFields, leakHeaders }: MallocContext, block: Block, fault: Damage): InFlight["step"] {
  const { memory, geometry } = heap;
  const header = block.at + geometry.header;
  if (fault.what.includes("free block")) return previousFree(memory, fault.at) > 0 ? "release" : "operation";
  if (!leakHeaders || header + leakHeaderSize(memory) > memory.bytes.length) return "operation";
  // A release clears the magic number in front first, an allocation writes the one behind last.
  if (memory.view.getInt32(header + leakFields.magic, true) === 0) return "release";
  return damagedPart(memory, header, leakFields) === "footer" ? "allocation" : "operation";
}
