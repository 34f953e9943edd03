// What this engine of WebAssembly has.

/** A module with a table and a memory that have 64-bit addresses. */
const WIDE = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 4, 4, 1, 0x70, 4, 0, 5, 3, 1, 4, 0];

/** True if addresses may have 64 bits: in Node.js from version 24 on. */
export function hasWideAddresses(): boolean {
  return WebAssembly.validate(Uint8Array.from(WIDE));
}
