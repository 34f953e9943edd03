// Tests of write_note.ts.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeNote } from "./write_note.ts";

const NOTE = {
  format: 1,
  name: "x".repeat(200),
  optee: "4.0.0",
  library: "optee",
  target: "wasm64",
  word: 8,
  mode: "plain",
} as const;

test("a module says how it was built, once", () => {
  const file = join(mkdtempSync(join(tmpdir(), "teemem-note-")), "ta.wasm");
  writeFileSync(file, new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  writeNote(file, NOTE);
  writeNote(file, { ...NOTE, name: "again" });
  const found = WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(file)), "teemem");
  expect(found.map((section) => JSON.parse(new TextDecoder().decode(section)))).toEqual([NOTE]);
});
