// Every command that reads a file reads it by its name and from standard input, as it is and packed, with the same errors.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCodec } from "../src/recording/codec.ts";
import { runHere, runHereWith } from "./run_here.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-inputs-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A name that each way of reading shows in another form; so it is left out of what is compared, and where lines end with it. */
const nameless = (text: string, path: string): string =>
  text
    .replaceAll(path, "NAME")
    .replaceAll("standard input", "NAME")
    .replace("file:-", "file:NAME")
    .replace("'teemem leaks -'", "'teemem leaks NAME'")
    .replace(/`teemem size[^`]*`/g, "`teemem size`")
    .replace(/(?<=\S)\s+/g, " ");

const trace = gunzipSync(readFileSync("data/optee-4.0.0/ta-5b9e0e40-2636-11e1-ad9e-0002a5d5c51b.trace.gz"));
const dump = gunzipSync(readFileSync("data/optee-4.0.0/core-heap.bin.gz"));
const log = Buffer.from(
  ["I/TC: buffer: 24 bytes a.c:1", "I/TC: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:935", ""].join("\n"),
);
const budget = Buffer.from("heaps:\n  ta-*:\n    peak: 90 %\n");
const ta = join(folder, "ta.trace");

/** What each command is given in the place of FILE, and the words around it. */
const COMMANDS: readonly (readonly [command: string, bytes: Uint8Array, words: readonly string[]])[] = [
  ["report", trace, ["FILE"]],
  ["size", trace, ["FILE", "--json"]],
  ["export", trace, ["FILE", "--format", "csv"]],
  ["replay", trace, ["FILE"]],
  ["leaks", trace, ["FILE"]],
  ["leaks", log, ["FILE"]],
  ["inspect", dump, ["FILE", "--base", "0xe1c53e0"]],
  ["stats", trace, ["--on", "file:FILE"]],
  ["doctor", log, ["--log", "FILE", "--missing", "leaks"]],
  [
    "doctor",
    Buffer.from("xtest: TEEC_InvokeCommand: res 0xffff000a err_orig 0x4\n"),
    ["--stats", "FILE", "--error", "0xffff000c"],
  ],
  ["check", budget, ["FILE", ta]],
];

const packers: Record<string, (bytes: Uint8Array) => Uint8Array> = { plain: (bytes) => bytes, gzip: gzipSync };
beforeAll(async () => {
  const codec = await loadCodec();
  // Two frames, as of two files that were packed and put behind one another.
  packers.zstd = (bytes) =>
    Buffer.concat([bytes.subarray(0, 10), bytes.subarray(10)].map((part) => Buffer.from(codec.compress(part))));
  writeFileSync(ta, trace);
});

describe.each(COMMANDS)("%s", (command, bytes, words) => {
  test(`${words.join(" ")}: the same from everywhere`, async () => {
    const path = join(folder, "input");
    const args = (name: string): string[] => [command, ...words.map((word) => word.replace("FILE", name))];
    writeFileSync(path, bytes);
    const plain = await runHere(...args(path));
    expect(plain.outcome).toMatchObject({ ok: true });
    expect(plain.out).not.toBe("");
    for (const [name, pack] of Object.entries(packers)) {
      writeFileSync(path, pack(bytes));
      const named = await runHere(...args(path));
      const piped = await runHereWith(pack(bytes), ...args("-"));
      for (const { out, outcome } of [named, piped]) {
        expect(nameless(out, path), name).toBe(nameless(plain.out, path));
        expect(outcome, name).toEqual(plain.outcome);
      }
    }
  });

  test(`${words.join(" ")}: the same error without the file`, async () => {
    const missing = join(folder, "none.trace");
    const { outcome } = await runHere(command, ...words.map((word) => word.replace("FILE", missing)));
    expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining(`${missing}: no such file`) });
  });
});

test.each([
  ["leaks", "LOG", "--elf"],
  ["doctor", "--log", "LOG", "--missing", "leaks", "--elf"],
  ["inspect", "LOG", "--elf"],
])("%s %s … names an ELF file that is not there", async (...words) => {
  const path = join(folder, "console.log");
  writeFileSync(path, log);
  const args = words.map((word) => (word === "LOG" ? path : word));
  const { outcome } = await runHere(...args, "/nosuch/tee.elf");
  expect(outcome).toEqual({ ok: false, error: "/nosuch/tee.elf: no such file" });
});
