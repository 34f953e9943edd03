// The frames are those of the `zstd` program (1.5), which cannot know the size of what is piped into it.
import { expect, test } from "vitest";
import { loadCodec } from "../../recording/codec.ts";
import { unpackZstd } from "./unpack_zstd.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const fromHex = (hex: string): Uint8Array => Buffer.from(hex, "hex");
const HELLO = "28b52ffd045831000068656c6c6f20d23be1a9";
const WORLD = "28b52ffd0058290000776f726c64";
/** 200,000 zeros. */
const ZEROS = "28b52ffd04585400001000000100fbff39c002036a0800c4e97470";
/** A skippable frame of two bytes. */
const SKIPPED = "502a4d18020000000102";

test("frames without a size, behind one another, and others between them", async () => {
  const unpacked = await unpackZstd(fromHex(HELLO + SKIPPED + WORLD), 100);
  expect(unpacked.ok && text(unpacked.value)).toBe("hello world");
});

test("several blocks", async () => {
  const unpacked = await unpackZstd(fromHex(ZEROS), 200_000);
  expect(unpacked.ok && unpacked.value.every((byte) => byte === 0) && unpacked.value.length).toBe(200_000);
});

test("more than is wanted is refused, whether its size is known or not", async () => {
  const { compress } = await loadCodec();
  for (const packed of [fromHex(ZEROS), compress(new Uint8Array(200_000)), fromHex(`${HELLO}${ZEROS}`)])
    expect(await unpackZstd(packed, 199_999)).toEqual({
      ok: false,
      error: "larger than 199999 bytes when decompressed",
    });
});

test("cut off anywhere, or followed by something else, it is not taken", async () => {
  const bytes = fromHex(HELLO);
  for (let end = 1; end < bytes.length; end++)
    expect((await unpackZstd(bytes.subarray(0, end), 100)).ok, `${end}`).toBe(false);
  expect((await unpackZstd(fromHex(`${HELLO}00`), 100)).ok).toBe(false);
});

test("damage is named", async () => {
  const bytes = fromHex(HELLO);
  const at = bytes.length - 1;
  bytes[at] = (bytes[at] as number) ^ 1;
  expect(await unpackZstd(bytes, 100_000_000)).toEqual({
    ok: false,
    error: "the Zstandard data is damaged; copy the file again",
  });
});
