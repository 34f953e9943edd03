// File names of call sites in the image itself: the core's constants lie beside its heap.
import type { Memory } from "../../heap/memory.ts";

const LONGEST = 256;
/** A path or a name of a source file. */
const PATH = /^[\w./+-]{1,250}\.(?:c|h|S|cc|cpp|rs)$/;

/**
 * The path of a source file at an address; the address itself where none lies in the image, as those of TAs, whose constants
 * are mapped from elsewhere. `origin`: address of the image's first byte.
 */
export function pathsIn({ bytes }: Memory, origin: number): (address: number) => string {
  return (address) => pathAt(bytes, address - origin) ?? `0x${address.toString(16)}`;
}

function pathAt(bytes: Uint8Array, from: number): string | null {
  if (!(from >= 0 && from < bytes.length)) return null;
  const text = bytes.subarray(from, from + LONGEST);
  const end = text.indexOf(0);
  const path = end < 0 ? "" : String.fromCharCode(...text.subarray(0, end));
  return PATH.test(path) ? path : null;
}
