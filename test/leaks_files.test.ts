// Runs `teemem leaks` on files.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runHere } from "./run_here.ts";
import { file, folder, json, leak } from "./support/leak_files.ts";
import { needPrograms } from "./support/needs.ts";

const FIXTURES = "test/fixtures/xtest/4.0.0";
const BEFORE = `${FIXTURES}/31-before-memleak.secure.log.gz`;
const AFTER = `${FIXTURES}/36-after-memleak.secure.log.gz`;

describe("teemem leaks of files", () => {
  it("names the places that grew over the full run of all tests", async () => {
    const { told, outcome } = await json(BEFORE, AFTER);
    expect(outcome).toEqual({ ok: true, value: 1 });
    const rows: { site: string; bytes: number; blocks: number }[] = told[0].rows;
    expect(rows.map(({ site, blocks, bytes }) => [site, blocks, bytes])).toEqual([
      ["core/kernel/user_ta.c:466", 1, 848],
      ["core/mm/vm.c:307", 11, 616],
      ["core/mm/mobj.c:387", 9, 504],
      ["core/kernel/pseudo_ta.c:311", 4, 352],
      ["core/mm/fobj.c:752", 9, 216],
      ["core/mm/tee_mm.c:19", 9, 216],
      ["core/mm/file.c:151", 1, 88],
      ["core/mm/file.c:91", 2, 48],
      ["core/tee/tee_time_generic.c:54", 1, 28],
    ]);
    const { out } = await runHere("leaks", BEFORE, AFTER);
    expect(out).toMatch(/9 call sites grew, by 2,916 bytes in 47 blocks\. One more TA is\s+loaded/);
    expect(
      Math.max(
        ...out
          .split("\n")
          .filter((line) => !line.includes(FIXTURES))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it("lists one, finds nothing in two alike, and calls a cache a cache", async () => {
    expect((await json(BEFORE)).told[0]).toMatchObject({ heap: "core", kind: "snapshot", snapshots: [{ blocks: 50 }] });
    expect((await runHere("leaks", BEFORE, BEFORE)).outcome).toEqual({ ok: true, value: 0 });
    const three = await json(BEFORE, AFTER, AFTER);
    expect(three.told[0].kind).toBe("three");
    expect(new Set(three.told[0].rows.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(["kept"]));
  });

  it("follows many lists of one log, noise and all", async () => {
    const lines = Array.from({ length: 8 }, (_, i) => [
      `* iteration ${i}`,
      ...Array.from({ length: 3 + i }, () => leak(64, "core/kernel/leaky.c:12")),
      "D/TC:? 1 do_notif:36 sleep thread 1 0x6e2152f8",
      leak(16, "lib/libutils/isoc/bget_malloc.c:935"),
    ]).flat();
    const { told, outcome } = await json(file("loop.log", ...lines));
    expect(outcome).toEqual({ ok: true, value: 1 });
    expect(told[0]).toMatchObject({
      kind: "many",
      rows: [{ site: "core/kernel/leaky.c:12", leaks: true, trend: { slope: 64 } }],
    });
  });

  it("takes moments of a recording", async () => {
    const { told } = await json("--at", "boot", "--at", "pkcs11-1007", "data/optee-4.0.0/core.trace.gz");
    expect(told[0]).toMatchObject({
      kind: "two",
      snapshots: [{ name: "end of boot", blocks: 47 }, { name: "end of pkcs11-1007" }],
    });
    const { told: many, outcome } = await json("data/optee-4.0.0/core.trace.gz");
    expect(many[0]).toMatchObject({ heap: "core", kind: "many" });
    expect(outcome).toEqual({ ok: true, value: 0 });
  });

  it("takes the calls of a recording as iterations", async () => {
    const path = join(folder, "leaky.arrows");
    expect((await runHere("record", "-o", path, "--", "leaky", "6")).outcome.ok).toBe(true);
    const { told } = await json("--heap", "ta-6d4c1b8e-30f7-4c52-9c1a-5b7e0d2f8a46", path);
    expect(told).toMatchObject([
      { kind: "many", rows: [{ site: "ta/leaky/leaky.c:31", blocks: 1, leaks: true, trend: { slope: 100 } }] },
    ]);
  });

  it("takes the lists of logs that were made a recording", async () => {
    const path = join(folder, "logs.arrows");
    const both = file("both.log", ...[BEFORE, AFTER].map((name) => gunzipSync(readFileSync(name)).toString("latin1")));
    expect((await runHere("record", "-o", path, "--from", both)).outcome.ok).toBe(true);
    const { told } = await json(path);
    expect(told[0].rows).toHaveLength(9);
    expect(told[0].snapshots).toMatchObject([{ blocks: 50 }, { blocks: 97 }]);
  });

  it("keeps the heaps apart", async () => {
    const path = file("two.log", leak(8, "a.c:1"), "I/TA: buffer: 9 bytes b.c:2");
    expect((await json(path)).told.map(({ heap }: { heap: string }) => heap)).toEqual(["core", "TA"]);
    expect((await json("--heap", "TA", path)).told).toMatchObject([{ rows: [{ site: "b.c:2" }] }]);
  });

  it.each([
    ["no such file", ["/nowhere/a.log"], "no such file"],
    ["no lists", [file("empty.log", "D/TC:? 0 nothing")], "no leak lists in its 1 lines"],
    ["an unknown mark", ["--at", "xx", "data/optee-4.0.0/core.trace.gz"], "no mark 'xx'"],
    ["an unknown heap", ["--heap", "TA", BEFORE], "it has core"],
    ["marks of a log", ["--at", "x", BEFORE], "is a console log"],
    ["an address without a file", ["--load", "0x1", BEFORE], "--load needs --elf"],
  ])("says what is wrong: %s", async (_what, words, text) => {
    expect((await runHere("leaks", ...words)).outcome).toMatchObject({
      ok: false,
      error: expect.stringContaining(text),
    });
  });

  it("looks up addresses in an ELF file", async (context) => {
    needPrograms(context, "gcc and binutils", "gcc", "nm", "addr2line");
    writeFileSync(
      join(folder, "site.c"),
      "int site(void)\n{\n  return 1;\n}\nint main(void)\n{\n  return site();\n}\n",
    );
    execFileSync("gcc", ["-g", "-O0", "-no-pie", "-o", "tee.elf", "site.c"], { cwd: folder });
    const symbols = execFileSync("nm", ["tee.elf"], { cwd: folder, encoding: "utf8" });
    const address = /^0*([\da-f]+) T site$/m.exec(symbols)?.[1] ?? "";
    const path = file("addresses.log", leak(8, `0x${address}:0`));
    const { told } = await json("--elf", join(folder, "tee.elf"), path);
    expect(told[0].rows[0].site).toMatch(/site\.c:[12]$/);
  });
});

it("names a heap as report does: by the name of the TA, the beginning of its UUID, or TA", async () => {
  const path = join(folder, "named.arrows");
  expect((await runHere("record", "--force", "-o", path, "--", "run", "aes")).outcome.ok).toBe(true);
  const of = async (heap: string) => JSON.parse((await runHere("leaks", "--json", "--heap", heap, path)).out);
  const [{ heap }] = await of("aes");
  expect(heap).toMatch(/^ta-/);
  for (const name of [heap.slice(0, 7), heap.slice(3, 7), "TA"]) expect(await of(name)).toMatchObject([{ heap }]);
  expect((await runHere("leaks", "--heap", "kv", path)).outcome).toMatchObject({ ok: false });
  expect((await runHere("report", "--heap", "aes", path)).out).toContain(heap.slice(0, 11));
});
