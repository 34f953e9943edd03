// A leak list has no pool: no command shows a peak, a size or an option to set for it; a recording of it keeps what the list lacks.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openIndexed } from "../src/recording/indexed/open_indexed.ts";
import { bytesInMemory } from "../src/recording/indexed/range_bytes.ts";
import { runHere } from "./run_here.ts";
import { file, folder, leak } from "./support/leak_files.ts";

const TABLE = leak(16, "lib/libutils/isoc/bget_malloc.c:935");
const BODY = [leak(100, "core/a.c:1"), leak(24, "core/b.c:2"), leak(24, "core/b.c:2")];
const LOG = file("two.log", ...BODY, TABLE, ...BODY, leak(50, "core/b.c:2"), TABLE);
const NO_POOL = "leak list has no pool and no peak: record events or counters to size it";
const POOL_WORDS = /100 %|of the pool|CFG_CORE_HEAP_SIZE|Peak|12288|12,288/;

async function recorded(log: string): Promise<string> {
  const path = `${log}.arrows`;
  expect((await runHere("record", "--force", "-o", path, "--from", log)).outcome).toEqual({ ok: true, value: 0 });
  return path;
}

describe.each([
  ["a log", async () => LOG],
  ["a recording of it", () => recorded(LOG)],
])("%s", (_, make) => {
  it("is reported as its last list", async () => {
    const path = await make();
    const { out, outcome } = await runHere("report", path);
    expect(outcome).toEqual({ ok: true, value: 0 });
    expect(out).toMatch(/core {2}the last of 2 leak lists: 5 blocks, 214 bytes/);
    expect(out.replace(/\s+/g, " ")).toContain(NO_POOL);
    expect(out).not.toMatch(POOL_WORDS);
    const { heaps, leakLists } = JSON.parse((await runHere("report", "--json", path)).out);
    expect(heaps).toEqual([]);
    expect(leakLists).toMatchObject([{ heap: "core", lists: 2, last: { blocks: 5, bytes: 214 }, state: "whole" }]);
  });

  it("has no size", async () => {
    const { out, outcome } = await runHere("size", await make());
    expect(outcome).toEqual({ ok: false, error: `core: a ${NO_POOL}` });
    expect(out).not.toMatch(POOL_WORDS);
  });

  it("keeps no budget of a peak, but one of what is left", async () => {
    const budget = file("budget.yaml", "heaps:", "  core:", "    peak: 60k");
    const { out, outcome } = await runHere("check", budget, await make());
    expect(outcome).not.toEqual({ ok: true, value: 0 });
    expect(`${out}${JSON.stringify(outcome)}`.replace(/\s+/g, " ")).toContain("a leak list has no pool and no peak");
  });

  it("is no heap with a pool where a page opens it", async () => {
    const read = await openIndexed(bytesInMemory(new Uint8Array(readFileSync(await make()))), { name: "two.log" });
    if (!read.ok) throw new Error(read.error);
    expect(read.value.heaps.every(({ lists, poolSize }) => lists && poolSize === 0)).toBe(true);
  });

  it("is exported without a pool", async () => {
    const [json, csv] = [join(folder, "out.json"), join(folder, "out.csv")];
    const path = await make();
    await runHere("export", path, "--format", "json", "-o", json, "--force");
    const [heap] = JSON.parse(readFileSync(json, "utf8")).heaps;
    expect(heap.instances).toMatchObject([{ pools: [] }, { pools: [] }]);
    expect(heap.events[0]).toMatchObject({ op: "add_pool", size: 0 });
    await runHere("export", path, "--format", "csv", "-o", csv, "--force");
    const [, ...rows] = readFileSync(csv, "utf8").trimEnd().split("\r\n");
    // Its blocks, which share the bytes of their call site, with neither a pool nor times nor addresses.
    expect(rows.map((row) => row.split(",").slice(0, 8).join())).toEqual(
      [100, 24, 24, 16, 100, 33, 33, 32, 16].map((size, n) => `,core,${n < 4 ? 1 : 2},malloc,,${size},0,`),
    );
  });
});

it("leaks of a log and of a recording of it say the same, also of lists that are cut or not sure", async () => {
  const boots = "I/TC: OP-TEE version: 4.0.0";
  const torn = "I/TC: buffer: 8[  124.001234] mmc0: new high speed SDHC card";
  const logs = [
    LOG,
    file("cut.log", ...BODY, TABLE, ...BODY, boots),
    file("torn.log", ...BODY, torn, TABLE, ...BODY, TABLE),
    file("bad.log", ...BODY, TABLE, torn, torn, torn, TABLE),
  ];
  for (const log of logs) {
    const [a, b] = [await runHere("leaks", "--json", log), await runHere("leaks", "--json", await recorded(log))];
    expect(b.outcome, log).toEqual(a.outcome);
    const rows = (text: string) => {
      const [{ snapshots, read: _read, ...told }] = JSON.parse(text);
      return { ...told, snapshots: snapshots.map((one: { name: string }) => ({ ...one, name: "" })) };
    };
    expect(rows(b.out), log).toEqual(rows(a.out));
  }
});
