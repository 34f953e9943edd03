// virt_v8-4.0.0-mdbg: its series and call sites are those of a capture of an unpatched core. 'npm run platforms' writes them anew.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it, type TestContext } from "vitest";
import { walkPool } from "../src/heap/walk.ts";
import { poolsOf } from "../src/malloc/pools.ts";
import { parsePlatform } from "../src/platform/parse_platform.ts";
import type { Platform } from "../src/platform/platform.ts";
import { askMemleak } from "../src/source/client/stats_client.ts";
import { keepAlive } from "../src/tee/apps/keep_alive.ts";
import { boot } from "../src/tee/boot.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import type { Core } from "../src/tee/kernel/core.ts";
import { alignEvents, type ExpectedBlock, expectedEvents, type Pair } from "./support/capture/align.ts";
import { bytesWithLeakHeader, type CaptureEvent, readEvents } from "./support/capture/events.ts";
import { createPlaces, type Places } from "./support/capture/places.ts";
import { type Numbers, seriesText } from "./support/capture/series_text.ts";
import { sitesText } from "./support/capture/sites_text.ts";
import { needShared } from "./support/needs.ts";
import { PLATFORMS_FOLDER, platformFiles } from "./support/platform_files.ts";

const EVENTS = "reference/boards-2026-11/heap-events/core-4.0.0-all-boot-1008-memleak-with-callsites.events.gz";
const LOG = "reference/boards-2026-11/heap-events/core-4.0.0-all-boot-1008-memleak.secure.log.gz";
const LIKE = "qemu_v8-4.0.0";
const NAME = "virt_v8-4.0.0-mdbg";
const FOLDER = `${PLATFORMS_FOLDER}/${NAME}`;
const HOW = "made of the capture anew with 'npm run platforms'";

/** Events of the first TA without libraries, cb3e5ba0…: its load, what the call gives back at its end, its unloading. */
const LOAD = [718, 973, 1037, 1040] as const;
const UNLOAD = [995, 1037] as const;

/** The pages of that TA's file, which two of its blocks grow with: no other number fits both. */
const FILE_PAGES = 130;

/** What growing blocks asked for. */
const GROWN: Readonly<Record<string, number>> = {
  "core/kernel/msg_param.c:132": 8 * FILE_PAGES,
  "core/arch/arm/mm/mobj_dyn_shm.c:317": 72 + 8 * FILE_PAGES,
};

interface Capture {
  readonly events: readonly CaptureEvent[];
  readonly like: Platform;
  readonly places: Places;
  readonly boot: readonly Pair[];
  readonly load: { readonly events: readonly CaptureEvent[]; readonly pairs: readonly Pair[] };
  readonly unload: readonly Pair[];
}

function capture(context: TestContext): Capture {
  const events = readEvents(gunzipSync(readFileSync(needShared(context, EVENTS))).toString());
  const like = parsePlatform(platformFiles(LIKE));
  if (!like.ok) throw new Error(like.error);
  const places = createPlaces();
  const learn = (pairs: readonly Pair[]): readonly Pair[] => {
    for (const pair of pairs) places.learn(pair);
    return pairs;
  };
  // The first event is the pool's table, which every heap has.
  const expected = expectedEvents(like.value.boot.steps);
  const boot = learn(alignEvents(expected, events.slice(1, expected.length + 1), places));
  const loaded = [...events.slice(LOAD[0], LOAD[1]), ...events.slice(LOAD[2], LOAD[3])];
  const blocks: ExpectedBlock[] = [{ bytes: 0, place: "" }];
  const pairs = learn(alignEvents(expectedEvents(like.value.load.steps, blocks), loaded, places));
  const unload = learn(alignEvents(expectedEvents(like.value.unload.steps, blocks), events.slice(...UNLOAD), places));
  return { events, like: like.value, places, boot, load: { events: loaded, pairs }, unload };
}

function bootPlatform(): { core: Core; lines: string[] } {
  const platform = parsePlatform(platformFiles(NAME));
  if (!platform.ok) throw new Error(platform.error);
  const lines: string[] = [];
  const core = boot(
    { platform: platform.value },
    { console: (line) => lines.push(line), now: () => 0, apps: [keepAlive] },
  );
  if (!core.ok) throw new Error(core.error);
  return { core: core.value, lines };
}

function sizeOf(place: string, bytes: number): number {
  const size = GROWN[place];
  if (size === undefined || bytesWithLeakHeader(size) !== bytes)
    throw new Error(`${place}: what asks for a block of ${bytes}?`);
  return size;
}

it("boots as the platform that is alike: the same operations and sizes, but for an address that stands for two", (context) => {
  const { events, like, boot, places } = capture(context);
  expect(boot.length).toBe(expectedEvents(like.boot.steps).length);
  expect(boot.map(([, event]) => event)).toEqual(events.slice(1, boot.length + 1));
  const addresses = new Set(boot.map(([, { address }]) => address));
  expect([...addresses].filter((address) => places.of(address).length !== 1)).toEqual(["e174ba0"]);
});

it("what grows with the application's file has one size that fits the blocks of both", () => {
  const fits = (bytes: number, base: number): number[] =>
    [...Array(500).keys()].filter((pages) => bytesWithLeakHeader(base + 8 * pages) === bytes);
  expect(fits(1104, 0).filter((pages) => fits(1168, 72).includes(pages))).toEqual([FILE_PAGES]);
});

it("boots the embedded system into the very heap of the capture: each block where it was, and as large", (context) => {
  const { events, like } = capture(context);
  const live = new Map<number, CaptureEvent>();
  for (const event of events.slice(0, expectedEvents(like.boot.steps).length + 1)) {
    if (event.kind === "A") live.set(event.offset, event);
    else live.delete(event.offset);
  }
  const { core } = bootPlatform();
  const walks = poolsOf(core.heap).map((pool) => walkPool(core.heap.heap.memory, pool));
  const blocks = walks.flatMap(({ blocks: all }) => all).filter(({ free }) => !free);
  expect(blocks.map(({ at, size }) => [at, size])).toEqual(
    [...live.values()].sort((a, b) => a.offset - b.offset).map(({ offset, bytes }) => [offset, bytes]),
  );
});

it("lists the leaks of the capture's secure console, but for two pseudo TAs that a test there had opened", async (context) => {
  const log = gunzipSync(readFileSync(needShared(context, LOG))).toString();
  const { core, lines } = bootPlatform();
  const client = createClient(core);
  // There it is the PKCS#11 TA that stays; the blocks of a TA are the same for all of them.
  const { session } = await client.open(keepAlive.uuid);
  await client.close(session);
  lines.length = 0;
  expect((await askMemleak(client)).ok).toBe(true);
  const count = (of: readonly string[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const line of of) if (line.includes("buffer: ")) counts[line.trim()] = (counts[line.trim()] ?? 0) + 1;
    return counts;
  };
  const [listed, there] = [count(lines), count(log.split("\n"))];
  const pseudo = "I/TC: buffer: 88 bytes core/kernel/pseudo_ta.c:311";
  expect(there[pseudo]).toBe((listed[pseudo] ?? 0) + 2);
  expect({ ...listed, [pseudo]: 0 }).toEqual({ ...there, [pseudo]: 0 });
});

it("has the series of the capture", async (context) => {
  const { events, boot, load, unload, places } = capture(context);
  const text = (head: string, rows: string): string => `# ${head}\nword 8\n${rows}`;
  const series = (of: readonly CaptureEvent[], pairs: readonly Pair[], numbers: Numbers): string =>
    seriesText(of, pairs, places, numbers, sizeOf);
  const booted = series(events.slice(1, boot.length + 1), boot, new Map());
  const head = "The core heap from reset to the login prompt of Linux, after its pool was added.";
  await expect(text(head, booted), HOW).toMatchFileSnapshot(`${FOLDER}/boot.txt`);
  const numbers: Numbers = new Map();
  const loaded = series(load.events, load.pairs, numbers);
  const loads =
    "The core heap while an application is loaded: that of the crypto tests, opened by another one (README.md).";
  await expect(text(loads, loaded), HOW).toMatchFileSnapshot(`${FOLDER}/load.txt`);
  const unloaded = series(events.slice(...UNLOAD), unload, numbers);
  const unloads = "The core heap when the last session closes. The numbers are those of load.txt.";
  await expect(text(unloads, unloaded), HOW).toMatchFileSnapshot(`${FOLDER}/unload.txt`);
  // A function that ends with its call hides it: nothing is invented for these.
  const unknown = `${booted}${loaded}${unloaded}`.match(/\?0x\w+/g) ?? [];
  expect([unknown.length, [...new Set(unknown)]]).toEqual([9, ["?0xe169d64", "?0xe16927c", "?0xe1322bc"]]);
});

it("gives back all that a load takes, and takes memory for every part of an application", () => {
  const platform = parsePlatform(platformFiles(NAME));
  if (!platform.ok) throw new Error(platform.error);
  const { load, unload } = platform.value;
  const live = new Set<number>();
  let blocks = 0;
  for (const { of, size } of [...load.steps, ...unload.steps]) {
    if (of > 0) expect(live.delete(of)).toBe(true);
    if (size > 0) live.add(++blocks);
  }
  expect([...live]).toEqual([]);
  const parts = load.steps.flatMap(({ part }) => part ?? []);
  expect(parts.sort()).toEqual([
    "bbuf",
    "data",
    "elf-header",
    "ldelf-code",
    "ldelf-data",
    "ldelf-heap",
    "ldelf-stack",
    "stack",
    "text",
  ]);
});

it("has call sites as far as the capture shows them; the others are those of the platform that is alike", async (context) => {
  const { events, places } = capture(context);
  const [seenPlaces, seenBlocks] = [new Set<string>(), new Set<string>()];
  for (const { kind, address, bytes } of events) {
    for (const place of places.of(address)) {
      seenPlaces.add(place);
      if (kind === "A") seenBlocks.add(`${place} ${bytes}`);
    }
  }
  const seen = {
    place: (place: string) => seenPlaces.has(place),
    block: (place: string, payload: number) => seenBlocks.has(`${place} ${bytesWithLeakHeader(payload)}`),
  };
  const like = platformFiles(LIKE).get("core_sites.txt") ?? "";
  await expect(sitesText(like, LIKE, seen), HOW).toMatchFileSnapshot(`${FOLDER}/core_sites.txt`);
});
