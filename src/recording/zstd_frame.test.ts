// Tests of zstd_frame.ts.
import { expect, test } from "vitest";
import { loadCodec } from "./codec.ts";
import { contentSize } from "./zstd_frame.ts";

test.each([1, 255, 256, 257, 65535, 65536, 65791, 65792, 1e6])("a frame tells that it has %i bytes", async (length) => {
  const codec = await loadCodec();
  const frame = codec.compress(new Uint8Array(length));
  expect(contentSize(frame)).toBe(length);
  expect(contentSize(frame.subarray(0, 5))).toBe(undefined);
  expect(contentSize(frame.subarray(0, 3))).toBe(undefined);
});

// By hand, after RFC 8878: magic, descriptor (flag of the size's bytes << 6 | single segment << 5 | flag of the dictionary).
test.each([
  ["28b52ffd 00 58", undefined], // a window, no size
  ["28b52ffd 20 07", 7], // one byte
  ["28b52ffd 60 0001", 512], // two bytes: 256 + 256
  ["28b52ffd 40 58 0001", 512], // the same behind a window
  ["28b52ffd a0 01000100", 65537], // four bytes
  ["28b52ffd a3 aabbccdd 01000100", 65537], // behind a dictionary's number of four bytes
  ["28b52ffd e0 0000000001000000", 2 ** 32], // eight bytes
  ["28b52ffd e0 00000000010000", undefined], // cut
  ["28b52ffe 20 07", undefined], // another magic
])("%s tells %s", (hex, size) => expect(contentSize(Buffer.from(hex.replaceAll(" ", ""), "hex"))).toBe(size));
