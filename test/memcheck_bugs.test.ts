// The TA of examples/ta under memcheck, as a user runs it: what the table in its README says of each bug is what is found.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, onTestFinished, type TestContext, test } from "vitest";
import { FINDING_KINDS } from "../src/tee/monitor/finding.ts";
import { type Ran, runBin } from "./cli.ts";
import { misfits } from "./support/json_schema.ts";
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
  if (spawnSync("make", ["-C", join(project, "examples/ta/bugs/host"), ...where]).status !== 0) return false;
  // As it is asked for at run time.
  symlinkSync("libteec.so", join(folder, "libteec.so.2"));
  return true;
}

interface Found {
  readonly title: string;
  readonly message: string;
  readonly place: string;
}

function exec(options: readonly string[], words: readonly string[], mode = "--memcheck"): Ran {
  const given = [mode, "--no-report", "--ta", join(project, "examples/ta"), ...options];
  return runBin("teemem", ["exec", ...given, "--", client, ...words], { env });
}

/** What was found in a run of the client. */
function foundIn(mode: string, ...words: readonly string[]): readonly Found[] {
  const { stderr } = exec(["--format", "json"], words, mode);
  const line = stderr.split("\n").find((one) => one.startsWith('{"findings"'));
  const told = JSON.parse(line ?? expect.fail(stderr));
  expect(misfits(told, SCHEMA)).toEqual([]);
  return told.findings;
}

const SCHEMA = JSON.parse(readFileSync(join(project, "docs/schemas/findings.schema.json"), "utf8"));
const README = readFileSync(join(project, "examples/ta/README.md"), "utf8");
const ROWS = [
  ...README.matchAll(
    /^\| `([a-z]{1,20})`(, with `--memcheck=full`)? \| ([^|]{1,200}) \| ([^|]{0,200})\| (ta\/[^|]{1,40}) \|$/gm,
  ),
].map(([, name = "", full = "", title = "", of = "", place = ""]) => [name, title, of.trim(), place, full] as const);

describe("the TA of examples/ta under memcheck", () => {
  test("the schema has every kind of finding", () => {
    const { kind } = SCHEMA.$defs.memcheckFinding.properties;
    expect(new Set(kind.enum)).toEqual(new Set(Object.keys(FINDING_KINDS)));
  });

  test("its README says it of eleven bugs and more", () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(11);
  });

  test.for(ROWS)("%s bad: %s", { timeout: TIMEOUT }, ([name, title, of, place, full], context) => {
    build(context);
    const [first] = foundIn(full === "" ? "--memcheck" : "--memcheck=full", name, "bad");
    expect(first).toMatchObject({ title, place });
    expect(first?.message).toContain(of);
  });

  test("ordinary input has no findings but the one that needs no other", { timeout: TIMEOUT }, (context) => {
    build(context);
    expect(foundIn("--memcheck", "all").map(({ place }) => place)).toEqual(["ta/shared.c:32"]);
    const { stderr, code } = exec(["--error-exitcode", "9"], ["median"]);
    expect([stderr, code]).toEqual(["\nmemcheck: no findings\n", 0]);
  });

  test("with findings the exit code is the one that was asked for", { timeout: TIMEOUT }, (context) => {
    build(context);
    expect(exec(["--error-exitcode", "9"], ["level", "bad"]).code).toBe(9);
    expect(exec([], ["level", "bad"]).code).toBe(0);
  });

  test("a recording keeps what was found, and is the file that was asked for", { timeout: TIMEOUT }, (context) => {
    build(context);
    const file = join(folder, "run.arrows");
    expect(exec(["-o", file, "--optee", "4.0.0"], ["level", "bad"]).code).toBe(0);
    const { stdout } = runBin("teemem", ["report", file]);
    expect(stdout).toContain("Address 0x");
    expect(stdout).toContain("0 bytes after the global variable names of 32 bytes");
  });

  test.for(["--memcheck", "--memcheck=full"])(
    "the heap is the same with %s: every operation, its address, its statistics, also where it is refused",
    { timeout: TIMEOUT },
    (mode, context) => {
      build(context);
      expect(runBin("teemem", ["ta", "build", join(project, "examples/ta")], { env }).code).toBe(0);
      for (const words of [["all"], ["hoard", "bad"], ["packet", "bad"]]) {
        const events = (...options: readonly string[]): unknown => {
          const file = join(folder, "same.arrows");
          const given = [...options, "--no-report", "--force", "-o", file, "--ta", join(project, "examples/ta")];
          runBin("teemem", ["exec", ...given, "--", client, ...words], { env });
          const { heaps } = JSON.parse(runBin("teemem", ["export", file, "-f", "json"]).stdout);
          return heaps.map(({ heap, events: rows }: { heap: string; events: Record<string, unknown>[] }) => [
            heap,
            rows.map(({ op, pointer, size, arg, result, allocated, instance }) =>
              [op, pointer, size, arg, result, allocated, instance].join(" "),
            ),
          ]);
        };
        const plain = events();
        expect(JSON.stringify(plain)).toContain("malloc");
        expect(events(mode)).toEqual(plain);
      }
    },
  );

  test("check fails, and says why", { timeout: TIMEOUT }, (context) => {
    build(context);
    const budget = join(folder, "budget.yaml");
    writeFileSync(budget, "heaps:\n  ta-*:\n    peak: 90 %\n");
    const check = (...words: readonly string[]): Ran => {
      const given = [budget, "--memcheck", "--ta", join(project, "examples/ta"), "--", client, ...words];
      return runBin("teemem", ["check", ...given], { env });
    };
    expect(check("median").code).toBe(0);
    const { code, stderr } = check("level", "bad");
    expect([code, stderr]).toEqual([1, expect.stringContaining("global variable names of 32 bytes")]);
  });

  test("boot tells it at once, whoever the client is", { timeout: TIMEOUT }, async (context) => {
    build(context);
    const socket = join(folder, "boot.sock");
    const options = ["--memcheck", "--ta", join(project, "examples/ta"), "--socket", socket];
    const program = join(project, "dist/cli/teemem.js");
    const boot = spawn(process.execPath, [program, "boot", ...options], { env: { ...process.env, ...env } });
    onTestFinished(() => void boot.kill());
    let said = "";
    boot.stderr.on("data", (text) => {
      said += text;
    });
    await expect.poll(() => said, { timeout: TIMEOUT }).toContain("listens on");
    const world = { ...process.env, TEEMEM_SOCKET: socket, LD_LIBRARY_PATH: folder };
    expect(spawnSync(client, ["level", "bad"], { env: world }).status).toBe(0);
    await expect.poll(() => said).toContain("    at level (ta/tables.c:32)\n");
    expect(said.match(/Invalid read/g)).toHaveLength(1);
  });
});
