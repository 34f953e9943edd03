// Says in a sentence that a request for memory was refused.
import { grouped } from "../../base/format.ts";

/** `name` of the heap; `place` as `file:line`, empty if not known; bytes in use at that moment. */
export function refusedText(name: string, size: number, place: string, inUse: number): string {
  const where = place === "" ? "" : ` at ${place}`;
  return `${name}: a request for ${grouped(size)} bytes failed${where}, with ${grouped(inUse)} bytes in use`;
}
