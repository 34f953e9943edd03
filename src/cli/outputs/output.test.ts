// Tests of output.ts.
import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { own, shown } from "../../base/printable.ts";
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

/** A stream that refuses every write in this way. */
function refusing(code: string): { readonly stream: Writable; readonly writes: () => number } {
  let writes = 0;
  const stream = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      writes++;
      done(Object.assign(new Error("refused"), { code }));
    },
  });
  return { stream, writes: () => writes };
}

test.each(["EPIPE", "ECONNRESET"])(
  "a reader that went away (%s) is no failure, and gets nothing more",
  async (code) => {
    const { stream, writes } = refusing(code);
    const out = createOutput(stream);
    out.write(own("x").repeat(100_000));
    await out.drain();
    await out.flush();
    expect(out.gone.aborted).toBe(true);
    out.write(own("x").repeat(100_000));
    out.writeBytes(new Uint8Array(10));
    await out.drain();
    await out.flush();
    expect(writes()).toBe(1);
  },
);

test("a full disk is a failure, again and again", async () => {
  const out = createOutput(refusing("ENOSPC").stream);
  out.write("x");
  await expect(out.flush()).rejects.toMatchObject({ code: "ENOSPC" });
  await expect(out.drain()).rejects.toMatchObject({ code: "ENOSPC" });
  await expect(out.flush()).rejects.toMatchObject({ code: "ENOSPC" });
  expect(out.gone.aborted).toBe(false);
});

test("but none of what only says how things go", async () => {
  const out = createOutput(refusing("ENOSPC").stream, { mayFail: true });
  out.write("x");
  await out.flush();
  await out.drain();
  expect(out.gone.aborted).toBe(true);
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
