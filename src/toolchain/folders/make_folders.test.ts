// Folders are made one by one, and where they cannot be made the error comes at once.
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolders } from "./make_folders.ts";

const home = mkdtempSync(join(tmpdir(), "teemem-make-"));
afterAll(() => rmSync(home, { recursive: true }));

test("makes what is missing, with its mode, and leaves what exists", () => {
  const path = join(home, "a/b/c");
  makeFolders(path, 0o700);
  makeFolders(path, 0o755);
  for (const one of ["a", "a/b", "a/b/c"]) expect(statSync(join(home, one)).mode & 0o777).toBe(0o700);
});

test("a file in its way, and a file system that has no folders of ours, are errors, at once", () => {
  writeFileSync(join(home, "file"), "");
  expect(() => makeFolders(join(home, "file"))).toThrow("EEXIST");
  expect(() => makeFolders(join(home, "file/b"))).toThrow("ENOTDIR");
  // Node's own recursive mkdir never comes back from here.
  if (process.platform === "linux") expect(() => makeFolders("/proc/none/b/c")).toThrow("ENOENT");
});
