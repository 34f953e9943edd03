// Tests of include_closure.ts.
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createClosure, includeArguments } from "./include_closure.ts";

const root = mkdtempSync(join(tmpdir(), "teemem-closure-"));
const write = (name: string, text: string): string => {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

test("a compilation gets what it includes, what that includes, and what macros name", () => {
  const main = write("src/main.c", '#include "near.h"\n # include <far.h>\n#include CONFIG\n');
  write("src/near.h", '#define OTHER "by_macro.h"\n#include OTHER\n');
  write("inc/far.h", "#include_next <far.h>\n");
  write("inc2/far.h", "");
  write("inc/by_macro.h", "");
  write("inc/config.h", "");
  write("inc/nobody_asks.h", "");
  const args = [`-I${root}/inc`, "-isystem", `${root}/inc2`, '-DCONFIG="config.h"', "-DN=3"];
  const { folders, names } = includeArguments(args, root);
  const closure = createClosure();
  const found = (): string[] =>
    [...closure.files([main], folders, names).keys()].map((path) => path.slice(root.length + 1)).sort();
  const expected = ["inc/by_macro.h", "inc/config.h", "inc/far.h", "inc2/far.h", "src/main.c", "src/near.h"];
  expect(found()).toEqual(expected);
  // A file that changes is read again; one that appears is found.
  write("inc/config.h", "#include <late.h>\n");
  utimesSync(join(root, "inc/config.h"), 1, 1);
  write("inc2/late.h", "");
  expect(found()).toEqual([...expected, "inc2/late.h"].sort());
});

test.each([
  ['-DCONFIG="config.h"', ["config.h"]],
  ['-DCONFIG=\\"config.h\\"', ["config.h"]],
  ["-DCONFIG=<sub/a.b.h>", ["sub/a.b.h"]],
  ["-DN=3", []],
])("the name in %s", (arg, names) => expect(includeArguments([arg], root).names).toEqual(names));
