// Tests of same_file.ts.
import { linkSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { overwrites } from "./same_file.ts";

let folder = "";
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-same-"));
  writeFileSync(at("a"), "");
  writeFileSync(at("b"), "");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a file is the same by any of its names", () => {
  symlinkSync("a", at("link"));
  linkSync(at("a"), at("hard"));
  for (const name of ["a", "link", "hard", "../".concat(folder.split("/").at(-1) ?? "", "/a")])
    expect(overwrites(at(name), [at("b"), at("a")])).toBe(
      `${at(name)} is the input file (${at("a")}); write to another file`,
    );
});

test("another one is not, nor one that is not there, nor a stream", () => {
  expect(overwrites(at("b"), [at("a")])).toBeNull();
  expect(overwrites(at("none"), [at("none"), at("a")])).toBeNull();
  expect(overwrites("-", ["-"])).toBeNull();
  expect(overwrites("/dev/null", ["/dev/null"])).toBeNull();
});
