// The npm package compiles and links as clang of the machine does: a TA of teemem's own kit, in Node.js of any version.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createClosure } from "../../src/toolchain/yowasp/include_closure.ts";
import { runCall, type Yowasp } from "../../src/toolchain/yowasp/run_call.ts";

const cwd = mkdtempSync(join(tmpdir(), "teemem-yowasp-"));
const loaded = import("@yowasp/clang").then(
  (module: unknown) => module as Yowasp,
  () => null,
);

test("compiles, names an error, links", { timeout: 120_000 }, async (context) => {
  const yowasp = await loaded;
  if (yowasp === null) return context.skip("no package @yowasp/clang");
  const call = (program: "clang" | "wasm-ld", ...args: string[]) =>
    runCall(yowasp, { program, args, cwd }, createClosure());
  writeFileSync(join(cwd, "x.h"), "#define TWO 2\n");
  writeFileSync(
    join(cwd, "x.c"),
    '#include <stddef.h>\n#include "x.h"\nint twice(int a);\nint twice(int a) { return a * TWO; }\n',
  );
  const flags = [
    "--target=wasm32",
    "-Os",
    "-g",
    "-nostdinc",
    "-isystem",
    "/usr/include",
    `-ffile-prefix-map=${cwd}/=`,
    "-c",
  ];
  expect(await call("clang", ...flags, "-MD", "-MF", "x.d", "x.c", "-o", "x.o")).toEqual({ code: 0, out: "", err: "" });
  expect(readFileSync(join(cwd, "x.d"), "utf8")).toMatch(/^x\.o: x\.c \\\n {2}x\.h\n/);
  const linked = await call("wasm-ld", "--no-entry", "--export=twice", "x.o", "-o", "x.wasm");
  expect(linked).toEqual({ code: 0, out: "", err: "" });
  const bytes = readFileSync(join(cwd, "x.wasm"));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  expect((exports.twice as (a: number) => number)(21)).toBe(42);
  expect(bytes.includes(cwd)).toBe(false);
  writeFileSync(join(cwd, "y.c"), "int f(void) { return z; }\n");
  const wrong = await call("clang", ...flags, "y.c", "-o", "y.o");
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain("y.c:1:22: error: use of undeclared identifier 'z'");
});
