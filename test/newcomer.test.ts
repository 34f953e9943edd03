// What a newcomer types by mistake, and what is said then.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runHere } from "./run_here.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-newcomer-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const DATA = "data/optee-4.0.0";
const AES = `${DATA}/ta-5dbac793-f574-4871-8ad3-04331ec17f24.trace.gz`;
const LDELF = `${DATA}/ldelf.trace.gz`;
const ALLOC = "test/fixtures/xtest/4.10.0/34-after-alloc.out";

/** What was wrong with the use. */
async function problem(...args: string[]): Promise<string> {
  const { outcome } = await runHere(...args);
  return outcome.ok ? `exit code ${outcome.value}` : outcome.error;
}

beforeAll(async () => {
  const { outcome } = await runHere("record", "-o", at("run.arrows"), "--interval", "600000", "--", "run", "aes");
  expect(outcome).toEqual({ ok: true, value: 0 });
});

describe("a file in the place of a system", () => {
  test("is shown by --on", async () => {
    const plain = await runHere("stats", "--on", ALLOC);
    expect(plain).toEqual(await runHere("stats", "--on", `file:${ALLOC}`));
    expect(plain.out).toMatch(/^Heap +[\d,]+ +[\d,]+ +[\d,]+$/m);
    expect(await problem("stats", "--on", at("none"))).toContain("no daemon listens");
  });

  test("is told apart from a workload", async () => {
    expect(await problem("stats", AES)).toBe(`that is a file: 'teemem stats --on ${AES}' shows it`);
    expect(await problem("stats", "none.log")).toContain("a workload needs --ended");
  });
});

test("files and a workload are not mixed", async () => {
  writeFileSync(at("before.log"), "");
  expect(await problem("leaks", at("before.log"), "--", "run", "aes")).toBe(
    "give files to compare, or a workload to run, not both: leave out 'run aes'",
  );
});

test.each([["report"], ["replay"], ["leaks", "--at"]])(
  "a mark that is not there: %s lists some",
  async (command, option = "--mark") => {
    expect(await problem(command, option, "nosuch", LDELF)).toMatch(
      /no mark 'nosuch' in this trace; it has example-hello_world, example-aes, example-random/,
    );
    expect(await problem(command, option, "example-ase", LDELF)).toMatch(/did you mean example-aes/);
  },
);

test("an output that is a folder is called one", async () => {
  for (const force of [[], ["--force"]])
    expect(await problem("export", AES, "-f", "csv", "-o", folder, ...force)).toBe(
      `${folder}: is a directory; name a file in it`,
    );
});

test("help of help is the help", async () => {
  expect((await runHere("help", "help")).out).toBe((await runHere("help")).out);
});

test("a pool that is too small is the option's fault, not that of a line", async () => {
  expect(await problem("replay", "--pool", "0", AES)).toBe(
    "--pool: a pool of 0 bytes is too small: at least 1024 bytes",
  );
});

test("a release that is not known yet is said to be none", async () => {
  for (const version of ["4.99.0", "5.0.0"])
    expect((await runHere("stats", "--optee", version)).err).toBe(
      `teemem: OP-TEE ${version} is later than 4.10, the last release that is known here: the rules of 4.10 are used\n`,
    );
  for (const version of ["4.10.0", "4.10.1", "4.0.0"])
    expect((await runHere("stats", "--optee", version)).err).toBe("");
});

describe("files of one system", () => {
  test("are not mixed with those of another", async () => {
    expect(await problem("report", ALLOC, `${DATA}/core.trace.gz`)).toMatch(
      /34-after-alloc\.out and .*core\.trace\.gz are of two systems: core has [\d,]+ bytes in one, 68,640 in the other/,
    );
  });

  test("counters that events make needless are left out, and this is said", async () => {
    const counters = at("counters.out");
    const { runBin } = await import("./cli.ts");
    writeFileSync(counters, runBin("xtest", ["--stats", "--alloc"]).stdout);
    const { err, outcome } = await runHere("report", counters, `${DATA}/core.trace.gz`);
    expect(outcome.ok).toBe(true);
    expect(err).toBe(
      `teemem: ${counters}: counters of core are left out: the events in ${DATA}/core.trace.gz tell more\n`,
    );
  });
});

describe("one block has one name", () => {
  test("the pool table", async () => {
    const told = [
      await runHere("leaks", at("run.arrows")),
      await runHere("leaks", "--", "run", "aes"),
      await runHere("report", "--heap", "aes", at("run.arrows")),
      await runHere("leaks", AES),
      await runHere("watch", "--ta", "aes", "--until", "exit", "--", "run", "aes"),
    ];
    for (const { out } of told) {
      expect(out).toMatch(/ {2}pool table$/m);
      // Its line is told beside, not in place of the name.
      expect(out).not.toMatch(/^ .* bget_malloc\.c|^ .*isoc\/bget_malloc/m);
    }
  });

  test("what was there before, and nobody is sent there", async () => {
    const { out } = await runHere("report", "--heap", "ldelf", at("run.arrows"));
    expect(out).toMatch(/ {2}before the recording$/m);
    expect(out).not.toContain("before held");
  });
});

test("sizes say whether they are as asked or with headers", async () => {
  const { out: leaks } = await runHere("leaks", at("run.arrows"));
  expect(leaks).toMatch(/blocks, [\d,]+ bytes asked for/);
  expect(leaks).toMatch(/14,256 .* core\/lib\/libtomcrypt\/hash\.c:117/);
  const { out: report } = await runHere("report", "--heap", "core", at("run.arrows"));
  expect(report).toContain("Holders at the peak, with block headers");
  expect(report).toMatch(/14,784 .* core\/lib\/libtomcrypt\/hash\.c:117/);
});

test("a pool that cannot be smaller says so", async () => {
  const said = "1,024 bytes is the smallest pool that OP-TEE's allocator takes";
  expect((await runHere("size", "--workers", "1", AES)).out).toContain(said);
  expect((await runHere("size", "--workers", "1", "--no-tests", "--no-variants", LDELF)).out).not.toContain(said);
});

describe("a heap that is not there", () => {
  test.each(["report", "size", "leaks", "replay"])("%s names those that are, with their TAs", async (command) => {
    expect(await problem(command, "--heap", "aess", at("run.arrows"))).toMatch(
      /no heap 'aess' in (?:this recording|these files); did you mean aes\?; it has .*ta-5dbac793-f574-4871-8ad3-04331ec17f24 \(aes\)/,
    );
  });

  test("export, too; and the name of a TA is enough", async () => {
    expect(await problem("export", "-f", "csv", "--heap", "aess", at("run.arrows"))).toContain("did you mean aes?");
    expect((await runHere("export", "-f", "csv", "--heap", "aes", at("run.arrows"))).outcome).toEqual({
      ok: true,
      value: 0,
    });
  });
});
