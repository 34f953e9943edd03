// Tests of platform_folder.ts.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { smallPlatform } from "../../test/support/small_platform.ts";
import { readPlatformFolder } from "./platform_folder.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-platform-"));
  for (const [name, text] of smallPlatform()) writeFileSync(join(folder, name), text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("reads a platform", () => {
  expect(readPlatformFolder(folder)).toMatchObject({ ok: true, value: { name: "small-32", core: { word: 4 } } });
});

it.each([
  [
    "a file that is not there",
    () => rmSync(join(folder, "boot.txt")),
    /boot\.txt cannot be read \(ENOENT\); a platform/,
  ],
  [
    "a row that is wrong",
    () => writeFileSync(join(folder, "boot.txt"), "word 4\nX"),
    /: boot\.txt:2: 'X': begins with/,
  ],
  ["a huge file", () => truncateSync(join(folder, "load.txt"), 2 ** 23), /load\.txt is too large/],
])("says of %s what is wrong, and where", (_what, spoil, error) => {
  spoil();
  expect(readPlatformFolder(folder)).toEqual({ ok: false, error: expect.stringMatching(error) });
});
