// Runs `teemem report` and `teemem size`.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { runBin } from "./cli.ts";

const DATA = fileURLToPath(new URL("../data/optee-4.0.0/", import.meta.url));
const CORE = join(DATA, "core.trace.gz");
const LDELF = join(DATA, "ldelf.trace.gz");
const PKCS11 = join(DATA, "ta-fd02c9da-306c-48c7-a49c-bbd827ae86ee.trace.gz");
const CRYPT = join(DATA, "ta-cb3e5ba0-adf1-11e0-998b-0002a5d5c51b.trace.gz");

const folder = mkdtempSync(join(tmpdir(), "teemem-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("teemem report", () => {
  test("names the refused request of pkcs11_1007 and stays within 80 columns", () => {
    const { stdout, stderr, code } = runBin("teemem", ["report", CORE]);
    expect([stderr, code]).toEqual(["", 0]);
    expect(stdout).toMatch(/pkcs11-1007: a request for 800 bytes failed, although 12,528 of 68,640 bytes/);
    expect(stdout).toMatch(/12,528 free in 42 holes \(12,512 bytes in\s+41 free blocks/);
    expect(stdout).toMatch(/largest free block 400: a request of 384/);
    expect(stdout).toMatch(/peak 56,112 ▲/);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("gives all of it as JSON, of one mark", () => {
    const { stdout, code } = runBin("teemem", ["report", "--json", "--mark", "pkcs11-1007", CORE]);
    const { heaps } = JSON.parse(stdout) as { heaps: Record<string, unknown>[] };
    expect(code).toBe(0);
    expect(heaps).toMatchObject([
      { heap: "core", mark: "pkcs11-1007", operations: 4075, peak: { bytes: 56112 }, failures: { count: 1 } },
    ]);
    expect(heaps[0]?.findings).toBeInstanceOf(Array);
  });

  test("shows several heaps in a line each and those with trouble in full", () => {
    const { stdout } = runBin("teemem", ["report", LDELF, PKCS11]);
    expect(stdout).toMatch(/^heap +inst\. +operations/);
    expect(stdout).toMatch(/^ldelf +374 +2,755 +5,664 +35% +0$/m);
    expect(stdout).toMatch(/307 bytes failed/);
    expect(stdout).not.toMatch(/^ldelf {2}OP-TEE/m);
    // A command that names its files is not broken where nobody sees a terminal.
    const wide = stdout.split("\n").filter((line) => line.length > 80 && !/^ +`teemem .*`$/.test(line));
    expect(wide).toEqual([]);
    expect(runBin("teemem", ["report", "--heap", "ldelf", LDELF, PKCS11]).stdout).toMatch(/^ldelf {2}OP-TEE/m);
    expect(runBin("teemem", ["report", "--heap", "fd02c9da", LDELF, PKCS11]).stdout).toMatch(/^ta-fd02c9da/);
  });

  test("tells who held the memory in a stretch of time, within 80 columns", () => {
    const { stdout, code } = runBin("teemem", ["report", "--range", "0..529.232", "--by", "file", CORE]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^core {2}OP-TEE 4\.0\.0, 0\.000 s to 529\.232 s, 389,520 operations$/m);
    const retained = stdout.slice(stdout.indexOf("still held at its end"));
    expect(retained).toMatch(/^: 267 blocks|267 blocks, 55,968 bytes/);
    expect(retained).toMatch(/^ +23,664 +29 .*ecb\.c$/m);
    expect(retained).toMatch(/^ +14,784 +33 .*hash\.c$/m);
    expect(retained).toMatch(/^ +6,384 +57 .*tee_obj\.c$/m);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("compares two stretches of time, as JSON too", () => {
    const against = ["report", "--range", "520..529.232", "--against", "510..520"];
    const { stdout } = runBin("teemem", [...against, CORE]);
    expect(stdout).toMatch(/^ +\+22,848 +\+28 +1 → 29 +core\/lib\/libtomcrypt\/ecb\.c:109$/m);
    const { heaps, by } = JSON.parse(runBin("teemem", [...against, "--json", CORE]).stdout);
    expect([by, heaps[0].top.bytes, heaps[0].changes.peak[0].bytes]).toEqual(["site", 56112, 22848]);
    expect(heaps[0].from).toBe(520e6);
  });

  test("a range that makes no sense is wrong use, one without anything an error", () => {
    expect(runBin("teemem", ["report", "--range", "5..4", CORE])).toMatchObject({ code: 2 });
    expect(runBin("teemem", ["report", "--range", "1..2", "--mark", "pkcs11-1007", CORE])).toMatchObject({ code: 2 });
    expect(runBin("teemem", ["report", "--against", "1..2", CORE]).stderr).toMatch(/--against needs --range/);
    const page = join(folder, "against.html");
    expect(runBin("teemem", ["report", "--against", "1..2", "--html", page, CORE]).stderr).toMatch(/needs --range/);
    expect(existsSync(page)).toBe(false);
    expect(runBin("teemem", ["report", "--range", "1000000..", CRYPT]).stderr).toMatch(/no heap was used or held/);
  });

  test("reads standard input", () => {
    const { stdout, code } = runBin("teemem", ["report", "-"], { input: gunzipSync(readFileSync(LDELF)) });
    expect([stdout.slice(0, 5), code]).toEqual(["ldelf", 0]);
  });

  test("a damaged recording is reported as far as it goes, and said to be", () => {
    const path = join(folder, "moved.trace");
    const lines = gunzipSync(readFileSync(PKCS11)).toString().split("\n");
    const at = lines.findIndex((line) => line.split("\t")[2] === "M") + 2000;
    const row = (lines[at] ?? "").split("\t");
    const moved = lines.map((line) => (row[6] === "0" ? line : line.replaceAll(`\t${row[6]}\t`, "\t7000010\t")));
    writeFileSync(path, moved.join("\n"));
    const { stdout, code } = runBin("teemem", ["report", path]);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(/From line \d+ on/);
  });

  test.each([
    [["report"], /missing required argument/],
    [["report", "nofile"], /nofile: no such file/],
    [["report", "--heap", "cor", LDELF], /no heap 'cor' in this recording.*it has ldelf/],
    [["report", "--mark", "regression-1004x", LDELF], /no mark 'regression-1004x' in this trace.*did you mean/i],
    [["report", "--top", "0", LDELF], /Expected a number of rows/],
    [["size", "--margin", "lots", LDELF], /Expected a share like 20%/],
    [["size", "--window", "-1", LDELF], /Expected a whole number/],
    [["size", "--heap", "x", LDELF], /no heap 'x' in this recording/],
    [["replay", "--mark", "a", "--until", "b", LDELF], /cannot be used with/],
  ])("%j is wrong use", (args, message) => {
    const { stderr, code } = runBin("teemem", args);
    expect(stderr).toMatch(message);
    expect([stderr.trimEnd().split("\n").length, code]).toEqual([1, 2]);
  });
});

describe("teemem size", () => {
  interface Found {
    readonly pool: number;
    readonly fails: number;
  }
  interface Heap {
    readonly variants: readonly { readonly fit: string; readonly asRecorded: Found | null; readonly served: Found }[];
    readonly tests: readonly { readonly mark: string; readonly first: Found; readonly best: Found }[];
  }
  const size = (...args: string[]): Heap => {
    const { stdout, stderr, code } = runBin("teemem", ["size", "--json", ...args]);
    expect(code).toBe(0);
    // How long it will take is said where that is long, which depends on the machine.
    expect(stderr).toMatch(/^(teemem: core: up to about [^\n]*\nteemem: core: roughly [^\n]*\n)?$/);
    return (JSON.parse(stdout) as { heaps: Heap[] }).heaps[0] as Heap;
  };
  const replay = (...args: string[]): number | null => runBin("teemem", ["replay", ...args]).code;

  test("a replay at the size and one quantum below proves it, as a whole and of a test", () => {
    const { variants, tests } = size("--no-variants", CRYPT);
    expect(variants).toHaveLength(2);
    for (const { fit, served } of variants) {
      expect(replay("--fit", fit, "--pool", String(served.pool), CRYPT)).toBe(0);
      expect(replay("--fit", fit, "--pool", String(served.fails), CRYPT)).toBe(1);
    }
    const test = tests.find(({ mark }) => mark === "regression-4005");
    for (const fit of ["first", "best"] as const) {
      const found = test?.[fit];
      expect(replay("--fit", fit, "--pool", String(found?.pool), "--mark", "regression-4005", CRYPT)).toBe(0);
      expect(replay("--fit", fit, "--pool", String(found?.fails), "--mark", "regression-4005", CRYPT)).toBe(1);
    }
  });

  test("worker threads find what one thread does", () => {
    const quick = ["--no-tests", "--no-variants", "--window", "0", CORE];
    const alone = size("--workers", "1", ...quick);
    expect(size("--workers", "2", ...quick)).toEqual(alone);
    const [first, best] = alone.variants;
    expect(first?.served.pool).toBeGreaterThan(best?.served.pool ?? 0);
    expect(best?.asRecorded).toMatchObject({ pool: 57152, fails: 57136 });
  });

  test("says what to set, with the margin, in 80 columns but for commands", () => {
    const { stdout, code } = runBin("teemem", ["size", "--margin", "1k", PKCS11]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/With first fit: CFG_PKCS11_TA_HEAP_SIZE=\d+, now 32768/);
    expect(stdout).toMatch(/with a margin of 1,024\s+bytes/);
    expect(stdout).toMatch(/as built, all served/);
    expect(stdout).toMatch(/pkcs11-1004 /);
    const long = stdout.split("\n").filter((line) => line.length > 80 && !line.includes("teemem replay"));
    expect(long).toEqual([]);
  });

  test("several heaps are a table, with what to set", () => {
    const { stdout } = runBin("teemem", ["size", "--no-variants", LDELF, CRYPT]);
    expect(stdout).toMatch(/^ldelf +16,384 +5,856 +5,856 +–$/m);
    expect(stdout).toMatch(/^ta-cb3e5ba0\S+ +32,752 +1,376 +1,120 +TA_DATA_SIZE=2048$/m);
  });

  test("counters alone give an estimate, and say of which kind", () => {
    const path = join(folder, "alloc.txt");
    const captured = readFileSync(new URL("fixtures/recorded/stats-alloc-3.out", import.meta.url), "utf8");
    const wanted = [20000, 60000, 65536, 1, 8000, 60000];
    // The first pool's six counters.
    writeFileSync(
      path,
      captured.replace(/(?<=:\s+)\d+(?=\n)/g, (was) => String(wanted.shift() ?? was)),
    );
    const { stdout, stderr } = runBin("teemem", ["size", path]);
    expect(stderr).toBe("");
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
      /at least 2,464 bytes are missing. This is an estimate and a lower bound/,
    );
  });
});
