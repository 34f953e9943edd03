// `teemem fuzz` on the TA of examples/ta, as a user runs it: each bug is found, and what it leaves shows it again.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, type TestContext, test } from "vitest";
import { type Ran, runBin } from "./cli.ts";
import { misfits, schemaOf } from "./support/json_schema.ts";
import { miss, needPrograms } from "./support/needs.ts";
import { LIFE, writeTa } from "./support/small_ta.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const source = join(project, "examples/ta/bugs/ta");
const folder = mkdtempSync(join(tmpdir(), "teemem-fuzz-"));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { XDG_CACHE_HOME: join(folder, "cache") };
const bugs = join(folder, "bugs");
const TIMEOUT = 180_000;

const fuzz = (...args: readonly string[]): Ran => runBin("teemem", ["fuzz", source, ...args], { env });

let found: Ran | null = null;

/** The TA built, and fuzzed once for all tests. */
function fuzzed(context: TestContext): Ran {
  needPrograms(context, "make, clang-19, lld-19, gcc", "make", "clang-19", "wasm-ld-19", "gcc");
  if (found !== null) return found;
  if (runBin("teemem", ["ta", "build", source], { env }).code !== 0) miss(context, "examples/ta cannot be built here");
  found = fuzz("--runs", "30000", "-o", bugs);
  return found;
}

/** Line and kind of what examples/ta/bugs has, but for what only --memcheck=full finds. */
const PLANTED = [
  ["Invalid write", "ta/heap.c:18"],
  ["Use after free", "ta/notes.c:39"],
  ["Double free", "ta/heap.c:44"],
  ["lost", "ta/heap.c:57"],
  ["Invalid write", "ta/shared.c:12"],
  ["Invalid read", "ta/tables.c:16"],
  ["Invalid read", "ta/tables.c:32"],
  ["Invalid read", "ta/tables.c:57"],
  ["Integer overflow", "ta/heap.c:81"],
  ["Client memory read twice", "ta/shared.c"],
  ["A loop without an end", "ta/endless.c:11"],
  ["Stack overflow", "ta/endless.c:22"],
] as const;

/** A TA with a few ways through it, and no loop. */
const SHORT = `${LIFE}TEE_Result TA_OpenSessionEntryPoint(uint32_t t, TEE_Param p[4], void **c) { (void)t; (void)p; (void)c; return 0; }
TEE_Result TA_InvokeCommandEntryPoint(void *c, uint32_t id, uint32_t t, TEE_Param p[4])
{
	(void)c;
	if (id > 3)
		return 1;
	if (t != TEE_PARAM_TYPES(TEE_PARAM_TYPE_VALUE_INOUT, 0, 0, 0))
		return 2;
	if (p[0].value.a > 1000)
		return p[0].value.b == 0x5eed ? 3 : 4;
	return p[0].value.a & 1 ? 5 : 6;
}
`;

describe("the TA with a bug of each kind", () => {
  test.for(PLANTED)("%s at %s is found", { timeout: TIMEOUT }, ([title, place], context) => {
    const { stdout } = fuzzed(context);
    // Of one report: from its title to the file that it left.
    const reports = stdout.split(/input \d+: .*\n/);
    expect(reports.some((one) => one.includes(title) && one.includes(place))).toBe(true);
  });

  test(
    "each file that is left shows its bug again, and only that",
    (context) => {
      const { code, stdout } = fuzzed(context);
      expect(code).toBe(1);
      const files = readdirSync(bugs).filter((name) => name.endsWith(".json"));
      expect(files.length).toBe(stdout.match(/input \d+: /g)?.length);
      for (const name of files) {
        const again = fuzz("--replay", join(bugs, name));
        expect([name, again.code]).toEqual([name, 1]);
        const { found: what } = JSON.parse(readFileSync(join(bugs, name), "utf8"));
        if (what.where !== "") expect(again.stdout).toContain(/\((.*)\)/.exec(what.where)?.[1]);
      }
      const run = runBin("teemem", ["run", join(bugs, "use-after-free-1.json"), "--ta", source], { env });
      expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining("ta/notes.c:39") });
    },
    TIMEOUT,
  );

  test(
    "the client in C shows it under exec --memcheck",
    (context) => {
      fuzzed(context);
      const lib = join(folder, "lib");
      expect(runBin("teemem", ["device", "build", "libteec", "-o", lib], { env }).code).toBe(0);
      const client = join(folder, "client");
      const include = ["-I", join(project, "device/libteec")];
      const head = readFileSync(join(bugs, "use-after-free-1.c"), "utf8");
      expect(head).toContain(`cc -I ${include[1]} use-after-free-1.c -L teec -lteec -o use-after-free-1\n`);
      const cc = spawnSync("gcc", [
        "-Wall",
        "-Werror",
        ...include,
        join(bugs, "use-after-free-1.c"),
        "-L",
        lib,
        "-lteec",
        "-o",
        client,
      ]);
      expect([cc.status, cc.stderr.toString()]).toEqual([0, ""]);
      const exec = runBin("teemem", ["exec", "--memcheck", "--no-report", "--ta", source, "--", client], { env });
      expect(exec.stderr).toContain("Use after free");
      expect(exec.stderr).toContain("ta/notes.c:39");
    },
    TIMEOUT,
  );

  test(
    "the same seed runs the same inputs",
    (context) => {
      fuzzed(context);
      const runs = ["--runs", "1500"];
      // Its calls are short: whether one computes for too long is a matter of the clock.
      const short = writeTa(join(folder, "short"), "short", "3d2c1b0a-1111-4222-8333-444455556666", SHORT);
      expect(runBin("teemem", ["ta", "build", short], { env }).code).toBe(0);
      const inputs = (seed: string): string => {
        const corpus = mkdtempSync(join(folder, "corpus-"));
        const of = ["--seed", seed, "--corpus", corpus, "-o", join(folder, "other")];
        runBin("teemem", ["fuzz", short, ...runs, ...of], { env });
        return readdirSync(corpus).sort().join();
      };
      const first = inputs("5");
      expect(first).not.toBe("");
      expect(inputs("5")).toBe(first);
      expect(inputs("6")).not.toBe(first);
    },
    TIMEOUT,
  );

  test(
    "a grammar and a corpus are where it begins; two jobs find what one does",
    (context) => {
      fuzzed(context);
      const grammar = join(folder, "grammar.yaml");
      const lines = ["commands:", "  - id: 8", "    params: [{ type: memref-in, text: ':' }, { type: value-out }]"];
      writeFileSync(grammar, `${lines.join("\n")}\n`);
      const one = fuzz("--runs", "20", "--grammar", grammar, "-o", join(folder, "g"));
      expect(one.stdout).toContain("ta/tables.c:16");
      const two = fuzz("--runs", "4000", "--jobs", "2", "-o", join(folder, "two"));
      expect(two.stdout.match(/at \w+ \(ta\/heap\.c:18\)/g)).toHaveLength(1);
    },
    TIMEOUT,
  );

  test(
    "as JSON and as SARIF it tells the same; what is suppressed is no bug",
    (context) => {
      fuzzed(context);
      const sarif = join(folder, "fuzz.sarif");
      const digits = join(folder, "digits.yaml");
      writeFileSync(
        digits,
        "commands:\n  - id: 8\n    params: [{ type: memref-in, text: ':' }, { type: value-out }]\n",
      );
      const few = ["--runs", "40", "--grammar", digits, "-o", join(folder, "json")];
      const { stdout, code } = fuzz(...few, "--json", "--sarif", sarif);
      const told = JSON.parse(stdout);
      expect(misfits(told, schemaOf("fuzz"))).toEqual([]);
      expect([code, told.ta, told.findings.length]).toEqual([1, "bugs", told.files.length]);
      expect(told.findings.map(({ place }: { place: string }) => place)).toContain("ta/tables.c:16");
      const [run] = JSON.parse(readFileSync(sarif, "utf8")).runs;
      expect(run.results).toHaveLength(told.findings.length);
      const rules = join(folder, "suppressions");
      fuzz(...few, "--gen-suppressions", rules);
      expect(fuzz(...few, "--suppressions", rules)).toMatchObject({
        code: 0,
        stdout: expect.not.stringContaining("at "),
      });
    },
    TIMEOUT,
  );

  test.for([
    [["--replay", "no-such-file"], "no-such-file"],
    [["--replay", source], "directory"],
    [["--grammar", join(source, "Makefile")], "no list 'commands'"],
    [["--runs", "0"], "whole number"],
    [["--jobs", "9999"], "cores"],
    [["--dictionary", "no-such-file"], "no-such-file"],
  ] as const)("bad input is one line and exit code 2: %j", { timeout: TIMEOUT }, ([args, says], context) => {
    fuzzed(context);
    const { code, stderr } = fuzz(...args);
    expect([code, stderr.trim().split("\n").length]).toEqual([2, 1]);
    expect(stderr).toContain(says);
  });
});

test("a folder that nobody built is told how to build it", () => {
  const { code, stderr } = runBin("teemem", ["fuzz", join(project, "src")], { env });
  expect(code).toBe(2);
  expect(stderr).toContain("teemem ta build");
});
