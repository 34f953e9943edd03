// Tests of indexed_file.ts.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createRecordingWriter } from "../../recording/recording_writer.ts";
import { makeIndexBeside, openIndexedFile } from "./indexed_file.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-indexed-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The pieces of a recording whose texts make it large. */
async function pieces(batches: number): Promise<Uint8Array[]> {
  const written: Uint8Array[] = [];
  const writer = await createRecordingWriter({ origin: "x", version: "" }, (bytes) => void written.push(bytes.slice()));
  let seed = 1;
  for (let batch = 0; batch < batches; batch++) {
    for (let row = 0; row < 2; row++)
      writer.add({ op: "add_pool", heap: "core", instance: row + 1, pointer: 4096, size: 4096, time: batch });
    let text = "";
    while (text.length < 2 ** 20) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      text += seed.toString(36);
    }
    writer.add({ op: "mark", heap: "console", time: batch, command: text });
    writer.flush();
  }
  writer.end();
  return written;
}

async function rowsOf(path: string): Promise<number> {
  const opened = await openIndexedFile(path);
  if (!opened.ok) throw new Error(opened.error);
  await using file = opened.value;
  return file.recording.length;
}

test("whoever opens a large recording first makes its index, and goes on with it as it grows", async () => {
  const path = join(folder, "run.arrows");
  const [schema, ...rest] = await pieces(8);
  const half = rest.slice(0, -20);
  writeFileSync(path, Buffer.concat([schema as Uint8Array, ...half]));
  const before = await rowsOf(path);
  const index = readFileSync(`${path}.index`);
  expect(index.length).toBeLessThan(3000);
  appendFileSync(path, Buffer.concat(rest.slice(-20)));
  expect(await rowsOf(path)).toBeGreaterThan(before);
  const grown = readFileSync(`${path}.index`);
  expect(grown.equals(index)).toBe(false);
  expect(await rowsOf(path)).toBe(24);
  expect(readFileSync(`${path}.index`).equals(grown)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(["run.arrows", "run.arrows.index"]);
});

test("an index that is none stays as it is, and a damaged one is made again", async () => {
  const path = join(folder, "run.arrows");
  const good = readFileSync(`${path}.index`);
  writeFileSync(`${path}.index`, Buffer.from("notes of somebody"));
  expect(await rowsOf(path)).toBe(24);
  expect(readFileSync(`${path}.index`, "utf8")).toBe("notes of somebody");
  const bad = Buffer.from(good);
  bad[40] = (bad[40] as number) ^ 1;
  writeFileSync(`${path}.index`, bad);
  expect(await rowsOf(path)).toBe(24);
  expect(readFileSync(`${path}.index`).equals(good)).toBe(true);
});

test("small recordings get none, and what cannot be indexed is left alone", async () => {
  const path = join(folder, "small.arrows");
  writeFileSync(path, Buffer.concat(await pieces(1)));
  await makeIndexBeside(path);
  expect(await rowsOf(path)).toBe(3);
  expect(existsSync(`${path}.index`)).toBe(false);
  const bad = join(folder, "bad.arrows");
  writeFileSync(bad, new Uint8Array(2 ** 22).fill(255));
  await makeIndexBeside(bad);
  await makeIndexBeside(join(folder, "missing.arrows"));
  expect(await openIndexedFile(bad)).toEqual({ ok: false, error: expect.any(String) });
  await expect(openIndexedFile(join(folder, "missing.arrows"))).rejects.toThrow("ENOENT");
});

test("an index that cannot be written hinders nothing", async () => {
  const path = join(folder, "run.arrows");
  rmSync(`${path}.index`);
  // Not even root can write a file where a folder is.
  mkdirSync(join(`${path}.index`, "full"), { recursive: true });
  expect(await rowsOf(path)).toBe(24);
  expect(readdirSync(`${path}.index`)).toEqual(["full"]);
});
