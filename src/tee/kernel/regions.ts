// The buffers of a call in the address space of the TA that is called: OP-TEE 4.0.0 core/mm/vm.c.
import { TEE } from "../../abi/errors.ts";
import { type Core, give, take } from "./core.ts";
import { buffersOf, type Params } from "./params.ts";
import type { Call } from "./ta_instance.ts";

const PAGE = 4096;

/**
 * A client's buffers are memory of their own each, also where a TA passes them on; in a TA's own memory, what shares a page or
 * lies on neighbouring ones has one region.
 */
function regionsOf(params: Params, { chain, clientMemory }: Call): number {
  const buffers = buffersOf(params);
  if (chain.length === 0) return buffers.length;
  const memoryOf = (bytes: Uint8Array): object => clientMemory.find((one) => holds(one, bytes)) ?? bytes.buffer;
  const ends = new Map<object, number>();
  const sorted = [...buffers].sort((a, b) => a.byteOffset - b.byteOffset);
  return sorted.filter((bytes) => {
    const { byteOffset, length } = bytes;
    const memory = memoryOf(bytes);
    const [from, to] = [Math.floor(byteOffset / PAGE), Math.ceil((byteOffset + length) / PAGE)];
    const end = ends.get(memory);
    ends.set(memory, Math.max(end ?? 0, to));
    return end === undefined || from > end;
  }).length;
}

function holds(memory: Uint8Array, { buffer, byteOffset, length }: Uint8Array): boolean {
  const at = byteOffset - memory.byteOffset;
  return memory.buffer === buffer && at >= 0 && at + length <= memory.length;
}

/**
 * Makes a call with the regions of its buffers; they are given back in the order they were taken. OUT_OF_MEMORY if the core
 * heap has no room.
 */
export async function withRegions(
  core: Core,
  params: Params,
  call: Call,
  work: () => Promise<number>,
): Promise<number> {
  const count = regionsOf(params, call);
  const regions: number[] = [];
  try {
    while (regions.length < count) {
      const region = take(core, "call.region");
      if (region === 0) return TEE.OUT_OF_MEMORY;
      regions.push(region);
    }
    return await work();
  } finally {
    for (const region of regions) give(core, region, "call.region");
  }
}
