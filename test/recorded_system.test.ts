// Compares the embedded system with the recorded output at every mark.
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { loadReference } from "../src/cli/inputs/reference.ts";
import { checkHeap } from "../src/heap/check.ts";
import { poolsOf } from "../src/malloc/pools.ts";
import { getStats } from "../src/malloc/stats.ts";
import { defaultPlatform } from "../src/platform/platforms.ts";
import { createRecordedSystem, type RecordedRun, type RecordedSystem } from "../src/source/sim/recorded_system.ts";
import { parseTaRam } from "../src/source/sim/ta_ram_trace.ts";
import { createCore } from "../src/tee/boot.ts";
import { NOW } from "./embedded.ts";

const FIXTURES = new URL("fixtures/recorded/", import.meta.url);

let recording: RecordedRun;
beforeAll(async () => {
  recording = await loadReference();
});

function start(switches = defaultPlatform().switches): RecordedSystem {
  const core = createCore({ platform: defaultPlatform(), switches }, { console: () => {}, now: () => NOW });
  if (!core.ok) throw new Error(core.error);
  return createRecordedSystem(core.value, recording);
}

describe("the recorded run on the embedded system", () => {
  it("prints at every mark of xtest --stats what the real system printed, byte for byte", async () => {
    const system = start();
    const printed: Record<string, string> = {};
    for (const { name } of recording.core.marks) {
      const outputs = await system.playMark(name);
      if (outputs.length > 0) printed[name] = outputs.map(({ text }) => text).join("");
    }
    const captured = readdirSync(FIXTURES)
      .filter((file) => /^stats-.*\.out$/.test(file))
      .map((file) => [file.replace(".out", ""), readFileSync(new URL(file, FIXTURES), "utf8")]);
    expect(captured.length).toBe(9);
    expect(printed).toEqual(Object.fromEntries(captured));
    const { core } = system;
    expect(checkHeap(core.heap.heap, poolsOf(core.heap))).toEqual([]);
    expect(core.userTas.map(({ uuid }) => uuid)).toEqual(["fd02c9da-306c-48c7-a49c-bbd827ae86ee"]);
  });

  it("boots into the very heap of the profile", async () => {
    const system = start();
    system.playTo(recording.core.marks[1]?.row ?? 0);
    expect(getStats(system.core.heap)).toMatchObject({ allocated: 16480, maxAllocated: 17744 });
  });

  it("knows the sessions of a TA at a moment within a test", async () => {
    const system = start();
    const { marks } = recording.core;
    for (const { name } of marks) {
      if (name === "pkcs11-1007") break;
      await system.playMark(name);
    }
    const refused = recording.core.result.findIndex(
      (result, row) => row > system.row && result === 0 && recording.core.size[row] === 800,
    );
    system.playTo(refused);
    expect(system.core.userTas).toMatchObject([{ sessions: 1, panicked: false }]);
    expect(getStats(system.core.heap).allocated).toBe(56112);
  });

  it("goes on where another allocator refuses more", async () => {
    const platform = defaultPlatform();
    const system = start({ ...platform.switches, CFG_TEE_CORE_MALLOC_DEBUG: true, CFG_CORE_HEAP_SIZE: 40000 });
    for (const { name } of recording.core.marks) await system.playMark(name);
    expect(system.core.heap.failures).toBeGreaterThan(2);
    expect(checkHeap(system.core.heap.heap, poolsOf(system.core.heap))).toEqual([]);
  });
});

describe("the table of TA memory", () => {
  it("names the line that is wrong", async () => {
    expect(parseTaRam("# comment\n1\t2\t3\t-\ttext\nx\t2\t3\t-\ttext\n")).toEqual({
      ok: false,
      error: expect.stringMatching(/^line 3: /),
    });
  });

  it("of the package accounts for every TA load", async () => {
    const bytes = gunzipSync(readFileSync(new URL("../data/optee-4.0.0/ta-ram.tsv.gz", import.meta.url)));
    const ranges = parseTaRam(bytes.toString());
    expect(ranges.ok && ranges.value.length).toBe(3230);
    expect(ranges.ok && ranges.value.filter(({ give }) => give < 0).length).toBe(9);
  });
});
