// Compares the output and heaps of the examples with the recording.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { watchHeaps } from "../src/cli/examples/heap_rows.ts";
import { heapViewOf } from "../src/cli/examples/heap_view.ts";
import type { Program } from "../src/cli/examples/program.ts";
import { PROGRAMS } from "../src/cli/examples/programs.ts";
import { checkContext } from "../src/malloc/check.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { sourceOf } from "../src/source/client/system_source.ts";
import { systemOf } from "../src/source/sim/sim_system.ts";
import { isTraced } from "../src/source/source.ts";
import { EXAMPLES } from "../src/tee/apps/examples.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { bootTest } from "./embedded.ts";
import { noteTaLines } from "./support/heap_series.ts";

/**
 * How many operations on the TA's heap each call of the recorded programs made: opening the session, every
 * command, closing it. From the study of the whole recording, in which the core's operations tell the calls apart.
 */
const CALLS: Readonly<Record<string, readonly number[]>> = {
  acipher: [9, 0, 2, 2, 4],
  aes: [9, 2, 0, 0, 0, 3, 0, 0, 0, 5],
  hello_world: [8, 0, 3],
  hotp: [9, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4],
  random: [8, 2, 3],
  secure_storage: [8, 4, 4, 2, 4, 4, 3],
};

const ARGS: Readonly<Record<string, readonly string[]>> = { acipher: ["512", "hello"] };

/** What is random in the outputs. */
const MASK: Readonly<Record<string, (text: string) => string>> = {
  random: (text) => text.replace(/0x[0-9a-f]{16,32}\n/, "0x(random)\n"),
  acipher: (text) => text.replace(/( ?\b[0-9a-f]{2}){64}/, "(64 random bytes)"),
};

interface Row {
  readonly text: string;
  readonly op: string;
  readonly allocated: number;
}

/** The operations on the heap of a TA, as recorded: with addresses, sizes, and places. */
function recorded(uuid: string): Row[] {
  const file = new URL(`../data/optee-4.0.0/ta-${uuid}.trace.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().split("\n");
  return lines.flatMap((line) => {
    const [instance, , op = "", pointer, size, arg, result, allocated, , , place] = line.split("\t");
    if (instance !== "1") return [];
    return [{ text: [op, pointer, size, arg, result, allocated, place].join(" "), op, allocated: Number(allocated) }];
  });
}

/** Runs a program, and notes what happens on the heap of its TA from its first entry point on. */
async function play(program: Program, args: readonly string[] = ARGS[program.name] ?? []) {
  const { core } = bootTest("", undefined, EXAMPLES, { crypto: nodeCrypto() });
  const events = noteTaLines(core);
  const rows: { call: string; events: number; ta: unknown; core: [number, number] }[] = [];
  const prepared = program.prepare(args);
  if (!prepared.ok) throw new Error(prepared.error);
  let printed = "";
  const source = sourceOf(systemOf(core));
  if (!isTraced(source)) throw new Error("it reports everything");
  const client = watchHeaps(
    createClient(core),
    await heapViewOf(source),
    program,
    ({ call, ta, coreBefore, coreAfter }) => {
      rows.push({ call, events: events.length, ta, core: [coreBefore, coreAfter] });
      expect(checkContext(core.heap)).toEqual([]);
      for (const { heap } of core.instances) expect(checkContext(heap)).toEqual([]);
    },
  );
  const done = await prepared.value(client, (text) => {
    printed += text;
  });
  return { core, done, events, rows, printed };
}

/** Operations before the first entry point: the pool, and its first block. */
const BEFORE = 2;

describe.each(PROGRAMS.map((program) => [program.name, program] as const))("%s", (name, program) => {
  it("prints what the recorded one printed", async () => {
    const file = new URL(`./fixtures/recorded/example-${name}.out`, import.meta.url);
    const mask = MASK[name] ?? ((text: string) => text);
    const { done, printed } = await play(program);
    expect(done).toEqual({ ok: true, value: undefined });
    expect(mask(printed)).toBe(mask(readFileSync(file, "utf8")));
  });

  it("does on its application's heap what the recorded one did: operations, addresses, places", async () => {
    const trace = recorded(program.uuid);
    const { events } = await play(program);
    expect(events).toEqual(trace.slice(BEFORE).map(({ text }) => text));
  });

  it("has the recorded statistics after every call", async () => {
    const trace = recorded(program.uuid);
    const { rows } = await play(program);
    const counts = CALLS[name] ?? [];
    let end = 0;
    const expected = counts.map((count) => {
      end += count;
      const allocated = trace.slice(0, end).at(-1)?.allocated;
      return {
        events: end - BEFORE,
        ta: { allocated, max: Math.max(...trace.slice(0, end).map((row) => row.allocated)) },
      };
    });
    expect(end).toBe(trace.length);
    const closed = expected.pop();
    expect(rows.slice(0, -1).map(({ events, ta }) => ({ events, ta }))).toEqual(expected);
    expect(rows.at(-1)).toMatchObject({ call: "close", events: closed?.events, ta: null });
  });

  it("leaves the core heap as it was before", async () => {
    const { core, rows } = await play(program);
    expect(rows.at(-1)?.core[1]).toBe(rows[0]?.core[0]);
    expect(rows[0]?.core[1]).toBeGreaterThan(rows[0]?.core[0] ?? 0);
    expect([core.instances.length, core.taRam.allocated]).toEqual([0, 0]);
  });
});

it("knows a program for every example's application", () => {
  expect(PROGRAMS.map(({ uuid }) => uuid)).toEqual(EXAMPLES.map(({ uuid }) => uuid));
  expect(Object.keys(CALLS)).toEqual(PROGRAMS.map(({ name }) => name));
});
