// How programs are called.
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { callWords } from "./call_words.ts";
import { packagePath } from "./package_path.ts";

const ENV = { PATH: "/usr/bin:/opt/teemem/bin" };

test("by name where the shell finds it, by npx under npm, else by its file as seen from the folder", async () => {
  const root = packagePath("");
  expect(await callWords("/opt/teemem/bin/teemem", ENV, "/home/me")).toEqual({ teemem: "teemem", xtest: "xtest" });
  expect((await callWords("/opt/teemem/bin/teemem", { ...ENV, npm_command: "exec" }, "/home/me")).teemem).toBe(
    "teemem",
  );
  expect((await callWords(packagePath("dist/cli/teemem.js"), { ...ENV, npm_command: "start" }, root)).teemem).toBe(
    "npx teemem",
  );
  const elsewhere = { ...ENV, npm_command: "start", INIT_CWD: packagePath("dist") };
  expect((await callWords(packagePath("dist/cli/teemem.js"), elsewhere, root)).teemem).toBe("npx teemem");
  const above = { ...ENV, npm_command: "start", INIT_CWD: join(root, "..") };
  const file = relative(above.INIT_CWD, packagePath("dist/cli/teemem.js"));
  expect((await callWords(packagePath("dist/cli/teemem.js"), above, root)).teemem).toBe(`node ${file}`);
  expect(await callWords(packagePath("dist/cli/teemem.js"), ENV, root)).toEqual({
    teemem: "node dist/cli/teemem.js",
    xtest: "node dist/cli/xtest.js",
  });
  expect((await callWords("/x/teemem.js", { ...ENV, TEEMEM_COMMAND: "lab teemem" }, root)).teemem).toBe("lab teemem");
  const far = await callWords(
    packagePath("dist/cli/teemem.js"),
    ENV,
    "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z",
  );
  expect(far.teemem).toBe(`node ${packagePath("dist/cli/teemem.js")}`);
});
