// Tests of open_input.ts.
import { writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { loadCodec } from "../../recording/codec.ts";
import { openInput } from "./open_input.ts";

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(path: string, input: AsyncIterable<Uint8Array>) {
  const opened = await openInput(path, input);
  if (!opened.ok) throw new Error(opened.error.text);
  const parts: Uint8Array[] = [];
  for await (const chunk of opened.value.chunks()) parts.push(Uint8Array.from(chunk));
  return { file: opened.value, content: Buffer.concat(parts) };
}

/** Pseudo-random bytes, so that packed ones are as long as these. */
const RANDOM = Uint8Array.from({ length: 300_000 }, (_, i) => Math.imul(i + 7, 2654435761) >>> 23);
const ZEROS = new Uint8Array(3_000_000);

test("head and content are the same, plain or packed, in pieces of any size", async () => {
  const { compress } = await loadCodec();
  for (const bytes of [RANDOM, ZEROS, RANDOM.subarray(0, 3)])
    for (const packed of [bytes, gzipSync(bytes), compress(bytes)])
      for (const size of [1, 7777, 1e7]) {
        if (size === 1 && packed.length > 5000) continue;
        const { file, content } = await readAll("-", pieces(packed, size));
        expect(content.equals(bytes)).toBe(true);
        expect(Buffer.from(bytes.subarray(0, 65536)).equals(file.head)).toBe(true);
        expect([file.name, file.size, file.cut]).toEqual(["standard input", undefined, false]);
      }
});

test("gzip that is cut off gives what is there, and says so; several members follow one another", async () => {
  const packed = gzipSync(RANDOM);
  const { file, content } = await readAll("-", pieces(packed.subarray(0, packed.length >> 1), 5000));
  expect(file.cut).toBe(true);
  expect(content.length).toBeGreaterThan(RANDOM.length / 3);
  expect(content.equals(RANDOM.subarray(0, content.length))).toBe(true);
  const two = await readAll("-", pieces(Buffer.concat([gzipSync("one "), gzipSync("two")]), 6));
  expect([two.content.toString(), two.file.cut]).toEqual(["one two", false]);
});

test("a plain file has a size; what cannot be opened is said", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "teemem-open-")), "x");
  writeFileSync(path, "abc");
  expect((await readAll(path, pieces(RANDOM, 1))).file.size).toBe(3);
  const gone = { text: "/none/of/this: no such file", missing: true };
  expect(await openInput("/none/of/this", pieces(RANDOM, 1))).toEqual({ ok: false, error: gone });
  const empty = await openInput("-", pieces(new Uint8Array(), 1));
  expect(empty).toEqual({
    ok: false,
    error: { text: "standard input: the file is empty", missing: false, empty: true },
  });
});

test("damage inside is thrown, and the pipe is let go of", async () => {
  const packed = gzipSync(RANDOM);
  packed[packed.length - 2] = (packed[packed.length - 2] as number) ^ 1;
  await expect(readAll("-", pieces(packed, 1e7))).rejects.toThrow();
  let closed = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield new Uint8Array(65536);
    } finally {
      closed = true;
    }
  }
  const opened = await openInput("-", endless());
  if (opened.ok) await opened.value.close();
  expect(closed).toBe(true);
});
