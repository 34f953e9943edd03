// Tests of write_file.ts.
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openOutput, writeText } from "./write_file.ts";

let folder = "";
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-write-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Opens what can be opened. */
function opened(...args: Parameters<typeof openOutput>) {
  const file = openOutput(...args);
  if (!file.ok) throw new Error(file.error);
  return file.value;
}

describe("a new file", () => {
  test("is there when it is finished, and not when it is discarded", () => {
    const file = opened(at("a"), "refuse");
    file.write("one ");
    file.write(new TextEncoder().encode("two"));
    file.finish();
    expect(readFileSync(at("a"), "utf8")).toBe("one two");
    const other = opened(at("b"), "refuse");
    other.write("x");
    other.discard();
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test.each([
    ["a file", () => writeFileSync(at("a"), "")],
    ["a link to a file", () => symlinkSync("/dev/null", at("a"))],
    ["a link to nothing", () => symlinkSync(at("gone"), at("a"))],
    ["a folder", () => mkdirSync(at("a")), ": is a directory; name a file in it"],
  ])(
    "is refused where there is %s",
    (_, make, why = " already exists; choose another file with -o or pass --force") => {
      make();
      expect(openOutput(at("a"), "refuse")).toEqual({ ok: false, error: `${at("a")}${why}` });
      expect(existsSync(at("gone"))).toBe(false);
    },
  );

  test("has a reason where it cannot be", () => {
    expect(openOutput(at("none/a"), "refuse")).toEqual({ ok: false, error: `${at("none/a")}: no such folder` });
    expect(openOutput(folder, "replace")).toEqual({ ok: false, error: `${folder}: is a directory; name a file in it` });
    symlinkSync(at("b"), at("a"));
    symlinkSync(at("a"), at("b"));
    expect(openOutput(at("a"), "replace")).toEqual({ ok: false, error: `${at("a")}: is a link that leads to itself` });
    expect(openOutput(at("x\x1b[2J\u202e/y"), "replace")).toMatchObject({
      error: `${folder}/x\\x1b[2J\\u202e/y: no such folder`,
    });
  });
});

describe("a file that is replaced", () => {
  test("is the old one until the new one is whole, and keeps its mode", () => {
    writeFileSync(at("a"), "old");
    chmodSync(at("a"), 0o640);
    const file = opened(at("a"), "replace");
    file.write("new");
    expect(readFileSync(at("a"), "utf8")).toBe("old");
    file.finish();
    expect(readFileSync(at("a"), "utf8")).toBe("new");
    expect(statSync(at("a")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test("stays when the new one is discarded", () => {
    writeFileSync(at("a"), "old");
    const file = opened(at("a"), "replace");
    file.write("new");
    file.discard();
    file.discard();
    expect(readFileSync(at("a"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test("is where its links lead, over folders, and they stay links", () => {
    mkdirSync(at("far"));
    writeFileSync(at("far/a"), "old");
    symlinkSync("far/a", at("b"));
    symlinkSync("b", at("c"));
    expect(writeText(at("c"), "new", "replace")).toBe(null);
    expect(readFileSync(at("far/a"), "utf8")).toBe("new");
    expect(lstatSync(at("b")).isSymbolicLink() && lstatSync(at("c")).isSymbolicLink()).toBe(true);
    expect(readdirSync(at("far"))).toEqual(["a"]);
    symlinkSync("far/fresh", at("d"));
    expect(writeText(at("d"), "fresh", "replace")).toBe(null);
    expect(readFileSync(at("far/fresh"), "utf8")).toBe("fresh");
  });

  test("is another file to who has the old one by another name", () => {
    writeFileSync(at("a"), "old");
    linkSync(at("a"), at("b"));
    expect(writeText(at("a"), "new", "replace")).toBe(null);
    expect(readFileSync(at("b"), "utf8")).toBe("old");
  });

  test("may be a device", (context) => {
    if (!existsSync("/dev/full")) return context.skip("there is no /dev/full here");
    expect(writeText("/dev/null", "x", "replace")).toBe(null);
    expect(() => writeText("/dev/full", "x", "replace")).toThrow(expect.objectContaining({ path: "/dev/full" }));
    expect(statSync("/dev/full").isCharacterDevice()).toBe(true);
  });
});
