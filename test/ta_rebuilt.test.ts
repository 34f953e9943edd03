// A TA whose UUID or sources change: what a build leaves, and what commands say of modules that are older than their sources.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { runBin } from "./cli.ts";
import { needPrograms } from "./support/needs.ts";
import { LIFE, writeTa } from "./support/small_ta.ts";

const SOURCE = `${LIFE}#include "size.h"
TEE_Result TA_OpenSessionEntryPoint(uint32_t t, TEE_Param p[4], void **c) { (void)t; (void)p; (void)c; return SIZE; }
TEE_Result TA_InvokeCommandEntryPoint(void *c, uint32_t i, uint32_t t, TEE_Param p[4])
{ (void)c; (void)i; (void)t; (void)p; return 0; }
`;
const ONE = "3d2c1b0a-5555-4222-8333-444455550001";
const TWO = "3d2c1b0a-5555-4222-8333-444455550002";

let root = "";
beforeEach((context) => {
  needPrograms(context, "make, clang-19, lld-19, gcc", "make", "clang-19", "wasm-ld-19", "gcc");
  root = mkdtempSync(join(tmpdir(), "teemem-rebuilt-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
});

function teemem(...words: string[]): ReturnType<typeof runBin> {
  return runBin("teemem", words, { env: { XDG_CACHE_HOME: join(root, "cache") } });
}

const run = (ta: string) => teemem("exec", "--no-report", "--ta", ta, "--", "true");

function write(folder: string, uuid: string): string {
  const ta = writeTa(folder, "small", uuid, SOURCE);
  writeFileSync(join(ta, "size.h"), "#define SIZE 0\n");
  return ta;
}

test("a build leaves the modules that it made, and no older one", { timeout: 120_000 }, () => {
  const ta = write(join(root, "small"), ONE);
  const first = teemem("ta", "build", ta);
  expect([first.code, first.stderr]).toEqual([0, ""]);
  write(ta, TWO);
  expect(teemem("ta", "build", ta)).toEqual(first);
  const makefile = join(ta, "Makefile");
  writeFileSync(makefile, readFileSync(makefile, "utf8").replace(TWO, ONE));
  const other = teemem("ta", "build", ta);
  expect([other.code, other.stdout]).toEqual([0, first.stdout]);
  expect(other.stderr).toBe(
    `warning: BINARY is ${ONE}, but TA_UUID is ${TWO}: a board looks for ${TWO}.ta and would not find it; make them equal\n`,
  );
  expect(run(ta)).toEqual({ code: 0, stdout: "", stderr: "" });
});

test.each(["small.c", "size.h", "Makefile", "sub.mk"])(
  "%s is newer than the module: said until it is built",
  {
    timeout: 120_000,
  },
  (name) => {
    const ta = write(join(root, "small"), ONE);
    expect(teemem("ta", "build", ta).code).toBe(0);
    const file = join(ta, name);
    appendFileSync(file, "\n");
    // Another second, whatever the file system's clock is like.
    utimesSync(file, new Date(), new Date(Date.now() + 2000));
    const { code, stderr } = run(ta);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(
        /^teemem: .*\/small\/\S+ is newer than its module, .* ta build \S+small' builds it anew\n$/,
      ),
    ]);
    expect(stderr).toContain(`/small/${name} is newer`);
    utimesSync(file, new Date(), new Date(Date.now() - 600_000));
    expect(run(ta).stderr).toBe("");
  },
);

test("a TA is found by its own folder and by the one around it, whichever was built", { timeout: 120_000 }, () => {
  const [ta, around] = [write(join(root, "outer/ta"), ONE), join(root, "outer")];
  expect(run(ta).stderr).toContain("has no TA that is built: run");
  expect(teemem("ta", "build", around).code).toBe(0);
  expect([run(ta).stderr, run(around).stderr]).toEqual(["", ""]);
  rmSync(join(root, "cache"), { recursive: true });
  expect(teemem("ta", "build", "--memcheck", ta).code).toBe(0);
  expect(run(around).stderr).toContain("was built with checks only: run");
  expect(teemem("ta", "build", ta).code).toBe(0);
  expect(run(around).stderr).toBe("");
});

test("a client that calls none of the TAs has checked nothing", { timeout: 120_000 }, () => {
  const ta = write(join(root, "small"), ONE);
  expect(teemem("ta", "build", ta).code).toBe(0);
  const none = "teemem: no TA of --ta was called: nothing was checked\n";
  const checked = (...words: string[]) =>
    teemem("exec", "--memcheck", "--no-report", ...words, "--ta", ta, "--", "true");
  expect(checked()).toEqual({ code: 0, stdout: "", stderr: `\n${none}` });
  expect(checked("--error-exitcode", "3")).toEqual({ code: 3, stdout: "", stderr: `\n${none}` });
  const budget = join(root, "budget.yaml");
  writeFileSync(budget, "heaps:\n  core:\n    failures: 0\n");
  const { code, stderr } = teemem("check", budget, "--memcheck", "--ta", ta, "--", "true");
  expect([code, stderr]).toEqual([1, `\n${none}`]);
});
