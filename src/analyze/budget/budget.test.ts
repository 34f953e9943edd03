// Tests of budget.ts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Recording } from "../../recording/recording.ts";
import { type Check, checkBudget, namesHeap } from "./check.ts";
import { parseBudget } from "./file.ts";
import { parseLimit, showAmount } from "./limit.ts";
import { type HeapMeasure, measuresOf } from "./measure.ts";
import { newBudget } from "./new_budget.ts";
import { updateBudget } from "./update.ts";

const WHOLE = `# budgets of our build
heaps:
  core:
    peak: 60 %   # of the pool
    failures: 0
    leaks: { core/kernel: 0, 'core/mm/vm.c:307': 1k, others: "400" }

  ta-*: { peak: 75% }
  5b9e0e40: { peak: 1_000 }
total:
  peak: 64 KiB
`;

function parsed(text: string) {
  const budget = parseBudget(text);
  if (!budget.ok) throw new Error(JSON.stringify(budget.error));
  return budget.value;
}

const measured = (value: number, where = "") => ({ value, where });

/** A heap that only knows these figures. */
function heapOf(heap: string, figures: { peak?: number; left?: [string, number, number][] } = {}): HeapMeasure {
  return {
    heap,
    trace: null,
    pool: 1000,
    peak: () => measured(figures.peak ?? 0),
    failures: () => measured(2),
    left: () => (figures.left ?? []).map(([site, blocks, bytes]) => ({ site, blocks, bytes })),
    fragmentation: () => ({ why: "not replayed" }),
  };
}

describe("limits", () => {
  test.each([
    ["61440", ["bytes", "percent"], 61440, "bytes"],
    ["60k", ["bytes"], 61440, "bytes"],
    ["60 KiB", ["bytes"], 61440, "bytes"],
    ["1.5M", ["bytes"], 1572864, "bytes"],
    ["61,440 bytes", ["bytes"], 61440, "bytes"],
    ["90%", ["bytes", "percent"], 90, "percent"],
    ["90.5 %", ["percent"], 90.5, "percent"],
    ["90", ["percent"], 90, "percent"],
    ["3", ["count"], 3, "count"],
    ["3 blocks", ["count"], 3, "count"],
  ] as const)("%s", (text, units, value, unit) => {
    expect(parseLimit(text, units)).toEqual({ ok: true, value: { value, unit } });
  });

  test.each([
    ["", ["bytes"]],
    ["-1", ["bytes"]],
    ["lots", ["bytes"]],
    ["90 %", ["bytes"]],
    ["3k", ["count"]],
    ["3 bytes", ["count"]],
    ["0.3", ["bytes"]],
    ["1e3", ["bytes"]],
    ["12 bytes", ["percent"]],
    ["99999999999999999", ["bytes"]],
  ] as const)("%j is none", (text, units) => {
    expect(parseLimit(text, units)).toMatchObject({ ok: false, error: expect.stringMatching(/^expected /) });
  });

  test("are shown as people write them", () => {
    expect([showAmount(61440, "bytes"), showAmount(81.74825, "percent"), showAmount(3, "count")]).toEqual([
      "61,440 bytes",
      "81.75 %",
      "3",
    ]);
  });
});

describe("a budget file", () => {
  test("is read in YAML, each limit with its line", () => {
    const { lines } = parsed(WHOLE);
    expect(
      lines.map(({ heap, metric, site, limit, line }) => [heap, metric, site, limit.value, limit.unit, line]),
    ).toEqual([
      ["core", "peak", "", 60, "percent", 4],
      ["core", "failures", "", 0, "count", 5],
      ["core", "leaks", "core/kernel", 0, "bytes", 6],
      ["core", "leaks", "core/mm/vm.c:307", 1024, "bytes", 6],
      ["core", "leaks", "others", 400, "bytes", 6],
      ["ta-*", "peak", "", 75, "percent", 8],
      ["5b9e0e40", "peak", "", 1000, "bytes", 9],
      ["total", "peak", "", 65536, "bytes", 11],
    ]);
    expect(lines.map(({ from, to }) => WHOLE.slice(from, to))).toEqual([
      "60 %",
      "0",
      "0",
      "1k",
      '"400"',
      "75%",
      "1_000",
      "64 KiB",
    ]);
  });

  test("is read in JSON, and with anchors", () => {
    const json = '{\n "recordings": ["run.arrows"],\n "heaps": {"core": {"peak": "50 %",\n "failures": 0}}\n}\n';
    expect(parsed(json)).toMatchObject({ recordings: ["run.arrows"], lines: [{ line: 3 }, { line: 4 }] });
    const shared = "heaps:\n  core: &same\n    failures: 0\n  ldelf: *same\n";
    expect(parsed(shared).lines.map(({ heap, line }) => [heap, line])).toEqual([
      ["core", 3],
      ["ldelf", 3],
    ]);
  });

  test.each([
    ["", "1: expected 'heaps', 'total' or 'recordings'"],
    ["heaps:\n", "1: heaps: expected heaps: core, ldelf, ta-UUID or ta-*"],
    ["heaps: {}\n", "1: it has no limit; name heaps and the limits of each"],
    ["heap: {}\n", "1: unknown key 'heap'; known here: 'heaps', 'total' or 'recordings'"],
    [
      "heaps:\n  core:\n    peek: 3\n",
      "3: unknown key 'heaps › core › peek'; known here: peak, fragmentation, failures",
    ],
    ["total:\n  leaks: {}\n", "2: unknown key 'total › leaks'; known here: peak, failures, blocks, left"],
    ["total:\n  peak: 5 %\n", "2: total › peak: expected bytes like 61440 or 60k"],
    ["heaps:\n  core: 60k\n", "2: heaps › core: expected limits: peak, "],
    ["heaps:\n  core:\n    leaks: 4\n", "3: heaps › core › leaks: expected call sites with bytes"],
    [
      "heaps:\n  core:\n    peak:\n",
      "3: heaps › core › peak: expected bytes like 61440 or 60k, or a percentage like 90 %",
    ],
    ["heaps:\n  core:\n    peak: [1]\n", "3: heaps › core › peak: expected a number"],
    ["heaps:\n  core:\n    peak: 1\n  core:\n    peak: 2\n", "4: Map keys must be unique"],
    ["heaps: {core: {peak: 5\n", "2: Flow map in block collection must be sufficiently indented"],
    ["heaps:\n\tcore: 3\n", "2: Tabs are not allowed as indentation"],
    ["[".repeat(20_000), "1: nested too deeply for a budget"],
    ["heaps: {core: {peak: 1}}\n---\na: b\n", "2: a second document begins here; a budget has only one"],
    ["heaps: *nope\n", "1: Unresolved alias (the anchor must be set before the alias): nope"],
    ["recordings: run.arrows\n", "1: recordings: expected a list of files"],
    [
      "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n",
      "1: unknown key 'a'; known here: 'heaps', 'total' or 'recordings'",
    ],
  ])("%j is refused", (text, expected) => {
    const budget = parseBudget(text);
    expect(budget.ok).toBe(false);
    if (!budget.ok) expect(`${budget.error[0]?.line}: ${budget.error[0]?.text}`).toContain(expected);
  });

  test("tells everything that is wrong, by line", () => {
    const budget = parseBudget("heaps:\n  core:\n    fragmentation: 3 bytes\n    peak: x\n    failures: 3k\n");
    expect(budget).toMatchObject({ ok: false, error: [{ line: 3 }, { line: 4 }, { line: 5 }] });
  });

  test.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "2"])(
    "keeps the name %s, of a heap and of a place, and knows it as a key of nothing else",
    (name) => {
      const { lines } = parsed(`heaps:\n  ${name}: { peak: 1, leaks: { ${name}: 2, a.c: 3 } }\n  core: { peak: 4 }\n`);
      expect(lines.map(({ heap, site, limit, line }) => [heap, site, limit.value, line])).toEqual([
        [name, "", 1, 2],
        [name, name, 2, 2],
        [name, "a.c", 3, 2],
        ["core", "", 4, 3],
      ]);
      const problemsOf = (text: string): unknown => {
        const budget = parseBudget(text);
        return budget.ok ? [] : budget.error.map(({ text: problem }) => problem);
      };
      expect(problemsOf(`${name}: 1\nheaps: { core: { peak: 1 } }\n`)).toEqual([
        `unknown key '${name}'; known here: 'heaps', 'total' or 'recordings'`,
      ]);
      expect(problemsOf(`heaps: { core: { peak: 1, ${name}: 1 } }\n`)).toEqual([
        expect.stringContaining(`unknown key 'heaps › core › ${name}'`),
      ]);
      const [check] = checkBudget({ lines, recordings: [] }, [heapOf(name, { peak: 5 })]);
      expect(check).toMatchObject({ heap: name, status: "over", over: 4 });
      const made = newBudget([heapOf(name, { peak: 5, left: [["a.c:1", 1, 9]] })]);
      expect(parsed(made).lines.map(({ heap }) => heap)).toEqual([name, name, name, name]);
    },
  );

  test("with names that come twice, and anchors that are set again", () => {
    const budget = parseBudget("heaps:\n  core: { peak: 1 }\n  'core': { peak: 2 }\n");
    expect(budget).toEqual({ ok: false, error: [{ line: 3, text: "Map keys must be unique" }] });
    const again = parsed("heaps:\n  a: &x { peak: 1 }\n  b: *x\n  c: &x { peak: 2 }\n  d: *x\n");
    const byHeap = new Map(again.lines.map(({ heap, limit }) => [heap, limit.value]));
    expect(Object.fromEntries(byHeap)).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test("whose aliases make more limits than anybody can read is refused", () => {
    const sites = Array.from({ length: 400 }, (_, n) => `s${n}: 1`).join(", ");
    const heaps = (count: number): string => Array.from({ length: count }, (_, n) => `  h${n}: *all\n`).join("");
    const text = (count: number): string => `heaps:\n  core: &all { leaks: { ${sites} } }\n${heaps(count)}`;
    expect(parsed(text(249)).lines).toHaveLength(100_000);
    const budget = parseBudget(text(250));
    expect(budget.ok ? "" : budget.error.at(-1)?.text).toBe("more than 100000 limits");
  });

  test("of 40,000 heaps takes as many steps as it has lines", () => {
    const count = 40_000;
    const text = `heaps:\n${Array.from({ length: count }, (_, n) => `  ta-${n}: { peak: 1 }\n`).join("")}  ta-*: { peak: 2 }\n`;
    const budget = parsed(text);
    expect(budget.lines).toHaveLength(count + 1);
    const measures = Array.from({ length: count }, (_, n) => heapOf(`ta-${n}`, { peak: 2 }));
    const checks = checkBudget(budget, measures);
    // A UUID's beginning names it: ta-1 is for ta-1, ta-10 and so on.
    expect(checks.filter(({ line }) => line.heap === "ta-1")).toHaveLength(11_111);
    expect(checks.filter(({ line }) => line.heap === "ta-*")).toEqual([]);
    const { text: updated, changes } = updateBudget(text, checks);
    expect(changes).toHaveLength(count);
    expect(updated).toBe(text.replaceAll("peak: 1", "peak: 2"));
  }, 30_000);

  test("of any text is a budget or problems, and never an exception", () => {
    const pieces = [
      "heaps",
      ":",
      " ",
      "\n",
      "  ",
      "core",
      "{",
      "}",
      "[",
      "]",
      "- ",
      "&a",
      "*a",
      "'",
      '"',
      "%",
      "1",
      "|",
      "? ",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (words) => {
        const budget = parseBudget(words.join(""));
        if (!budget.ok) for (const { line } of budget.error) expect(line).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe("checking", () => {
  const states = (checks: readonly Check[]) =>
    checks.map(({ heap, status, measured, over }) => [heap, status, measured, over]);

  test("holds each limit against each heap that it names", () => {
    const heaps = [
      heapOf("core", { peak: 700 }),
      heapOf("ta-5b9e0e40", { peak: 800 }),
      heapOf("ta-a734", { peak: 750 }),
    ];
    const budget = parsed(
      "heaps:\n  core: { peak: 60 % }\n  ta-*: { peak: 75 % }\n  5b9e: { peak: 900 }\n  KHeap: { peak: 1 }\n",
    );
    expect(states(checkBudget(budget, heaps))).toEqual([
      ["core", "over", 70, 10],
      // The one that is named has its own limit.
      ["ta-a734", "ok", 75, 0],
      ["ta-5b9e0e40", "ok", 800, 0],
      ["KHeap", "unknown", null, 0],
    ]);
  });

  test("adds up what was left, by line, file, and the worst of all others", () => {
    const heap = heapOf("core", {
      left: [
        ["a.c:1", 2, 100],
        ["a.c:12", 1, 50],
        ["b.c:1", 3, 70],
        ["c.c:1", 1, 60],
      ],
    });
    const budget = parsed(
      "heaps:\n  core:\n    blocks: 6\n    left: 280\n    leaks: { a.c: 149, a.c:1: 100, z.c: 0, others: 59 }\n    failures: 1\n    fragmentation: 5\n",
    );
    const checks = checkBudget(budget, [heap]);
    expect(checks.map(({ line, measured, over }) => [line.metric, line.site, measured, over])).toEqual([
      ["blocks", "", 7, 1],
      ["left", "", 280, 0],
      ["leaks", "a.c", 150, 1],
      ["leaks", "a.c:1", 100, 0],
      ["leaks", "z.c", 0, 0],
      ["leaks", "others", 70, 11],
      ["failures", "", 2, 1],
      ["fragmentation", "", null, 0],
    ]);
    expect(checks.at(5)?.where).toBe("b.c:1, and 1 more call site");
    expect(checks.at(-1)).toMatchObject({ status: "unknown", where: "not replayed" });
  });

  test("compares the ends of paths: what they begin with depends on the build", () => {
    const heap = heapOf("ta-x", {
      left: [
        ["ta/a.c:1", 1, 100],
        ["ta/b.c:2", 1, 50],
        ["lib/xb.c:2", 1, 20],
      ],
    });
    const budget = parsed("heaps:\n  ta-*:\n    leaks: { a.c: 0, 'me/ta/b.c:2': 0, b.c: 0, others: 0 }\n");
    expect(checkBudget(budget, [heap]).map(({ measured }) => measured)).toEqual([100, 50, 50, 20]);
  });

  test("knows heaps by name, beginning, and star", () => {
    const uuid = "ta-5b9e0e40-2636-11e1-ad9e-0002a5d5c51b";
    const named = (key: string): boolean => namesHeap(key, uuid);
    expect(["5b9e", "ta-5b9e", uuid, "ta-*", "*", "ta-5b*"].map(named)).toEqual([true, true, true, true, true, true]);
    expect(["core", "ta-", "b9e", "ta-6*"].map(named)).toEqual([false, false, false, false]);
    expect([namesHeap("core", "core"), namesHeap("co", "core"), namesHeap("co*", "core")]).toEqual([true, false, true]);
  });

  test("takes peak and failures from counters, over resets", () => {
    const stats = (maxAllocated: number, failures: number) => ({
      allocated: 5,
      maxAllocated,
      size: 100,
      failures,
      biggestFailure: 0,
      biggestFailureUsed: 0,
    });
    const uuid = "5b9e0e40-2636-11e1-ad9e-0002a5d5c51b";
    const samples = [
      { time: 0, heap: "Heap", stats: stats(40, 2) },
      { time: 1, heap: "Heap", stats: stats(60, 3) },
      { time: 2, heap: "Heap", stats: stats(10, 1) },
      { time: 2, heap: uuid, stats: stats(7, 0) },
    ];
    const recording: Recording = { origin: "log", version: "", traces: [], samples, entries: [] };
    const budget = parsed(
      "heaps:\n  core: { peak: 50 %, failures: 3, blocks: 0 }\n  5b9e: { peak: 7 }\ntotal: { peak: 1k, failures: 4 }\n",
    );
    expect(states(checkBudget(budget, measuresOf(recording)))).toEqual([
      ["core", "over", 60, 10],
      ["core", "over", 4, 1],
      ["core", "unknown", null, 0],
      [`ta-${uuid}`, "ok", 7, 0],
      ["total", "unknown", null, 0],
      ["total", "ok", 4, 0],
    ]);
    expect(
      checkBudget(parsed(newBudget(measuresOf(recording))), measuresOf(recording)).map(({ over }) => over),
    ).toEqual([0, 0, 0, 0]);
  });
});

describe("updating", () => {
  test("writes numbers and leaves everything else", () => {
    const heaps = [heapOf("core", { peak: 705, left: [["core/kernel:1", 1, 9]] }), heapOf("ta-5b9e0e40", { peak: 33 })];
    const checks = checkBudget(parsed(WHOLE), heaps);
    const { text, changes } = updateBudget(WHOLE, checks);
    expect(text).toBe(
      WHOLE.replace("60 %", "71 %")
        .replace("failures: 0", "failures: 2")
        .replace("core/kernel: 0", "core/kernel: 9")
        .replace("1k", "0")
        .replace('"400"', '"0"')
        .replace("1_000", "33"),
    );
    expect(changes.map(({ line, from, to }) => [line.line, from, to])).toEqual([
      [4, 60, 71],
      [5, 0, 2],
      [6, 0, 9],
      [6, 1024, 0],
      [6, 400, 0],
      [9, 1000, 33],
    ]);
    const again = checkBudget(parsed(text), heaps);
    expect(again.filter(({ status }) => status === "over")).toEqual([]);
    expect(updateBudget(text, again)).toEqual({ text, changes: [], kept: [] });
  });

  test("allows no failures of a TA, unless it is forced to", () => {
    const text = "heaps: {core: {failures: 0}, ta-*: {failures: 1}}\n";
    const [core, ta] = [heapOf("core", {}), heapOf("ta-5b9e0e40", {})];
    const checks = checkBudget(parsed(text), [core, ta]);
    const { kept, ...updated } = updateBudget(text, checks, false);
    expect(updated.text).toBe("heaps: {core: {failures: 2}, ta-*: {failures: 1}}\n");
    expect(kept.map(({ heap }) => heap)).toEqual(["ta-5b9e0e40"]);
    const forced = "heaps: {core: {failures: 2}, ta-*: {failures: 2}}\n";
    expect(updateBudget(text, checks, true)).toMatchObject({ text: forced, kept: [] });
    const allowed = (force: boolean) => newBudget([core, ta], force).match(/failures: \d/g);
    expect([allowed(false), allowed(true)]).toEqual([
      ["failures: 2", "failures: 0"],
      ["failures: 2", "failures: 2"],
    ]);
  });

  test("has what a TA left by file, and nothing elsewhere", () => {
    const left = [
      ["ta/a.c:1", 1, 100],
      ["ta/a.c:7", 1, 50],
      ["lib/b.c:2", 1, 20],
    ] as const;
    const budget = newBudget([heapOf("ta-5b9e0e40", { left: left.map((one) => [...one]) })]);
    expect(budget).toMatch(/ {4}leaks:\n {6}ta\/a\.c: 150\n {6}lib\/b\.c: 20\n {6}others: 0\n/);
    expect(newBudget([heapOf("core", { left: [["core/a.c:1", 1, 9]] })])).not.toContain("leaks");
  });

  test("takes the highest where a limit is for several heaps", () => {
    const text = "heaps: {ta-*: {peak: 5}}\n";
    const heaps = [heapOf("ta-1", { peak: 30 }), heapOf("ta-2", { peak: 40 }), heapOf("ta-3", { peak: 20 })];
    expect(updateBudget(text, checkBudget(parsed(text), heaps)).text).toBe("heaps: {ta-*: {peak: 40}}\n");
  });

  test("gives budgets that are kept, whatever was measured", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 2000 }),
        fc.nat({ max: 100 }),
        fc.constantFrom("5 %", "5%", "5k", '"5"', "5 bytes"),
        (peak, left, old) => {
          const text = `heaps:\n  core: { peak: ${old}, left: 7 } # note\n`;
          const heaps = [heapOf("core", { peak, left: [["a.c:1", 1, left]] })];
          const updated = updateBudget(text, checkBudget(parsed(text), heaps)).text;
          expect(checkBudget(parsed(updated), heaps).every(({ status }) => status === "ok")).toBe(true);
          expect(updated.endsWith(" # note\n")).toBe(true);
        },
      ),
    );
  });
});
