// Tests of range_file.ts.
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openRangeFile } from "./range_file.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-range-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a file is read in parts, and no further than it was measured", async () => {
  const path = join(folder, "a");
  writeFileSync(path, "0123456789");
  await using file = await openRangeFile(path);
  const read = async (at: number, length: number) => Buffer.from(await file.read(at, length)).toString();
  expect([file.size, await read(2, 3), await read(8, 10), await read(20, 4)]).toEqual([10, "234", "89", ""]);
  appendFileSync(path, "ab");
  expect(await read(8, 10)).toBe("89");
  await file.measure();
  expect([file.size, await read(8, 10)]).toEqual([12, "89ab"]);
});
