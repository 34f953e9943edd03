// Tests of monitor.ts.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { TEE } from "../../abi/errors.ts";
import { walkPool } from "../../heap/walk.ts";
import { poolsOf } from "../../malloc/pools.ts";
import { HELLO_WORLD, HELLO_WORLD_UUID, helloWorld } from "../apps/hello_world.ts";
import { KEEP_ALIVE_UUID, keepAlive } from "../apps/keep_alive.ts";
import { LEAKY, LEAKY_UUID, leaky } from "../apps/leaky.ts";
import { createClient } from "../kernel/client.ts";
import { ENDED_KEPT } from "../kernel/ended_tas.ts";
import { params, valueIn, valueInOut } from "../kernel/params.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import type { TeeEvent } from "./event.ts";
import { createLedger } from "./ledger.ts";
import { createMonitor, monitor } from "./monitor.ts";
import { tapEvents } from "./tap.ts";

const TRACE = new URL(`../../../data/optee-4.0.0/ta-${HELLO_WORLD_UUID}.trace.gz`, import.meta.url);

/** Rows of the first instance in the recorded trace: operation, size asked for, bytes allocated after it. */
function recorded(): (readonly [string, number, number])[] {
  const rows = gunzipSync(readFileSync(TRACE)).toString().split("\n");
  return rows
    .map((row) => row.split("\t"))
    .filter(([instance]) => instance === "1")
    .map(([, , op = "", , size, , , allocated]) => [op, Number(size), Number(allocated)]);
}

async function greet(core: Parameters<typeof createClient>[0]): Promise<void> {
  const client = createClient(core);
  const { session } = await client.open(HELLO_WORLD_UUID);
  await client.invoke(session, HELLO_WORLD.INC_VALUE, params(valueInOut(1)));
  await client.end();
}

describe("a monitor", () => {
  it("sees hello_world as the real system recorded it", async () => {
    const { core } = bootTest("", undefined, [helloWorld]);
    const events: TeeEvent[] = [];
    const stop = tapEvents(core, (event) => events.push(event));
    const watch = monitor(core, { ta: HELLO_WORLD_UUID.toUpperCase() });
    await greet(core);
    watch.stop();
    stop();
    expect(watch.records.map(({ entry, heap: { before, peak, after } }) => [entry, before, peak, after])).toEqual([
      ["create", 32, 256, 80],
      ["open", 80, 128, 128],
      ["invoke", 128, 128, 128],
      ["close", 128, 128, 80],
      ["destroy", 80, 160, 80],
    ]);
    expect(watch.highest).toMatchObject({ entry: "create", heap: { peak: 256 }, alone: true });
    expect(watch.highest?.holders).toEqual([
      { site: "lib/libutee/user_ta_entry.c:64", blocks: 1, bytes: 96 },
      { site: "lib/libutee/tcb.c:190", blocks: 1, bytes: 80 },
      { site: "lib/libutils/ext/mempool.c:121", blocks: 1, bytes: 48 },
      { site: "pool table", blocks: 1, bytes: 32 },
    ]);
    const heard = events.flatMap((event) =>
      event.kind === "heap" && event.heap === "ta" ? [[event.op, event.size, event.allocated]] : [],
    );
    // The pool and its table are made while the TA is loaded, before it can be listened to.
    expect(heard).toEqual(recorded().slice(2));
    expect(watch.records[0]?.loader).toEqual({ before: 1728, peak: 1728, after: 1728, growth: 0 });
  });

  it("numbers every event once, without a gap, for all who listen", async () => {
    const { core } = bootTest("", undefined, [helloWorld, leaky]);
    const one: number[] = [];
    const two: number[] = [];
    const note =
      (into: number[]) =>
      (event: TeeEvent): void => {
        if (event.kind !== "known") into.push(event.sequence);
      };
    const stops = [tapEvents(core, note(one)), tapEvents(core, note(two))];
    await Promise.all([greet(core), greet(core), greet(core)]);
    for (const stop of stops) stop();
    expect(one.length).toBeGreaterThan(100);
    expect(one).toEqual(Array.from(one, (_, n) => (one[0] as number) + n));
    expect(two).toEqual(one);
    expect(core.sequence).toBe((one.at(-1) as number) + 1);
  });

  it("takes every listener away, whoever stops first", async () => {
    const { core } = bootTest("", undefined, [keepAlive, helloWorld]);
    await createClient(core).open(KEEP_ALIVE_UUID);
    const [first, second] = [monitor(core), monitor(core)];
    const client = createClient(core);
    await client.open(HELLO_WORLD_UUID);
    const heaps = [core.heap, ...core.instances.flatMap(({ heap, loaderHeap }) => [heap, loaderHeap])];
    expect(heaps).toHaveLength(5);
    expect(heaps.every(({ listener }) => listener !== null)).toBe(true);
    first.stop();
    expect(heaps.every(({ listener }) => listener !== null)).toBe(true);
    second.stop();
    second.stop();
    expect(heaps.map(({ listener }) => listener)).toEqual([null, null, null, null, null]);
    expect(core.observers.size).toBe(0);
    const before = core.sequence;
    await client.end();
    // Two entries and an end: what goes on in heaps has no numbers any more.
    expect(core.sequence - before).toBe(5);
  });

  it("sees one that comes and goes between two polls", async () => {
    const { core } = bootTest("", undefined, [helloWorld]);
    const watch = monitor(core);
    expect(core.userTas).toEqual([]);
    await greet(core);
    expect(core.userTas).toEqual([]);
    expect(watch.ended).toHaveLength(1);
    expect(watch.ended[0]?.last).toMatchObject({
      uuid: HELLO_WORLD_UUID,
      name: "hello_world",
      panicked: false,
      stats: { allocated: 80, maxAllocated: 256, size: 32768, failures: 0 },
    });
    watch.stop();
    expect(watch.records).toHaveLength(5);
  });

  it("begins with what is there, and leaves out the command that was inside", async () => {
    const { core } = bootTest("CFG_TEE_TA_MALLOC_DEBUG=y", undefined, [leaky]);
    const client = createClient(core);
    const { session } = await client.open(LEAKY_UUID);
    await client.invoke(session, LEAKY.LEAK, params(valueIn(500)));
    const watch = monitor(core);
    await client.invoke(session, LEAKY.LEAK, params(valueIn(10)));
    watch.stop();
    expect(watch.records).toHaveLength(1);
    const bytes = watch.records[0]?.holders.reduce((sum, holder) => sum + holder.bytes, 0);
    expect(bytes).toBe(watch.records[0]?.heap.after);
    expect(watch.records[0]?.holders[0]).toMatchObject({ site: "ta/leaky/leaky.c:31", blocks: 2 });
  });

  it("watches the one application that is asked for, and says when others were inside", async () => {
    const { core } = bootTest("", undefined, [helloWorld, keepAlive]);
    const watch = monitor(core, { ta: "HELLO_WORLD" });
    await Promise.all([greet(core), greet(core)]);
    await createClient(core).open(KEEP_ALIVE_UUID);
    watch.stop();
    expect(new Set(watch.records.map(({ name }) => name))).toEqual(new Set(["hello_world"]));
    expect(new Set(watch.records.map(({ instance }) => instance))).toEqual(new Set([1, 2]));
    expect(watch.records.some(({ alone }) => !alone)).toBe(true);
  });

  it("keeps as many records as it is told, and the highest of all", async () => {
    const { core } = bootTest("", undefined, [helloWorld]);
    const heard: number[] = [];
    const watch = monitor(core, { keep: 2, onRecord: ({ to }) => heard.push(to) });
    await greet(core);
    await greet(core);
    watch.stop();
    expect(heard).toHaveLength(10);
    expect(watch.records.map(({ to }) => to)).toEqual(heard.slice(-2));
    expect(watch.highest?.to).toBe(heard[0]);
  });

  it("makes the same records of events that crossed a wire", async () => {
    const { core } = bootTest("", undefined, [helloWorld]);
    const lines: string[] = [];
    const stop = tapEvents(core, (event) => lines.push(JSON.stringify(event)));
    const here = monitor(core);
    await greet(core);
    here.stop();
    stop();
    const there = createMonitor();
    for (const line of lines) there.feed(JSON.parse(line) as TeeEvent);
    expect(there.records).toEqual(here.records);
    expect(there.ended).toEqual(here.ended);
    expect(there.highest).toEqual(here.highest);
  });
});

it("shows what a command takes of the core's heap beside the application's own", async () => {
  const caller: TrustedApp = {
    ...helloWorld,
    uuid: "00000000-0000-4000-8000-000000000003",
    async invoke(tee) {
      const { session, code } = await tee.openTaSession(LEAKY_UUID);
      if (code === TEE.SUCCESS) await tee.closeTaSession(session);
      return code;
    },
  };
  const system = bootTest("", undefined, [caller, leaky]);
  const watch = monitor(system.core, { ta: caller.uuid });
  const client = createClient(system.core);
  const { session } = await client.open(caller.uuid);
  await client.invoke(session, 0, params());
  watch.stop();
  const invoked = watch.records.find(({ entry }) => entry === "invoke");
  expect(invoked).toMatchObject({ heap: { growth: 0 }, core: { growth: 0 }, alone: false });
  expect(invoked && invoked.core.peak - invoked.core.before).toBeGreaterThan(1000);
});

it("the core remembers the last of those that ended", async () => {
  const { core } = bootTest("", undefined, [helloWorld, leaky]);
  for (let n = 0; n < ENDED_KEPT; n++) await greet(core);
  const client = createClient(core);
  const { session } = await client.open(LEAKY_UUID);
  await client.invoke(session, LEAKY.PANIC, params(valueIn(1)));
  await client.end();
  expect(core.ended).toHaveLength(ENDED_KEPT);
  expect(core.ended.at(-1)).toMatchObject({ name: "leaky", panicked: true, when: core.clock.ree() });
  expect(core.ended[0]?.name).toBe("hello_world");
});

const step = fc.record({
  op: fc.constantFrom("malloc", "calloc", "realloc", "free"),
  size: fc.integer({ min: 0, max: 3000 }),
  which: fc.nat(),
});

it("peak, growth and holders are those of the real heap, whatever an application does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { maxLength: 30 }), { minLength: 1, maxLength: 6 }), async (commands) => {
      const real: { before: number; peak: number; after: number }[] = [];
      const blocks: number[] = [];
      const random: TrustedApp = {
        ...helloWorld,
        uuid: "00000000-0000-4000-8000-000000000004",
        name: "random",
        invoke(tee, _session, command) {
          const used = (): number => tee.heap.heap.allocated;
          const seen = { before: used(), peak: used(), after: 0 };
          for (const { op, size, which } of commands[command] ?? []) {
            const at = blocks.length === 0 ? -1 : which % blocks.length;
            const old = blocks[at] ?? 0;
            if (op === "free") {
              tee.free(old, "r.c:1");
              if (at >= 0) blocks.splice(at, 1);
            } else {
              const site = `r.c:${size % 7}`;
              const made =
                op === "realloc" ? tee.realloc(old, size, site) : tee.malloc(size, op === "malloc" ? 1 : 0, site);
              if (made !== 0 && op === "realloc" && at >= 0) blocks.splice(at, 1);
              if (made !== 0) blocks.push(made);
            }
            seen.peak = Math.max(seen.peak, used());
          }
          real.push({ ...seen, after: used() });
          return TEE.SUCCESS;
        },
      };
      const { core } = bootTest("", undefined, [random]);
      const events: TeeEvent[] = [];
      const stop = tapEvents(core, (event) => events.push(event));
      const watch = monitor(core);
      const client = createClient(core);
      const { session } = await client.open(random.uuid);
      for (const n of commands.keys()) await client.invoke(session, n, params());
      const invoked = watch.records.filter(({ entry }) => entry === "invoke");
      expect(invoked.map(({ heap: { before, peak, after } }) => ({ before, peak, after }))).toEqual(real);
      for (const record of watch.records) {
        const held = record.holders.reduce((sum, { bytes }) => sum + bytes, 0);
        expect(held).toBe(record.heap.peak);
        // What the heap says of itself after each operation adds up from entry to exit.
        let allocated = record.heap.before;
        for (const event of events) {
          const isInside = event.sequence > record.from && event.sequence < record.to;
          if (event.kind === "heap" && event.heap === "ta" && isInside) allocated = event.allocated;
        }
        expect(allocated).toBe(record.heap.after);
      }
      const [instance] = core.instances;
      const ctx = instance?.heap;
      if (ctx === undefined) throw new Error("it still runs");
      const known = events.find((event) => event.kind === "known" && event.heap === "ta");
      if (known?.kind !== "known") throw new Error("its heap was announced");
      const ledger = createLedger(known);
      for (const event of events) if (event.kind === "heap" && event.heap === "ta") ledger.apply(event);
      const live = poolsOf(ctx)
        .flatMap((pool) => walkPool(ctx.heap.memory, pool).blocks)
        .filter(({ free }) => !free);
      expect(ledger.allocated).toBe(ctx.heap.allocated);
      expect(ledger.holders().reduce((sum, holder) => sum + holder.blocks, 0)).toBe(live.length);
      const older = new Set(known.blocks.map(({ site }) => site ?? "before"));
      for (const { site, blocks } of ledger.holders().filter((holder) => !older.has(holder.site)))
        expect(ledger.given().find((given) => given.site === site)?.blocks).toBeGreaterThanOrEqual(blocks);
      await client.end();
      watch.stop();
      stop();
    }),
    { numRuns: 60 },
  );
});
