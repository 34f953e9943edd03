// Mirrors how bget of OP-TEE 4.0.0 lib/libutils/isoc/bget.c calculates the size of a block.
import { roundUp } from "../base/integer.ts";
import type { Geometry } from "./geometry.ts";

/** Bytes of the block, headers included, that a request of `request` bytes behind an extra header needs. */
export function neededSize({ quantum, header }: Geometry, extra: number, request: number): number {
  return (request <= quantum ? quantum : roundUp(request, quantum)) + header + extra;
}
