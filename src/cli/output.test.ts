import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { own, shown } from "../base/printable.ts";
import { createOutput } from "./output.ts";

function slow() {
  const chunks: string[] = [];
  const stream = new Writable({
    highWaterMark: 1000,
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      setImmediate(done);
    },
  });
  return { chunks, stream };
}

test("hands over everything, in order and in chunks", async () => {
  const { chunks, stream } = slow();
  const out = createOutput(stream);
  let text = "";
  for (let n = 0; n < 50_000; n++) {
    out.write(shown`line ${n}\n`);
    text += `line ${n}\n`;
    if (n % 100 === 0) await out.drain();
    expect(stream.writableLength).toBeLessThan(200_000);
  }
  await out.flush();
  expect(chunks.join("")).toBe(text);
  expect(chunks.length).toBeLessThan(20);
});

test("reports a reader that went away", async () => {
  const stream = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error("closed"), { code: "EPIPE" }));
    },
  });
  const out = createOutput(stream);
  out.write(own("x").repeat(100_000));
  await expect(out.flush()).rejects.toMatchObject({ code: "EPIPE" });
  await expect(out.drain()).rejects.toMatchObject({ code: "EPIPE" });
});

test.each([
  [true, "a\\x1b[2J,\n"],
  [false, "a\x1b[2J,\n"],
])("data is as it is, but on a terminal (%s)", async (isTTY, text) => {
  const { chunks, stream } = slow();
  const out = createOutput(Object.assign(stream, { isTTY }));
  out.writeData("a\x1b[2J,\n");
  await out.flush();
  expect(chunks.join("")).toBe(text);
});
