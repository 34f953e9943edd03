// Lines of sources: found by the end of their path, and only where that is one file.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sourceLines } from "./source_lines.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-sources-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
write("one/ta/entry.c", "first\nsecond\n");
write("two/ta/entry.c", "other\n");
write("one/ta/heap.c", "heap\n");
write("one/out/hidden.c", "built\n");

test("a line of the file that the place ends with", () => {
  const { lineOf, pathOf } = sourceLines([folder]);
  expect(lineOf("ta/heap.c:1")).toBe("heap");
  expect(lineOf("heap.c:1")).toBe("heap");
  expect(lineOf("one/ta/entry.c:2")).toBe("second");
  expect(pathOf("ta/heap.c")).toBe(relative(process.cwd(), join(folder, "one/ta/heap.c")));
});

test("nothing where two files could be meant, where there is none, and of what was built", () => {
  const { lineOf, pathOf } = sourceLines([folder]);
  for (const place of ["ta/entry.c:1", "a/heap.c:1", "ta/heap.c:7", "hidden.c:1", "ta/heap.c", ""])
    expect(lineOf(place)).toBeUndefined();
  expect(pathOf("eap.c")).toBeUndefined();
  expect(sourceLines([join(folder, "missing")]).lineOf("ta/heap.c:1")).toBeUndefined();
});

test("below the folder of a module that was named, too", () => {
  write("one/ta.wasm", "");
  expect(sourceLines([join(folder, "one/ta.wasm")]).lineOf("ta/entry.c:1")).toBe("first");
});

test("tabs are the blanks that a terminal shows", () => {
  write("one/ta/tabs.c", "\tx = 1;\t\t/* one */\n12345678\ty\n");
  const { lineOf } = sourceLines([folder]);
  expect(lineOf("tabs.c:1")).toBe(`${" ".repeat(8)}x = 1;${" ".repeat(10)}/* one */`);
  expect(lineOf("tabs.c:2")).toBe("12345678        y");
});
