// A TA whose last build failed: what is run is the one before, and that is said.
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runBin } from "./cli.ts";
import { needPrograms } from "./support/needs.ts";
import { LIFE, writeTa } from "./support/small_ta.ts";

const SOURCE = `${LIFE}TEE_Result TA_OpenSessionEntryPoint(uint32_t t, TEE_Param p[4], void **c) { (void)t; (void)p; (void)c; return 0; }
TEE_Result TA_InvokeCommandEntryPoint(void *c, uint32_t i, uint32_t t, TEE_Param p[4])
{ (void)c; (void)i; (void)t; (void)p; return 0; }
`;

test("is run as the build before made it, with a word; silently once it is built again", {
  timeout: 120_000,
}, (context) => {
  needPrograms(context, "make, clang-19, lld-19, gcc", "make", "clang-19", "wasm-ld-19", "gcc");
  const folder = mkdtempSync(join(tmpdir(), "teemem-failed-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = { XDG_CACHE_HOME: join(folder, "cache") };
  const ta = writeTa(join(folder, "small"), "small", "3d2c1b0a-5555-4222-8333-444455556666", SOURCE);
  const build = () => runBin("teemem", ["ta", "build", ta], { env });
  const exec = () => runBin("teemem", ["exec", "--no-report", "--ta", ta, "--", "true"], { env });
  expect([build().code, exec()]).toEqual([0, { code: 0, stdout: "", stderr: "" }]);
  appendFileSync(join(ta, "small.c"), "#error broken\n");
  expect(build().code).not.toBe(0);
  expect(exec()).toEqual({
    code: 0,
    stdout: "",
    stderr: `teemem: ${ta}: its last build failed; these are the TAs of the one before\n`,
  });
  writeTa(ta, "small", "3d2c1b0a-5555-4222-8333-444455556666", SOURCE);
  expect([build().code, exec().stderr]).toEqual([0, ""]);
});
