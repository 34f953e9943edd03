import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStorageFolder } from "./storage_folder.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("makes the folder for its user alone, and leaves one that is there as it is", () => {
  const fresh = join(folder, "objects");
  expect(openStorageFolder(fresh).ok).toBe(true);
  expect(statSync(fresh).mode & 0o777).toBe(0o700);
  writeFileSync(join(fresh, "mine"), "");
  expect(openStorageFolder(fresh).ok).toBe(true);
  expect(readdirSync(fresh)).toEqual(["mine"]);
});

it("says at once why a folder cannot be used, and makes nothing then", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  const why = (path: string): string => {
    const opened = openStorageFolder(path);
    return opened.ok ? "" : opened.error;
  };
  expect(why("")).toBe("--storage names no folder");
  expect(why(file)).toBe(`cannot keep objects in ${file}: it is no folder`);
  expect(why(join(file, "below"))).toContain("a part of its path is no folder; give --storage a folder");
  expect(why(join(folder, "no", "objects"))).toContain("the folder that it should be in is not there");
  expect(existsSync(join(folder, "no"))).toBe(false);
  // Where Node's recursive mkdir never comes back.
  expect(why("/proc/nosuch/objects")).toContain("cannot keep objects in /proc/nosuch/objects");
  expect(why(join(folder, "x".repeat(300)))).toContain("its path is too long");
});
