// The release of a tree of OP-TEE's sources: from its configuration, or from its change log where that has none.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { opteeTree } from "./optee_tree.ts";

const CHANGES = "# OP-TEE - version 3.19.0 (2022-10-14)\n\n# OP-TEE - version 3.18.0 (2022-07-15)\n";

function treeWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "teemem-tree-"));
  const needed = { "lib/libutee/include/utee_syscalls.h": "", "ta/mk/ta_dev_kit.mk": "", Makefile: "" };
  for (const [name, text] of Object.entries({ ...needed, ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

test.each([
  ["4.8.0", "# Of the release\nCFG_OPTEE_REVISION_MAJOR ?= 4\nCFG_OPTEE_REVISION_MINOR ?= 8\n"],
  ["3.19.0", "CFG_OPTEE_REVISION_MAJOR ?= 4\n# CFG_OPTEE_REVISION_MINOR ?= 8\n"],
  ["3.19.0", ""],
])("release %s", (release, config) => {
  const found = opteeTree(treeWith({ "mk/config.mk": config, "CHANGELOG.md": CHANGES }));
  expect(found).toMatchObject({ ok: true, value: { release } });
});
