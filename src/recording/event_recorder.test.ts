// Tests of event_recorder.ts.
import { describe, expect, test } from "vitest";
import { bootTest } from "../../test/embedded.ts";
import { alignedAlloc, free, malloc, memalign } from "../malloc/malloc.ts";
import { getStats } from "../malloc/stats.ts";
import { defaultPlatform } from "../platform/platforms.ts";
import { verifyTrace } from "../replay/verify.ts";
import { HELLO_WORLD, HELLO_WORLD_UUID, helloWorld } from "../tee/apps/hello_world.ts";
import { createCore } from "../tee/boot.ts";
import { createClient } from "../tee/kernel/client.ts";
import type { Core } from "../tee/kernel/core.ts";
import { params, valueInOut } from "../tee/kernel/params.ts";
import { performSeries } from "../tee/kernel/series.ts";
import { tapEvents } from "../tee/monitor/tap.ts";
import { createEventRecorder, type EventRecorder } from "./event_recorder.ts";
import { imported } from "./imported.ts";
import { readArrow } from "./read_arrow.ts";
import type { Recording } from "./recording.ts";
import { createRecordingWriter } from "./recording_writer.ts";

interface Recorded {
  readonly recording: Recording;
  readonly recorder: EventRecorder;
}

/** Records what `work` does to a system that is tapped now. */
async function record(
  core: Core,
  work: (stop: () => void, recorder: EventRecorder) => Promise<void>,
): Promise<Recorded> {
  const chunks: Uint8Array[] = [];
  const writer = await createRecordingWriter({ origin: "sim", version: "4.0.0" }, (bytes) => void chunks.push(bytes));
  let time = 0;
  const recorder = createEventRecorder(writer, () => time++);
  const stop = tapEvents(core, recorder.feed);
  await work(stop, recorder);
  recorder.sample();
  stop();
  writer.end();
  const read = await readArrow(Buffer.concat(chunks));
  if (!read.ok) throw new Error(read.error);
  return { recording: read.value, recorder };
}

async function callHello(core: Core): Promise<void> {
  const client = createClient(core);
  const { session } = await client.open(HELLO_WORLD_UUID);
  await client.invoke(session, HELLO_WORLD.INC_VALUE, params(valueInOut(1)));
  await client.close(session);
}

function unbooted(): Core {
  const platform = defaultPlatform();
  const core = createCore({ platform }, { console: () => {}, now: () => 0, apps: [helloWorld] });
  if (!core.ok) throw new Error(core.error);
  return core.value;
}

describe("a system that is recorded from its boot on", () => {
  test("can be replayed exactly: its core's heap, and those of its applications", async () => {
    const core = unbooted();
    const { recording, recorder } = await record(core, async () => {
      performSeries(core, core.platform.boot.steps, [0]);
      await callHello(core);
    });
    const [heap, loader, ta] = recording.traces;
    if (!heap || !loader || !ta) throw new Error("three heaps");
    expect(recording.traces.map(({ context }) => context)).toEqual(["core", "ldelf", `ta-${HELLO_WORLD_UUID}`]);
    for (const trace of [heap, ta]) {
      expect(verifyTrace(trace).difference).toBeNull();
      expect(trace.instances[0]).not.toHaveProperty("found");
    }
    expect(heap.allocated.at(-1)).toBe(getStats(core.heap).allocated);
    expect([...recorder.late]).toEqual(["ldelf"]);
  });

  test("counts what the heap counts: a request with an impossible alignment is no failure", async () => {
    const core = unbooted();
    const { recording } = await record(core, async () => {
      memalign(core.heap, 3, 100);
      memalign(core.heap, 0, 100);
      alignedAlloc(core.heap, 64, 100);
      memalign(core.heap, 64, 2 ** 32 + 7);
      malloc(core.heap, 100_000);
      free(core.heap, malloc(core.heap, 30_000));
    });
    const { failures } = getStats(core.heap);
    expect(failures).toBe(2);
    expect(recording.samples.findLast(({ heap }) => heap === "Heap")?.stats).toEqual(getStats(core.heap));
  });

  test("has samples with the counters of their moment, whenever their rows are written", async () => {
    const core = unbooted();
    const { recording } = await record(core, async (_, recorder) => {
      free(core.heap, malloc(core.heap, 100));
      recorder.sample();
      malloc(core.heap, 5000);
    });
    const [before, after] = recording.samples.filter(({ heap }) => heap === "Heap").map(({ stats }) => stats);
    expect(after?.maxAllocated).toBe(getStats(core.heap).maxAllocated);
    expect(before?.maxAllocated).toBeLessThan(4000);
  });

  test("has entries with their rows, and samples of what changed", async () => {
    const core = unbooted();
    const { recording } = await record(core, () => callHello(core));
    const { entries, samples, traces } = recording;
    expect(entries.map(({ name }) => name)).toEqual(["create", "open", "invoke 0", "close", "destroy"]);
    const at = traces.findIndex(({ context }) => context.startsWith("ta-"));
    for (const { trace, from, to, uuid } of entries) {
      expect([trace, uuid]).toEqual([at, HELLO_WORLD_UUID]);
      expect(from).toBeLessThanOrEqual(to);
    }
    expect(samples.find(({ heap }) => heap === "Heap")?.stats).toEqual(getStats(core.heap));
    expect(samples.find(({ heap }) => heap === HELLO_WORLD_UUID)?.stats).toMatchObject({ size: 32768, failures: 0 });
  });
});

describe("a system that is heard from the middle on", () => {
  test("shows the blocks that were there as found", async () => {
    const { core } = bootTest("CFG_TEE_CORE_MALLOC_DEBUG=y", undefined, [helloWorld]);
    const before = getStats(core.heap).allocated;
    const { recording, recorder } = await record(core, () => callHello(core));
    const [heap] = recording.traces;
    const found = heap?.instances[0]?.found ?? 0;
    expect(found).toBeGreaterThan(20);
    expect(heap?.allocated[found]).toBe(before);
    expect(heap?.sites.map(({ place }) => place)).toContain("core/lib/libtomcrypt/ecb.c:109");
    expect(heap?.allocated.at(-1)).toBe(getStats(core.heap).allocated);
    // A block that was found and is freed is known by its row.
    expect(recorder.late.has("core")).toBe(true);
  });

  test("goes on as another life where it is told of anew", () => {
    const read = imported({ origin: "x", version: "" }, (writer) => {
      const recorder = createEventRecorder(writer, () => 0);
      const stats = {
        allocated: 96,
        maxAllocated: 96,
        size: 4096,
        failures: 0,
        biggestFailure: 0,
        biggestFailureUsed: 0,
      };
      const blocks = [
        { at: 64, bytes: 48, site: "a.c:1" },
        { at: 128, bytes: 48, site: null },
      ];
      const known = { kind: "known", sequence: 0, heap: "core", instance: 0, base: 0x1000, stats, blocks } as const;
      recorder.feed(known);
      recorder.feed({ ...known, sequence: 9 });
    });
    if (!read.ok) throw new Error(read.error);
    const [trace] = read.value.traces;
    expect(trace?.instances.map(({ number, found }) => [number, found])).toEqual([
      [1, 2],
      [1_000_001, 2],
    ]);
    expect(trace?.sites.map(({ place }) => place)).toEqual(["unknown", "a.c:1", "before"]);
    expect(Array.from(trace?.result ?? [])).toEqual([0, 0x1040, 0x1080, 0, 0x1040, 0x1080]);
  });
});
