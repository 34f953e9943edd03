// What `teemem leaks` concludes from lists that are damaged, cut or of two programs, and where it agrees with other commands.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runHere } from "./run_here.ts";
import { file, folder, json, leak } from "./support/leak_files.ts";

const TABLE = leak(16, "lib/libutils/isoc/bget_malloc.c:935");
const BODY = [leak(8, "core/a.c:1"), leak(24, "core/b.c:2"), leak(24, "core/b.c:2"), leak(800, "core/c.c:109")];
const BEFORE = file("before.log", ...BODY, TABLE);
const DOUBT = { ok: false, error: "core: these lists do not tell whether anything grew" };

describe("two lists", () => {
  it("of which one is cut: nothing is said that the missing end explains, and the answer is 'not known'", async () => {
    const cut = file("cut.log", ...BODY.slice(0, 2), "I/TC: OP-TEE version: 4.0.0");
    const { out, outcome } = await runHere("leaks", BEFORE, cut);
    expect(outcome).toEqual(DOUBT);
    expect(out).toMatch(/cut\.log: 2 blocks, 32 bytes asked for; cut: it lacks the heap's pool table/);
    expect(out).toMatch(/Whether anything grew is unknown.*3 more\s+call\s+sites\s+differ/s);
    expect((await json(BEFORE, cut)).told).toMatchObject([
      { grew: "unknown", rows: [], snapshots: [{ cut: false }, { cut: true }] },
    ]);
    expect((await runHere("leaks", cut, BEFORE)).outcome).toEqual(DOUBT);
  });

  it("that both lack their end are taken as they are, unless the board boots in one", async () => {
    const [once, twice] = [file("once.log", ...BODY), file("twice.log", ...BODY, ...BODY)];
    const { out, outcome } = await runHere("leaks", once, twice);
    expect(outcome).toEqual({ ok: true, value: 1 });
    expect(out).toContain("once.log: 4 blocks, 856 bytes asked for; cut");
    const boots = file("boots.log", ...BODY, "I/TC: OP-TEE version: 4.0.0");
    expect((await runHere("leaks", boots, twice)).outcome).toEqual(DOUBT);
  });

  it("of which one is cut, and grew nevertheless", async () => {
    const cut = file("grown.log", ...BODY, leak(24, "core/b.c:2"));
    const { told, outcome } = await json(BEFORE, cut);
    expect(outcome).toEqual({ ok: true, value: 1 });
    expect(told).toMatchObject([{ grew: "yes", rows: [{ site: "core/b.c:2", blocks: 1 }] }]);
  });

  it("of which most blocks are not sure are not comparable", async () => {
    const torn = BODY.map((line) => `${line.slice(0, 20)}[  124.001234] mmc0: new card`);
    const { out, outcome } = await runHere("leaks", BEFORE, file("torn.log", ...torn, TABLE));
    expect(outcome).toEqual(DOUBT);
    expect(out).toContain("4 blocks not sure");
    expect(out).toContain("Not comparable: most blocks of a list are not sure");
  });

  it("with one kernel line inside a leak line are the same", async () => {
    const torn = "I/TC: buffer: 800 bytes cor[  124.001234] mmc0: new high speed SDHC card\ne/c.c:109";
    const { told, outcome } = await json(BEFORE, file("kernel.log", ...BODY.slice(0, 3), torn, TABLE));
    expect(outcome).toEqual({ ok: true, value: 0 });
    expect(told).toMatchObject([{ grew: "no", rows: [] }]);
  });

  it("of two heaps, and of two builds, are told so", async () => {
    const ta = file("ta.log", leak(8, "a.c:1", "TA"), TABLE.replace("TC", "TA"));
    expect((await runHere("leaks", BEFORE, ta)).outcome).toMatchObject({
      ok: false,
      error: expect.stringContaining("lists of different heaps, core and TA"),
    });
    const moved = BODY.map((line) => line.replace(/:(\d+)$/, (_, n: string) => `:${Number(n) + 7}`));
    const { out, outcome } = await runHere("leaks", BEFORE, file("moved.log", ...moved, TABLE));
    expect(outcome).toEqual(DOUBT);
    expect(out).toContain("lists of two builds");
  });
});

describe("many lists", () => {
  const loop = (n: number): string[] => [...BODY, ...Array.from({ length: n }, () => leak(64, "core/leak.c:3")), TABLE];

  it("leave out the last, which is cut", async () => {
    const lines = [0, 1, 2, 3, 4].flatMap(loop);
    const { told } = await json(file("loop.log", ...lines, ...BODY.slice(0, 2)));
    expect(told).toMatchObject([{ kind: "many", leftOut: 1, rows: [{ site: "core/leak.c:3", trend: { slope: 64 } }] }]);
  });

  it("are thinned out, which is said, and growth is told for each list", async () => {
    const path = file("long.log", ...Array.from({ length: 4200 }, (_, n) => loop(n % 2 === 0 ? 1 : 2)).flat());
    const { told } = await json(path);
    expect(told[0].snapshots).toHaveLength(2101);
    expect(told[0].snapshots[0]).toMatchObject({ series: { lists: 4200, every: 2 } });
    expect((await runHere("leaks", path)).out).toContain("Of 4,200 lists, one of 2 is here, and the first and last.");
  });
});

describe("the same facts give the same answer", () => {
  it.each([
    ["aes", ["aes"]],
    ["hotp", ["hotp"]],
    ["leaky", ["leaky", "2"]],
    ["leaky", ["leaky", "5"]],
  ])("live and from a recording: run %s", async (ta, workload) => {
    const run = ta === "leaky" ? [] : ["run"];
    const live = await runHere("leaks", "--ta", ta, "--json", "--", ...run, ...workload);
    const path = join(folder, `${workload.join("-")}.arrows`);
    expect((await runHere("record", "-o", path, "--", ...run, ...workload)).outcome).toEqual({ ok: true, value: 0 });
    const [{ uuid, blocks }] = JSON.parse(live.out);
    const bytes = blocks.reduce((sum: number, { size }: { size: number }) => sum + size, 0);
    const { told, outcome } = await json("--heap", `ta-${uuid}`, path);
    expect(outcome).toEqual(live.outcome);
    if (told[0].kind === "snapshot") expect(told[0].snapshots).toMatchObject([{ blocks: blocks.length, bytes }]);
  });

  it("names blocks of libraries, and counts them apart", async () => {
    const { out } = await runHere("leaks", BEFORE);
    expect(out).toContain("1 block of 16 bytes is the libraries' own: the heap's pool table");
    expect((await json(BEFORE)).told[0].rows.at(-2)).toMatchObject({ library: "the heap's pool table" });
  });
});
