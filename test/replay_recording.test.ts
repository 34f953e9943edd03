// Recordings of `teemem record` through `replay`, and the answers of `size` and `doctor` that rest on them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runBin } from "./cli.ts";
import { runHere } from "./run_here.ts";

const DATA = fileURLToPath(new URL("../data/", import.meta.url));
const CRYPT = join(DATA, "optee-4.0.0/ta-cb3e5ba0-adf1-11e0-998b-0002a5d5c51b.trace.gz");
const PKCS11 = join(DATA, "optee-4.0.0/ta-fd02c9da-306c-48c7-a49c-bbd827ae86ee.trace.gz");
const GOLDEN = join(DATA, "golden/traces/edge-sizes.trace");
const folder = mkdtempSync(join(tmpdir(), "teemem-"));
const run = join(folder, "my run.arrows");
const two = join(folder, "two.arrows");

beforeAll(() => {
  expect(runBin("teemem", ["record", "-o", run, "--", "run", "hotp"]).code).toBe(0);
  expect(runBin("teemem", ["record", "-o", two, "--from", CRYPT, PKCS11]).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("replay", () => {
  test("compares each heap of a recording, but for those heard from the middle on", async () => {
    const { out, outcome } = await runHere("replay", run);
    expect(outcome).toEqual({ ok: true, value: 0 });
    expect(out.match(/every address and every allocated value as recorded/g)).toHaveLength(2);
    expect(out).toMatch(/: ldelf: not compared\. \d+ blocks were live already/);
    const { out: json } = await runHere("replay", "--json", "--heap", "ldelf", run);
    expect(JSON.parse(json)).toMatchObject({ context: "ldelf", asRecorded: null, difference: null });
  });

  test("says of another pool for such a heap that it is not exact", async () => {
    const { out } = await runHere("replay", "--heap", "ldelf", "--pool", "8k", run);
    expect(out).toMatch(/^Not exact\. \d+ blocks were live already/m);
    expect((await runHere("replay", "--heap", "core", "--pool", "60k", run)).out).not.toMatch(/Not exact/);
  });

  test.each([
    [["--pool", "8k", two], /--pool is for one heap; choose one with --heap: ta-cb3e5ba0.*$/],
    [["--heap", "xyz", two], /^no heap 'xyz' in this recording; it has ta-cb3e5ba0/],
    [["--heap", "cor", run], /^no heap 'cor' in this recording; did you mean core\?/],
    [["--heap", "core", GOLDEN], /--heap is for recorded traces; this is a golden trace$/],
  ])("%j is wrong use", async (words, error) => {
    const { outcome } = await runHere("replay", ...words);
    expect(outcome.ok ? "" : outcome.error).toMatch(error);
  });

  test("takes one heap of several files", async () => {
    const { out } = await runHere("replay", "--heap", "fd02", CRYPT, PKCS11);
    expect(out.trim().split("\n")).toHaveLength(1);
  });
});

describe("size", () => {
  const proofOf = (...words: string[]): string[][] =>
    runBin("teemem", ["size", "--no-variants", "--workers", "1", ...words])
      .stdout.split("\n")
      .flatMap((line) => {
        const proof = /^ {2}teemem (replay .*?) {3}# (.*)$/.exec(line);
        return proof === null ? [] : [[proof[1] ?? "", proof[2] ?? ""]];
      });

  test.each([
    ["a heap of a recording, its name with a blank", ["--heap", "core", run]],
    ["a heap of several files", ["--heap", "fd02c9da", CRYPT, PKCS11]],
  ])("the proof of %s is commands that do what is said", (_, words) => {
    const proof = proofOf(...words);
    expect(proof.length).toBeGreaterThanOrEqual(4);
    for (const [command = "", said = ""] of proof) {
      const args = execFileSync("sh", ["-c", `for word in ${command}; do printf '%s\\0' "$word"; done`], {
        encoding: "utf8",
      });
      const { stdout, stderr, code } = runBin("teemem", args.split("\0").slice(0, -1));
      expect(stderr).toBe("");
      if (said.startsWith("exit code")) expect(`exit code ${code}`).toBe(said);
      else expect(/succeeds? now/.test(stdout), command).toBe(said === "requests that had failed succeed");
    }
  });

  test("a heap heard from the middle on is an estimate, not exact", () => {
    const { stdout } = runBin("teemem", ["size", "--heap", "ldelf", "--no-variants", "--no-tests", run]);
    expect(stdout).toMatch(/An estimate, because the replay is not exact: \d+ blocks/);
  });

  test("a golden trace has no proof, as replay plays it in its own heap", () => {
    expect(proofOf("--no-tests", GOLDEN)).toEqual([]);
  });
});

describe("doctor --on file:", () => {
  test("names the refused request, and the option", async () => {
    const { out, outcome } = await runHere("doctor", "--json", "--on", `file:${two}`);
    expect(outcome).toEqual({ ok: true, value: 1 });
    const { verdicts } = JSON.parse(out) as { verdicts: Record<string, unknown>[] };
    expect(verdicts[0]).toMatchObject({
      id: "recorded-fragmented",
      sure: "certain",
      knobs: ["CFG_PKCS11_TA_HEAP_SIZE"],
    });
    expect(JSON.stringify(verdicts[0])).toMatch(/307 bytes failed/);
  });

  test("finds nothing where nothing was refused, and says what is no recording", async () => {
    const well = await runHere("doctor", "--on", `file:${run}`);
    expect([well.outcome, /No sign of a memory problem/.test(well.out)]).toEqual([{ ok: true, value: 0 }, true]);
    const text = join(folder, "text");
    writeFileSync(text, "hello\n");
    const { outcome } = await runHere("doctor", "--on", `file:${text}`);
    expect(outcome.ok ? "" : outcome.error).toMatch(/text: not a recording: expected a file of/);
  });
});

test("a recording counts failures as OP-TEE does: not those of an impossible alignment", async () => {
  const { out } = await runHere(
    "stats",
    "--json",
    "--on",
    `file:${join(DATA, "optee-4.0.0/core.trace.gz")}`,
    "--at",
    "pkcs11-1007",
  );
  const { out: live } = await runHere("stats", "--json", "--after", "pkcs11-1007");
  const heap = (text: string): Record<string, number> => JSON.parse(text).pools[0];
  for (const name of ["maxAllocated", "failures", "biggestFailure", "biggestFailureUsed"])
    expect([name, heap(out)[name]]).toEqual([name, heap(live)[name]]);
});

test("nothing that is read is written over", async () => {
  const before = readFileSync(two);
  const budget = join(folder, "budget.yaml");
  const limits = "heaps: { ta-*: { peak: 90 % } }\n";
  writeFileSync(budget, limits);
  symlinkSync(two, join(folder, "link"));
  for (const words of [
    ["export", "-f", "csv", "--force", "-o", join(folder, "link"), two],
    ["record", "--force", "-o", two, "--from", CRYPT, two],
    ["check", budget, two, "--junit", two],
    ["check", budget, two, "--junit", budget],
  ]) {
    const { outcome } = await runHere(...words);
    expect(outcome.ok ? "" : outcome.error).toMatch(/ is the input file \(.*\); write to another file$/);
  }
  expect(readFileSync(two).equals(before)).toBe(true);
  expect(readFileSync(budget, "utf8")).toBe(limits);
});

test.each([
  [
    ["stats", "--on", `file:${CRYPT}`, "--at", "regression-404"],
    /no mark 'regression-404' .*did you mean regression-4/,
  ],
  [["leaks", "--at", "regression-404", CRYPT], /no mark 'regression-404' .*did you mean regression-4/],
  [["size", "--margin", "99999%", CRYPT], /Expected at most 1000%\./],
  [["doctor", "--on", "file:"], /--on needs the path of a recording/],
])("%j says what is meant", async (words, error) => {
  const { outcome } = await runHere(...words);
  expect(outcome.ok ? "" : outcome.error).toMatch(error);
});
