// The TA of examples/ta under memcheck, as a user runs it: what the table in its README says of each bug is what is found.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, type TestContext, test } from "vitest";
import { type Ran, runBin } from "./cli.ts";
import { miss, needPrograms } from "./support/needs.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "teemem-memcheck-"));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { XDG_CACHE_HOME: join(folder, "cache") };
const client = join(folder, "bugs");
const TIMEOUT = 120_000;

let built: boolean | undefined;

/** The TA with checks and its client, built once. */
function build(context: TestContext): void {
  needPrograms(context, "make, clang-19, lld-19, gcc", "make", "clang-19", "wasm-ld-19", "gcc");
  built ??= ta() && host();
  if (!built) miss(context, "examples/ta cannot be built here");
}

function ta(): boolean {
  const { code, stderr } = runBin("teemem", ["ta", "build", join(project, "examples/ta"), "--memcheck"], { env });
  expect(stderr).not.toContain("error:");
  return code === 0;
}

function host(): boolean {
  const where = [`O=${folder}`, `TEEMEM=${project}`];
  return spawnSync("make", ["-C", join(project, "examples/ta/bugs/host"), ...where]).status === 0;
}

interface Found {
  readonly title: string;
  readonly message: string;
  readonly place: string;
}

function exec(options: readonly string[], words: readonly string[]): Ran {
  const given = ["--memcheck", "--no-report", "--ta", join(project, "examples/ta"), ...options];
  return runBin("teemem", ["exec", ...given, "--", client, ...words], { env });
}

/** What memcheck found in a run of the client. */
function found(...words: readonly string[]): readonly Found[] {
  const { stderr } = exec(["--format", "json"], words);
  const line = stderr.split("\n").find((one) => one.startsWith('{"findings"'));
  return JSON.parse(line ?? "null").findings;
}

const README = readFileSync(join(project, "examples/ta/README.md"), "utf8");
const ROWS = [...README.matchAll(/^\| `([a-z]+)` \| ([^|]{1,200}) \| ([^|]{1,200}) \| (ta\/[^|]{1,40}) \|$/gm)].map(
  ([, name = "", title = "", of = "", place = ""]) => [name, title, of, place] as const,
);

describe("the TA of examples/ta under memcheck", () => {
  test("its README tells of eight bugs and more", () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(8);
  });

  test.for(ROWS)("%s bad: %s", { timeout: TIMEOUT }, ([name, title, of, place], context) => {
    build(context);
    const [first] = found(name, "bad");
    expect(first).toMatchObject({ title, place });
    expect(first?.message).toContain(of);
  });

  test("ordinary input has no findings, and the client's exit code stays", { timeout: TIMEOUT }, (context) => {
    build(context);
    const { stderr, code } = exec(["--error-exitcode", "9"], ["all"]);
    expect([stderr, code]).toEqual(["\nmemcheck: no findings\n", 0]);
  });

  test("with findings the exit code is the one that was asked for", { timeout: TIMEOUT }, (context) => {
    build(context);
    expect(exec(["--error-exitcode", "9"], ["level", "bad"]).code).toBe(9);
    expect(exec([], ["level", "bad"]).code).toBe(0);
  });
});
