// A client's buffers in the address space of a TA that is called: OP-TEE 4.0.0 core/mm/vm.c.
import { TEE } from "../../abi/errors.ts";
import { type Core, give, take } from "./core.ts";
import { buffersOf, type Params } from "./params.ts";
import type { Call } from "./ta_instance.ts";

/**
 * Makes a call with a region for each of a client's buffers; they are given back in the order they were taken.
 * OUT_OF_MEMORY if the core heap has no room. Buffers of another TA are its own memory, and get none here.
 */
export async function withRegions(
  core: Core,
  params: Params,
  { chain }: Call,
  work: () => Promise<number>,
): Promise<number> {
  const buffers = chain.length > 0 ? [] : buffersOf(params);
  const regions: number[] = [];
  try {
    for (const _ of buffers) {
      const region = take(core, "call.region");
      if (region === 0) return TEE.OUT_OF_MEMORY;
      regions.push(region);
    }
    return await work();
  } finally {
    for (const region of regions) give(core, region, "call.region");
  }
}
