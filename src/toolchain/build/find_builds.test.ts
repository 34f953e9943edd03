// Tests of find_builds.ts.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findBuilds } from "./find_builds.ts";

const TA = "BINARY=uuid\n-include $(TA_DEV_KIT_DIR)/mk/ta_dev_kit.mk\n";

function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "teemem-builds-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

function found(files: Record<string, string>): string[] | string {
  const root = tree(files);
  const builds = findBuilds(root);
  return builds.ok
    ? builds.value.map(({ folder, kind }) => `${folder.slice(root.length)} ${kind}`)
    : builds.error.replace(root, "");
}

test("the folder's own Makefile, where it is one of a TA", () => {
  expect(found({ Makefile: TA, "ta/Makefile": TA })).toEqual([" make"]);
});

test("its ta/, where the Makefile is one of host and TA", () => {
  expect(found({ Makefile: "all:\n\tmake -C host\n", "ta/Makefile": TA, "host/Makefile": "" })).toEqual(["/ta make"]);
});

test("each NAME/ta of a collection", () => {
  expect(found({ "a/ta/Makefile": TA, "b/ta/CMakeLists.txt": "", "c/host/Makefile": "" })).toEqual([
    "/a/ta make",
    "/b/ta cmake",
  ]);
});

test("OP-TEE's form for TAs in its tree", () => {
  expect(found({ "user_ta.mk": "user-ta-uuid := x", "sub.mk": "" })).toEqual([" in tree"]);
});

test("neither: an error that says so", () => {
  expect(found({ "x.c": "" })).toBe("'' has neither Makefile nor CMakeLists.txt of a TA");
  expect(findBuilds("/no/such/folder")).toEqual({ ok: false, error: "no folder '/no/such/folder'" });
});
