// Compares xtest's test cases with the recorded run.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { loadVectors } from "../src/cli/inputs/vectors.ts";
import { checkContext } from "../src/malloc/check.ts";
import { getStats } from "../src/malloc/stats.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { CASES } from "../src/regression/cases.ts";
import type { RegressionCase } from "../src/regression/harness.ts";
import { runCases } from "../src/regression/run.ts";
import type { Sourced, VectorFile } from "../src/regression/vectors.ts";
import { BUNDLED } from "../src/tee/apps/bundled.ts";
import { type Client, createClient } from "../src/tee/kernel/client.ts";
import { bootTest } from "./embedded.ts";
import { noteTaLines, RECORDED_CRYPT } from "./support/heap_series.ts";

const trace = gunzipSync(readFileSync(new URL(`../data/optee-4.0.0/ta-${RECORDED_CRYPT}.trace.gz`, import.meta.url)))
  .toString()
  .split("\n");

/** Operations on the TA's heap while a test ran, as recorded: addresses, sizes, places, allocated bytes. */
function recorded(number: string): string[] {
  const from = trace.findIndex((line) => line.startsWith(`# mark begin regression-${number} `));
  const to = trace.findIndex((line, n) => n > from && line.startsWith("# mark begin"));
  return trace.slice(from + 1, to < 0 ? undefined : to).flatMap((line) => {
    const [, , op, pointer, size, arg, result, allocated, , , place] = line.split("\t");
    return place === undefined ? [] : [[op, pointer, size, arg, result, allocated, place].join(" ")];
  });
}

/** Runs a test on a system of its own; notes what happens on the heap of its TA, and its statistics after calls. */
async function play(one: RegressionCase) {
  const { core } = bootTest("", undefined, BUNDLED, { crypto: nodeCrypto() });
  const events = noteTaLines(core);
  const stats: { events: number; allocated: number; max: number }[] = [];
  const plain = createClient(core);
  const noting = async <T>(call: Promise<T>): Promise<T> => {
    const outcome = await call;
    for (const { heap } of core.instances) {
      expect(checkContext(heap)).toEqual([]);
      const { allocated, maxAllocated } = getStats(heap);
      stats.push({ events: events.length, allocated, max: maxAllocated });
    }
    return outcome;
  };
  const client: Client = {
    ...plain,
    open: (uuid, params, signal) => noting(plain.open(uuid, params, signal)),
    invoke: (session, command, params, signal) => noting(plain.invoke(session, command, params, signal)),
  };
  const before = core.heap.heap.allocated;
  let printed = "";
  const outcome = await runCases({
    client,
    selection: { suite: "regression", wanted: [one.number], excluded: [], level: 0 },
    chosen: [one],
    skipped: CASES.length - 1,
    vectors: loadVectors,
    print: async (text) => {
      printed += text;
    },
  });
  return { core, outcome, printed, events, stats, coreHeap: [before, core.heap.heap.allocated] };
}

/** The counts are our own. */
function masked(text: string): string {
  return text.replace(/^\d+ subtests of/m, "N subtests of").replace(/^\d+ test cases were skipped/m, "N skipped");
}

/** Operations before the first entry point: the pool, and its first block. */
const BEFORE = 2;

describe.each(CASES.map((one) => [one.number, one] as const))("xtest %s", (number, one) => {
  const played = play(one);

  it("prints what the recorded one printed, but for its counts", async () => {
    const file = new URL(`./fixtures/recorded/regression-${number}.out`, import.meta.url);
    const { printed, outcome } = await played;
    expect(masked(printed)).toBe(masked(readFileSync(file, "utf8")));
    expect(outcome).toBe("passed");
  });

  it("does on its application's heap what the recorded one did: operations, addresses, places", async () => {
    const { events } = await played;
    expect(events).toEqual(recorded(number).slice(BEFORE));
  });

  it("has the recorded statistics after every call", async () => {
    const { stats } = await played;
    const allocated = recorded(number).map((row) => Number(row.split(" ")[5]));
    expect(stats.length).toBeGreaterThan(2);
    for (const { events, ...sizes } of stats) {
      const end = events + BEFORE;
      expect(sizes).toEqual({ allocated: allocated[end - 1], max: Math.max(...allocated.slice(0, end)) });
    }
  });

  it("leaves the core heap as it was, and its application is gone", async () => {
    const { core, coreHeap } = await played;
    expect(coreHeap[1]).toBe(coreHeap[0]);
    expect(checkContext(core.heap)).toEqual([]);
    expect([core.instances.length, core.taRam.allocated]).toEqual([0, 0]);
  });
});

it("has each test once, by number", () => {
  const numbers = CASES.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].sort());
});

it.each(CASES.filter(({ vectors }) => vectors).map(({ number }) => number))(
  "%s's vectors all name a source",
  async (number) => {
    const { cases } = (await loadVectors(number)) as VectorFile<Sourced>;
    expect(cases.length).toBeGreaterThan(10);
    for (const { source } of cases) expect(source.length).toBeGreaterThan(8);
  },
);
