// Tests of spool.ts.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Unreadable } from "./read_failure.ts";
import { spool } from "./spool.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-spool-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([0, 50, 1000, 10_000])("gives back what was put into it, with %d bytes in memory", (inMemory) => {
  const store = spool(inMemory, folder);
  const pieces = Array.from({ length: 100 }, (_, n) => new Uint8Array(1 + ((n * 7) % 40)).fill(n));
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    store.append(piece);
    length += piece.length;
  }
  // Backwards, so that no place follows from the last.
  for (let n = pieces.length - 1; n >= 0; n--) {
    const found = new Uint8Array(pieces[n]?.length ?? 0);
    store.read(starts[n] ?? 0, found);
    expect(found).toEqual(pieces[n]);
  }
  expect(readdirSync(folder)).toEqual([]);
});

test("keeps a copy: the caller may use its bytes again", () => {
  const store = spool(100, folder);
  const bytes = new Uint8Array(60).fill(1);
  for (const value of [1, 2, 3]) store.append(bytes.fill(value));
  const found = new Uint8Array(60);
  for (const value of [1, 2, 3]) {
    store.read(60 * (value - 1), found);
    expect(found).toEqual(new Uint8Array(60).fill(value));
  }
});

test("a folder that takes no file is named", () => {
  const store = spool(0, join(folder, "none"));
  expect(() => store.append(new Uint8Array(1))).toThrow(Unreadable);
  expect(() => store.append(new Uint8Array(1))).toThrow(`a temporary file in ${folder}/none (ENOENT)`);
});
