// virt_v8-4.10.0-all: after its boot, the embedded system says what the board said, to the byte.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { choose } from "../src/cli/systems/embedded.ts";
import { walkPool } from "../src/heap/walk.ts";
import { poolsOf } from "../src/malloc/pools.ts";
import { boardMemory } from "../src/release/board_memory.ts";
import { xtestStats } from "../src/source/client/xtest_stats.ts";
import { boot } from "../src/tee/boot.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import type { Core } from "../src/tee/kernel/core.ts";

const FIXTURES = new URL("fixtures/platform_capture/4.10.0-all", import.meta.url).pathname;
const fixture = (name: string): string => readFileSync(`${FIXTURES}${name}`, "utf8");

/** What `--optee 4.10.0` boots. */
function bootRelease(cfg = ""): { core: Core; lines: string[] } {
  const chosen = choose({ optee: "4.10.0", cfg });
  if (!chosen.ok) throw new Error(chosen.error);
  const lines: string[] = [];
  const core = boot(chosen.value, { console: (line) => lines.push(line), now: () => 0 });
  if (!core.ok) throw new Error(core.error);
  return { core: core.value, lines };
}

it("prints the statistics and the leak list of the board, line by line", async () => {
  const { core, lines } = bootRelease();
  const asked = { client: createClient(core), release: core.release };
  const [alloc] = await xtestStats(asked, ["--alloc"]);
  expect(alloc?.text).toBe(fixture("-alloc.txt"));
  lines.length = 0;
  await xtestStats(asked, ["--memleak"]);
  const listed = lines.map((line) => line.trimEnd()).filter((line) => line.includes("buffer: "));
  expect(listed).toEqual(fixture("-memleak.txt").trimEnd().split("\n"));
});

it("has each block at the address of the recording", () => {
  const { core } = bootRelease();
  const live = new Set<number>();
  for (const line of gunzipSync(readFileSync(`${FIXTURES}.events.gz`))
    .toString()
    .split("\n")) {
    const [heap, , time, op = "", pointer = "", , , result = ""] = line.split("\t");
    if (heap !== "core" || Number(time) > 13e6 || op === "P") continue;
    live.delete(Number.parseInt(pointer, 16));
    if (Number.parseInt(result, 16) > 0) live.add(Number.parseInt(result, 16));
  }
  const { memory } = core.heap.heap;
  const blocks = poolsOf(core.heap).flatMap((pool) => walkPool(memory, pool).blocks);
  // A payload lies behind the header of 16 bytes and the leak header of 32.
  const used = blocks.filter(({ free }) => !free).map(({ at }) => memory.base + at + 48);
  expect(used).toEqual([...live].sort((a, b) => a - b));
});

it("has the bytes that were measured in Debian's own build without leak headers", async () => {
  const { core } = bootRelease("CFG_TEE_CORE_MALLOC_DEBUG=n");
  const [alloc] = await xtestStats({ client: createClient(core), release: core.release }, ["--alloc"]);
  const { heapUsed } = boardMemory("vexpress-qemu_armv8a", "4.10.0");
  expect(alloc?.text.split("\n")[1]?.split(/\s+/).at(-1)).toBe(String(heapUsed));
});

it("gives back all that a load takes", () => {
  const { core } = bootRelease();
  const live = new Set<number>();
  let blocks = 0;
  for (const { of, size } of [...core.platform.load.steps, ...core.platform.unload.steps]) {
    if (of > 0) expect(live.delete(of)).toBe(true);
    if (size > 0) live.add(++blocks);
  }
  expect([...live]).toEqual([]);
});

it("is what --optee 4.10.0 boots, but for the recorded run, which is 4.0.0's", () => {
  const nameOf = (options: Parameters<typeof choose>[0]): string => {
    const chosen = choose(options);
    return chosen.ok ? chosen.value.platform.name : chosen.error;
  };
  expect(nameOf({ optee: "4.10.0" })).toBe("virt_v8-4.10.0-all");
  expect(nameOf({ optee: "4.9.0" })).toBe("qemu_v8-4.0.0");
  expect(nameOf({ optee: "4.10.0", after: "boot" })).toBe("qemu_v8-4.0.0");
  expect(nameOf({ optee: "4.10.0", profile: "virt_v8-4.0.0-mdbg" })).toBe("virt_v8-4.0.0-mdbg");
});

it("leaves its further pools to the nexus heap, and to no other release", () => {
  const pools = (options: Parameters<typeof choose>[0]): number[][] => {
    const chosen = choose({ profile: "virt_v8-4.10.0-all", ...options });
    const core = chosen.ok ? boot(chosen.value, { console: () => {}, now: () => 0 }) : chosen;
    if (!core.ok) throw new Error(core.error);
    return [core.value.heap, core.value.nexusHeap].map((heap) =>
      heap ? poolsOf(heap).map(({ length }) => length) : [],
    );
  };
  expect(pools({})).toEqual([[198864, 320, 3840], []]);
  expect(pools({ cfg: "CFG_NS_VIRTUALIZATION=y" })).toEqual([[198864], [16384, 320, 3840]]);
  expect(pools({ optee: "4.5.0" })).toEqual([[199296], []]);
});
