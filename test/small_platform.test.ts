// A 32-bit core from data alone: it boots as far as its data goes, has its own sizes, and says what it lacks.
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { STATS_UUID } from "../src/abi/ids.ts";
import { checkContext } from "../src/malloc/check.ts";
import { liveBlocks } from "../src/malloc/foreach.ts";
import { getStats } from "../src/malloc/stats.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { parsePlatform } from "../src/platform/parse_platform.ts";
import type { Platform } from "../src/platform/platform.ts";
import { askAlloc } from "../src/source/client/stats_client.ts";
import { helloWorld } from "../src/tee/apps/hello_world.ts";
import { keepAlive } from "../src/tee/apps/keep_alive.ts";
import { boot } from "../src/tee/boot.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import type { Core } from "../src/tee/kernel/core.ts";
import { params } from "../src/tee/kernel/params.ts";
import { ALG, ATTR, CURVE, MODE, TYPE } from "../src/tee/svc/crypto/ids.ts";
import { STORAGE } from "../src/tee/svc/storage/flags.ts";
import type { InternalApi } from "../src/tee/utee/internal_api.ts";
import type { TrustedApp } from "../src/tee/utee/trusted_app.ts";
import { platformFiles } from "./support/platform_files.ts";
import { SMALL_CALLS, smallPlatform } from "./support/small_platform.ts";

const NOTHING = "nothing but the boot was captured";

interface Small {
  readonly core: Core;
  readonly lines: readonly string[];
}

function start(changes: Readonly<Record<string, string>> = {}, cfg = {}): Small {
  const platform = parsePlatform(smallPlatform(changes));
  if (!platform.ok) throw new Error(platform.error);
  const lines: string[] = [];
  const switches = { ...platform.value.switches, ...cfg };
  const surroundings = { console: (line: string) => lines.push(line), now: () => 0, apps: [helloWorld] };
  const core = boot({ platform: platform.value, switches }, surroundings);
  if (!core.ok) throw new Error(core.error);
  return { core: core.value, lines };
}

describe("a 32-bit core of which little is known", () => {
  it("boots as far as its data goes, with words of 4 bytes, and says that it is a part", () => {
    const { core, lines } = start({}, { CFG_TEE_CORE_MALLOC_DEBUG: true });
    expect(core.heap.heap.memory.wide).toBe(false);
    expect(liveBlocks(core.heap).map(({ size, file, line }) => [size, file, line])).toContainEqual([
      40,
      "core/mm/core_mmu.c",
      388,
    ]);
    expect(checkContext(core.heap)).toEqual([]);
    expect(lines).toEqual([expect.stringContaining("small-32 (only a part of its boot: the trace ends here)")]);
  });

  it("refuses a session in one sentence, and takes nothing for it", async () => {
    const { core, lines } = start();
    const before = getStats(core.heap);
    const opened = await createClient(core).open(STATS_UUID);
    const why = `platform small-32 has no size for a range of address space while a client's pages are mapped (call.mapping): ${NOTHING}`;
    expect(opened).toEqual({ session: 0, code: TEE.NOT_SUPPORTED, origin: 3, why });
    expect(lines.at(-1)).toContain(why);
    expect(getStats(core.heap)).toEqual(before);
    expect(await askAlloc(createClient(core))).toMatchObject({ ok: false, error: { why } });
  });

  it("answers with sizes of its own where they are there", async () => {
    const { core } = start({ "core_sites.txt": SMALL_CALLS });
    const taken: (readonly [string, number, string])[] = [];
    core.heap.listener = (op, _pointer, size, _arg, _result, file, line) => {
      if (op === "M" || op === "C") taken.push([op, size, `${file}:${line}`]);
    };
    const asked = await askAlloc(createClient(core));
    expect(asked.ok && asked.value.pools[0]).toMatchObject({ size: 65536 });
    expect(taken).toContainEqual(["C", 112, "core/kernel/tee_ta_manager.c:606"]);
    expect(taken).toContainEqual(["C", 44, "core/arch/arm/mm/mobj_dyn_shm.c:317"]);
    expect(taken.map(([, , place]) => place)).toContain("core/kernel/pseudo_ta.c:311");
    // No size of a 64-bit core is among them.
    expect(taken.map(([, size]) => size).filter((size) => [152, 88, 80, 24].includes(size))).toEqual([]);
    expect(checkContext(core.heap)).toEqual([]);
  });

  it("loads no application: its data has none", async () => {
    const { core } = start({ "core_sites.txt": SMALL_CALLS });
    const before = getStats(core.heap).allocated;
    const opened = await createClient(core).open(helloWorld.uuid);
    const why = "platform small-32 has no size for the pool of big numbers (ta.number_pool): no application was loaded";
    expect(opened).toMatchObject({ code: TEE.NOT_SUPPORTED, session: 0, why });
    expect(getStats(core.heap).allocated).toBe(before);
  });
});

describe("a 32-bit application on a 64-bit core", () => {
  const mixed = (taSites: string): ReadonlyMap<string, string> => {
    const files = platformFiles("qemu_v8-4.0.0");
    const json = JSON.parse(files.get("platform.json") ?? "");
    json.ta.word = 4;
    return files.set("platform.json", JSON.stringify(json)).set("ta_sites.txt", taSites);
  };

  it("has a heap with words of 4 bytes, and the sizes of its data", async () => {
    const own = platformFiles("qemu_v8-4.0.0").get("ta_sites.txt") ?? "";
    // The library's structures, half as large: the figures are this test's.
    const platform = parsePlatform(mixed(own.replace("word 8", "word 4").replace(/ M 32 /, " M 16 ")));
    if (!platform.ok) throw new Error(platform.error);
    const core = boot({ platform: platform.value }, { console: () => {}, now: () => 0, apps: [keepAlive] });
    if (!core.ok) throw new Error(core.error);
    const client = createClient(core.value);
    expect((await client.open(keepAlive.uuid)).code).toBe(TEE.SUCCESS);
    const [instance] = core.value.instances;
    expect(instance?.heap.heap.memory.wide).toBe(false);
    expect(instance?.loaderHeap.heap.memory.wide).toBe(true);
    expect(core.value.heap.heap.memory.wide).toBe(true);
    // A pool's table of 8 bytes, the pool of numbers of 24, a session of 16, 8 of header each.
    expect(instance && getStats(instance.heap).allocated).toBe(16 + 32 + 24);
    expect(instance && checkContext(instance.heap)).toEqual([]);
  });

  it("is not read with sizes of 64-bit applications, and not loaded without any", async () => {
    const wide = platformFiles("qemu_v8-4.0.0").get("ta_sites.txt") ?? "";
    expect(parsePlatform(mixed(wide))).toMatchObject({ ok: false, error: expect.stringContaining("words of 8 bytes") });
    const platform = parsePlatform(mixed("word 4\nmissing * not captured in 32 bit\n"));
    if (!platform.ok) throw new Error(platform.error);
    const core = boot({ platform: platform.value }, { console: () => {}, now: () => 0, apps: [keepAlive] });
    if (!core.ok) throw new Error(core.error);
    const { code, why } = await createClient(core.value).open(keepAlive.uuid);
    expect([code, why]).toEqual([
      TEE.NOT_SUPPORTED,
      expect.stringMatching(/ta\.number_pool\): not captured in 32 bit$/),
    ]);
  });
});

describe("a core of words of 4 bytes with all that the code asks for", () => {
  /** The figures are those of a 64-bit core but for limbs: what is looked at here is the word. */
  function narrow(): Core {
    const files = platformFiles("qemu_v8-4.0.0");
    for (const [name, text] of files) files.set(name, text.replace(/^word 8$/m, "word 4").replace(/ C 8n /, " C 4n "));
    files.set("platform.json", (files.get("platform.json") ?? "").replaceAll('"word": 8', '"word": 4'));
    const platform = parsePlatform(files);
    if (!platform.ok) throw new Error(platform.error);
    const app: TrustedApp = {
      ...helloWorld,
      invoke(tee) {
        const key = tee.allocateTransientObject(TYPE.ECDSA_PUBLIC_KEY, 521).handle;
        const part = new Uint8Array(66).fill(1);
        return tee.populateTransientObject(key, [
          tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_X, part),
          tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_Y, part),
          tee.valueAttribute(ATTR.ECC_CURVE, CURVE.NIST_P521),
        ]);
      },
    };
    const core = boot({ platform: platform.value }, { console: () => {}, now: () => 0, apps: [app] });
    if (!core.ok) throw new Error(core.error);
    return core.value;
  }

  it("has a loader of the same word, and numbers in limbs of 4 bytes", async () => {
    const core = narrow();
    const client = createClient(core);
    const { session } = await client.open(helloWorld.uuid);
    expect(core.instances[0]?.loaderHeap.heap.memory.wide).toBe(false);
    const limbs: number[] = [];
    core.heap.listener = (op, _pointer, size, _arg, _result, file) => {
      if (op === "C" && file?.endsWith("/bignum.c")) limbs.push(size);
    };
    expect((await client.invoke(session, 0, params())).code).toBe(TEE.SUCCESS);
    // Two new numbers of 4096 bits, then 66 bytes in whole words: 72 in a 64-bit core.
    expect(limbs).toEqual([512, 512, 68, 68]);
    expect(checkContext(core.heap)).toEqual([]);
  });
});

describe("an application on a platform without sizes for its calls", () => {
  function without(group: string): Platform {
    const files = platformFiles("qemu_v8-4.0.0");
    const sites = (files.get("core_sites.txt") ?? "").split("\n").filter((line) => !line.startsWith(`${group}.`));
    files.set("core_sites.txt", `${sites.join("\n")}\nmissing ${group}.* never used\n`);
    const platform = parsePlatform(files);
    if (!platform.ok) throw new Error(platform.error);
    return platform.value;
  }

  it("panics with the sentence before anything is taken for the call", async () => {
    for (const [group, use, sentence] of [
      [
        "storage",
        (tee: InternalApi) => tee.openPersistentObject(STORAGE.PRIVATE, new Uint8Array(4), 0),
        "(storage.object): never used",
      ],
      ["storage", (tee: InternalApi) => tee.allocatePersistentObjectEnumerator(), "(storage.object): never used"],
      ["key", (tee: InternalApi) => tee.allocateTransientObject(TYPE.AES, 128), "(key.operation): never used"],
      [
        "context",
        (tee: InternalApi) => tee.allocateOperation(ALG.SHA256, MODE.DIGEST, 0),
        "(context.hash): never used",
      ],
    ] as const) {
      const platform = without(group);
      const lines: string[] = [];
      const app: TrustedApp = {
        ...helloWorld,
        invoke(tee) {
          use(tee);
          return TEE.SUCCESS;
        },
      };
      const core = boot(
        { platform },
        { console: (line) => lines.push(line), now: () => 0, apps: [app], host: { crypto: nodeCrypto() } },
      );
      if (!core.ok) throw new Error(core.error);
      const client = createClient(core.value);
      const idle = getStats(core.value.heap).allocated;
      const { session } = await client.open(app.uuid);
      expect((await client.invoke(session, 0, params())).code).toBe(TEE.TARGET_DEAD);
      expect(lines.filter((line) => line.includes("TA panicked"))).toEqual([expect.stringContaining(sentence)]);
      await client.close(session);
      expect(getStats(core.value.heap).allocated).toBe(idle);
    }
  });
});
