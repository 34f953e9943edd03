// Runs `xtest --stats` and compares its text.
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runBin } from "./cli.ts";

const VERSIONS = ["4.0.0", "4.5.0", "4.10.0"];

function captured(version: string, name: string): string {
  const folder = new URL(`fixtures/xtest/${version}/`, import.meta.url);
  const file = readdirSync(folder).find((candidate) => candidate.startsWith(name) && candidate.endsWith(".out"));
  if (file === undefined) throw new Error(`no ${name} of ${version}`);
  return readFileSync(new URL(file, folder), "utf8");
}

function xtest(version: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runBin("xtest", args, { env: { TEEMEM_OPTEE: version, ...env } });
}

/** All numbers as N, with the blanks that pad them. */
function masked(text: string): string {
  return text.replace(/\d+ *%/g, "N %").replace(/\b\d+$/gm, "N");
}

describe.each(VERSIONS)("the bin xtest as of OP-TEE %s", (version) => {
  it.each([[[]], [["-h"]], [["--nosuch"]], [["--help"]]])(
    "prints its usage on stderr and exits with 1: --stats %s",
    (args) => {
      expect(xtest(version, ["--stats", ...args])).toEqual({ stdout: "", stderr: captured(version, "01"), code: 1 });
    },
  );

  it("--pager", () => {
    expect(xtest(version, ["--stats", "--pager"])).toEqual({ stdout: captured(version, "04"), stderr: "", code: 0 });
  });

  it("--ta, idle", () => {
    // The captured 4.5.0 and 4.10.0 were built without CFG_TA_STATS.
    const env = { TEEMEM_CFG: `CFG_TA_STATS=${version === "4.0.0" ? "y" : "n"}` };
    expect(xtest(version, ["--stats", "--ta"], env)).toEqual({ stdout: "", stderr: captured(version, "08"), code: 1 });
  });

  it("--memleak prints nothing in the normal world", () => {
    expect(xtest(version, ["--stats", "--memleak"])).toEqual({ stdout: "", stderr: "", code: 0 });
  });

  it("--time, in the captured form", () => {
    const { stdout, code } = xtest(version, ["--stats", "--time"]);
    const form = (text: string): string => text.replace(/\d+/g, "N");
    expect([form(stdout), code]).toEqual([form(captured(version, "09")), 0]);
  });

  it("--alloc, in the captured form: pools, names, order, paddings", () => {
    const { stdout, stderr, code } = xtest(version, ["--stats", "--alloc"]);
    expect([masked(stdout), stderr, code]).toEqual([masked(captured(version, "05")), "", 0]);
  });

  it("--clocks and --regulators exist since 4.1 and print nothing", () => {
    const usage = { stdout: "", stderr: captured("4.0.0", "01"), code: 1 };
    for (const option of ["--clocks", "--regulators"]) {
      expect(xtest(version, ["--stats", option])).toEqual(
        version === "4.0.0" ? usage : { stdout: "", stderr: "", code: 0 },
      );
    }
  });

  it("-h: upstream's text, then the tests that can be run here", () => {
    const { stdout, stderr, code } = xtest(version, ["-h"]);
    const upstream = captured(version, "12");
    expect([stdout.slice(0, upstream.length), stderr, code]).toEqual([upstream, "", 0]);
    expect(stdout.slice(upstream.length)).toMatch(/^Tests here:\n(\t4\d{3} {15}Test TEE Internal API .*\n)+$/);
  });
});

describe("the secure console of the bin xtest", () => {
  it("gets the leak list of the real system, line by line, with leak headers", () => {
    const console = join(mkdtempSync(join(tmpdir(), "teemem-")), "console.log");
    const env = { TEEMEM_CFG: "CFG_TEE_CORE_MALLOC_DEBUG=y", TEEMEM_CONSOLE: console };
    // The captured system had answered --alloc before, so that the pseudo TA's context lay above the session's block.
    xtest("4.0.0", ["--stats", "--pager", "--memleak"], env);
    const leaks = readFileSync(console, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("I/TC: buffer:"));
    const real = gunzipSync(readFileSync(new URL("fixtures/recorded/07-stats-memleak.secure.log.gz", import.meta.url)));
    expect(leaks).toEqual(
      real
        .toString()
        .split("\n")
        .filter((line) => line.startsWith("I/TC: buffer:")),
    );
  });

  it("names a console file that cannot be written", () => {
    const { stderr, code } = xtest("4.0.0", ["--stats", "--alloc"], { TEEMEM_CONSOLE: "/nosuch/folder/console" });
    expect([stderr.split("\n").length, code]).toEqual([2, 2]);
    expect(stderr).toContain("TEEMEM_CONSOLE");
  });
});

describe("what xtest is asked wrongly", () => {
  it.each([
    [{ TEEMEM_CFG: "CFG_NOSUCH=y" }, /unknown switch 'CFG_NOSUCH'/],
    [{ TEEMEM_OPTEE: "3.1.0" }, /older than 4.0/],
    [{ TEEMEM_OPTEE: "new" }, /not an OP-TEE version/],
    [{ TEEMEM_AFTER: "regression-9999" }, /no mark 'regression-9999'/],
    [{ TEEMEM_PROFILE: "stm32" }, /unknown profile 'stm32'/],
    [{ TEEMEM_CFG: "CFG_CORE_HEAP_SIZE=2048" }, /CFG_CORE_HEAP_SIZE/],
  ])("%j is one line that says what to do", (env, message) => {
    const { stdout, stderr, code } = runBin("xtest", ["--stats", "--alloc"], { env });
    expect([stdout, code]).toEqual(["", 2]);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  it("says what it cannot do", () => {
    expect(runBin("xtest", ["1001"])).toMatchObject({ code: 2, stderr: expect.stringContaining("no test '1001'") });
    expect(runBin("xtest", ["--aes-perf"])).toMatchObject({ code: 2, stderr: expect.stringContaining("--stats") });
  });
});
