// Tests of the TAs of optee_examples.
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { checkContext } from "../src/malloc/check.ts";
import { getStats } from "../src/malloc/stats.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { ACIPHER, acipher } from "../src/tee/apps/acipher.ts";
import { AES, AES_ALGO, AES_MODE, aes } from "../src/tee/apps/aes.ts";
import { EXAMPLES } from "../src/tee/apps/examples.ts";
import { HOTP, hotp } from "../src/tee/apps/hotp.ts";
import { RANDOM, random } from "../src/tee/apps/random.ts";
import { SECURE_STORAGE, secureStorage } from "../src/tee/apps/secure_storage.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { memrefIn, memrefOut, type Params, params, valueIn, valueInOut } from "../src/tee/kernel/params.ts";
import type { TrustedApp } from "../src/tee/utee/trusted_app.ts";
import { bootTest } from "./embedded.ts";

async function open(app: TrustedApp) {
  const { core } = bootTest("", undefined, EXAMPLES, { crypto: nodeCrypto() });
  const client = createClient(core);
  const { session, code } = await client.open(app.uuid);
  expect(code).toBe(TEE.SUCCESS);
  const invoke = async (command: number, given: Params): Promise<number> =>
    (await client.invoke(session, command, given)).code;
  const stats = () => {
    const [instance] = core.instances;
    if (!instance) throw new Error("no instance");
    expect(checkContext(instance.heap)).toEqual([]);
    return getStats(instance.heap);
  };
  return { core, client, session, invoke, stats };
}

/** Some buffer. */
const bytes = (size: number): Uint8Array => new Uint8Array(size);

describe("the applications of optee_examples", () => {
  it("are six, with the heap that they were linked with", () => {
    expect(EXAMPLES.map(({ name }) => name)).toEqual([
      "acipher",
      "aes",
      "hello_world",
      "hotp",
      "random",
      "secure_storage",
    ]);
    expect(new Set(EXAMPLES.map(({ uuid }) => uuid)).size).toBe(6);
    for (const { layout } of EXAMPLES) expect(layout.heapLength).toBe(32768);
  });

  it.each(EXAMPLES.map((app) => [app.name, app] as const))("%s refuses what it does not know", async (_name, app) => {
    const { invoke, stats } = await open(app);
    const before = stats().allocated;
    const wrong: readonly Params[] = [
      params(),
      params(valueInOut(1), valueInOut(1)),
      params(memrefIn(bytes(8)), memrefIn(bytes(8)), memrefIn(bytes(8))),
      params(memrefOut(bytes(8)), memrefOut(bytes(8))),
    ];
    for (let command = 0; command < 4; command++) {
      for (const given of wrong) {
        expect([TEE.BAD_PARAMETERS, TEE.NOT_SUPPORTED]).toContain(await invoke(command, given));
      }
    }
    expect([TEE.BAD_PARAMETERS, TEE.NOT_SUPPORTED]).toContain(await invoke(99, params()));
    expect(stats()).toMatchObject({ allocated: before, failures: 0 });
  });

  it.each([
    ["random", random],
    ["hotp", hotp],
  ] as const)("%s takes no parameters when a session is opened", async (_name, app) => {
    const { core } = bootTest("", undefined, EXAMPLES, { crypto: nodeCrypto() });
    expect(await createClient(core).open(app.uuid, params(valueIn(1)))).toMatchObject({ code: TEE.BAD_PARAMETERS });
    expect(core.instances).toEqual([]);
  });
});

describe("random", () => {
  it("fills any buffer that its heap has room for", async () => {
    const { invoke, stats } = await open(random);
    const small = bytes(32);
    expect(await invoke(RANDOM.GENERATE, params(memrefOut(small)))).toBe(TEE.SUCCESS);
    expect(small.some((byte) => byte !== 0)).toBe(true);
    expect(await invoke(RANDOM.GENERATE, params(memrefOut(bytes(0))))).toBe(TEE.SUCCESS);
    expect(await invoke(RANDOM.GENERATE, params(memrefOut(bytes(40_000))))).toBe(TEE.OUT_OF_MEMORY);
    expect(stats()).toMatchObject({ allocated: 128, failures: 1, biggestFailure: 40_000 });
  });
});

describe("secure_storage", () => {
  it("takes one client at a time", async () => {
    const { core } = await open(secureStorage);
    expect((await createClient(core).open(secureStorage.uuid)).code).toBe(TEE.BUSY);
  });

  it("loses its copy of the id where there is no room for the data, as upstream does", async () => {
    const { invoke, stats } = await open(secureStorage);
    const id = memrefIn(bytes(8));
    for (const command of [SECURE_STORAGE.WRITE_RAW, SECURE_STORAGE.READ_RAW]) {
      const before = stats().allocated;
      const data = command === SECURE_STORAGE.WRITE_RAW ? memrefIn(bytes(40_000)) : memrefOut(bytes(40_000));
      expect(await invoke(command, params(id, data))).toBe(TEE.OUT_OF_MEMORY);
      expect(stats().allocated).toBe(before + 32);
    }
  });

  it("panics for an id that is too long", async () => {
    const { invoke } = await open(secureStorage);
    expect(await invoke(SECURE_STORAGE.DELETE, params(memrefIn(bytes(65))))).toBe(TEE.TARGET_DEAD);
  });
});

describe("aes", () => {
  const prepare = (algo: number, size: number, mode: number): Params =>
    params(valueIn(algo), valueIn(size), valueIn(mode));

  it("takes the sizes and modes it has", async () => {
    const { invoke, stats } = await open(aes);
    for (const wrong of [prepare(9, 16, 0), prepare(AES_ALGO.CTR, 24, 0), prepare(AES_ALGO.CTR, 16, 7)]) {
      expect(await invoke(AES.PREPARE, wrong)).toBe(TEE.BAD_PARAMETERS);
    }
    expect(await invoke(AES.SET_KEY, params(memrefIn(bytes(16))))).toBe(TEE.BAD_PARAMETERS);
    expect(await invoke(AES.CIPHER, params(memrefIn(bytes(16)), memrefOut(bytes(16))))).toBe(TEE.BAD_STATE);
    expect(await invoke(AES.CIPHER, params(memrefIn(bytes(16)), memrefOut(bytes(8))))).toBe(TEE.BAD_PARAMETERS);
    expect(stats().allocated).toBe(176);
    expect(await invoke(AES.SET_IV, params(memrefIn(bytes(16))))).toBe(TEE.TARGET_DEAD);
  });

  it("loses the size of a key with every PREPARE, as 4.0.0 does", async () => {
    const { invoke, stats } = await open(aes);
    await invoke(AES.PREPARE, prepare(AES_ALGO.CBC, 32, AES_MODE.ENCODE));
    const first = stats().allocated;
    for (let n = 1; n <= 5; n++) {
      expect(await invoke(AES.PREPARE, prepare(AES_ALGO.CBC, 32, AES_MODE.ENCODE))).toBe(TEE.SUCCESS);
      expect(stats().allocated).toBe(first + n * 48);
    }
  });
});

describe("hotp", () => {
  it("takes keys of 10 to 64 bytes", async () => {
    const { invoke } = await open(hotp);
    const get = (): Promise<number> =>
      invoke(HOTP.GET_HOTP, params({ type: "value", direction: "out", value: { a: 0, b: 0 } }));
    expect(await get()).toBe(TEE.BAD_PARAMETERS);
    expect(await invoke(HOTP.REGISTER_SHARED_KEY, params(memrefIn(bytes(65))))).toBe(TEE.BAD_PARAMETERS);
    expect(await invoke(HOTP.REGISTER_SHARED_KEY, params(memrefIn(bytes(9))))).toBe(TEE.SUCCESS);
    expect(await get()).toBe(TEE.BAD_PARAMETERS);
    expect(await invoke(HOTP.REGISTER_SHARED_KEY, params(memrefIn(bytes(64))))).toBe(TEE.SUCCESS);
    expect(await get()).toBe(TEE.SUCCESS);
  });
});

describe("acipher", () => {
  it("needs a key, of a size that there is", async () => {
    const { invoke } = await open(acipher);
    const data = params(memrefIn(bytes(5)), memrefOut(bytes(64)));
    expect(await invoke(ACIPHER.ENCRYPT, data)).toBe(TEE.BAD_STATE);
    expect(await invoke(ACIPHER.GEN_KEY, params(valueIn(5)))).toBe(TEE.NOT_SUPPORTED);
    expect(await invoke(ACIPHER.ENCRYPT, data)).toBe(TEE.BAD_STATE);
  });
});
