// How programs are called, and which words of a text are commands.
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { asCalled, callWords } from "./call_words.ts";
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

test("commands in lines of their own, behind variables and in quotes are as they are called; prose stays", () => {
  const words = { teemem: "npx teemem", xtest: "npx xtest" };
  const text = [
    "  teemem help replay         explain one command",
    "  TEEMEM_AFTER=boot xtest --stats",
    "  A=$(cat a) teemem serve && teemem stats | teemem leaks -",
    "  source <(teemem completion bash)",
    "start 'teemem boot', and `teemem size` finds it",
    "teemem demo: the memory of teemem and",
    "  teemem 0.1.0",
    "  npx teemem demo",
  ];
  expect(asCalled(text.join("\n"), words).split("\n")).toEqual([
    "  npx teemem help replay         explain one command",
    "  TEEMEM_AFTER=boot npx xtest --stats",
    "  A=$(cat a) npx teemem serve && npx teemem stats | npx teemem leaks -",
    "  source <(npx teemem completion bash)",
    "start 'npx teemem boot', and `npx teemem size` finds it",
    ...text.slice(5),
  ]);
  expect(asCalled(text.join("\n"), { teemem: "teemem", xtest: "xtest" })).toBe(text.join("\n"));
  expect(asCalled(text.join("\n"), undefined)).toBe(text.join("\n"));
});
