// Tests of read_input.ts.
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { inputProblem, readInput } from "./read_input.ts";

async function* zeros(count: number): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n++) yield new Uint8Array(65536);
}

async function* once(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const never = (): null => null;
const always = (): string => "no good";

test("what is no good is not read to its end", async () => {
  const endless = zeros(Number.POSITIVE_INFINITY);
  expect(await readInput("-", endless, always)).toEqual({ ok: false, error: "standard input: no good" });
  expect(await readInput("/dev/zero", zeros(0), always)).toEqual({ ok: false, error: "/dev/zero: no good" });
});

test("what is too large is refused, as it is or compressed", async () => {
  const endless = zeros(Number.POSITIVE_INFINITY);
  expect(await readInput("-", endless, never, 100000)).toEqual({
    ok: false,
    error: "standard input: larger than 100000 bytes",
  });
  const bomb = once(gzipSync(new Uint8Array(1e6)));
  expect(await readInput("-", bomb, never, 100000)).toEqual({
    ok: false,
    error: "standard input: larger than 100000 bytes when decompressed",
  });
});

test("gzip shows even if its first byte comes alone", async () => {
  const bytes = gzipSync("hello");
  const result = await readInput("-", once(bytes.subarray(0, 1), bytes.subarray(1)), never);
  expect(result.ok && new TextDecoder().decode(result.value)).toBe("hello");
});

test("files are looked at before they are read", async () => {
  expect(await inputProblem(["-", "package.json", "-"])).toBe("standard input can be read only once");
  expect(await inputProblem(["package.json", "no\nfile"])).toBe("no\\x0afile: no such file");
  expect(await inputProblem(["package.json", "-"])).toBeNull();
});
