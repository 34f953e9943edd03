// Tests of the crypto test TA: layouts, wrong requests, sizes.
import { expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { checkContext } from "../src/malloc/check.ts";
import { getStats } from "../src/malloc/stats.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { packAttributes } from "../src/tee/apps/crypt/attributes.ts";
import { CRYPT, CRYPT_UUID, PARAMETERS } from "../src/tee/apps/crypt/commands.ts";
import { crypt } from "../src/tee/apps/crypt/crypt.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { memrefIn, memrefOut, type Params, params, valueIn, valueInOut, valueOut } from "../src/tee/kernel/params.ts";
import { ALG, ATTR, MODE, TYPE } from "../src/tee/svc/crypto/ids.ts";
import { bootTest } from "./embedded.ts";

async function open() {
  const { core } = bootTest("", undefined, [crypt], { crypto: nodeCrypto() });
  const client = createClient(core);
  const { session } = await client.open(CRYPT_UUID);
  const invoke = async (command: number, ...given: Parameters<typeof params>): Promise<number> =>
    (await client.invoke(session, command, params(...given))).code;
  const allocated = (): number => {
    const [instance] = core.instances;
    if (!instance) throw new Error("no instance");
    expect(checkContext(instance.heap)).toEqual([]);
    return getStats(instance.heap).allocated;
  };
  return { core, client, session, invoke, allocated };
}

it("has a layout for every command, and refuses others without a trace", async () => {
  const { client, session, invoke, allocated } = await open();
  const before = allocated();
  expect(Object.keys(PARAMETERS).map(Number).sort()).toEqual(Object.values(CRYPT).sort());
  const wrong: readonly Params[] = [
    params(),
    params(valueInOut(1), valueInOut(1)),
    params(memrefIn(new Uint8Array(4)), memrefIn(new Uint8Array(4)), memrefIn(new Uint8Array(4))),
    params(memrefOut(new Uint8Array(4)), memrefOut(new Uint8Array(4))),
  ];
  for (const command of Object.values(CRYPT))
    for (const given of wrong)
      expect((await client.invoke(session, command, given)).code, `command ${command}`).toBe(TEE.BAD_PARAMETERS);
  expect(await invoke(0)).toBe(TEE.NOT_SUPPORTED);
  expect(await invoke(99)).toBe(TEE.NOT_SUPPORTED);
  expect(allocated()).toBe(before);
});

it("refuses numbers that it did not give, and attributes in a wrong layout, and lives on", async () => {
  const { invoke, allocated } = await open();
  const none = memrefIn(new Uint8Array());
  expect(await invoke(CRYPT.FREE_OPERATION, valueIn(1))).toBe(TEE.BAD_PARAMETERS);
  expect(await invoke(CRYPT.DIGEST_UPDATE, valueIn(5), none)).toBe(TEE.BAD_PARAMETERS);
  expect(await invoke(CRYPT.POPULATE_TRANSIENT_OBJECT, valueIn(1), none)).toBe(TEE.BAD_PARAMETERS);
  const object = valueOut();
  expect(await invoke(CRYPT.ALLOCATE_TRANSIENT_OBJECT, valueIn(TYPE.AES, 128), object)).toBe(TEE.SUCCESS);
  expect(object.type === "value" && object.value.a).toBe(1);
  const before = allocated();
  expect(await invoke(CRYPT.POPULATE_TRANSIENT_OBJECT, valueIn(1), memrefIn(Uint8Array.of(9, 9)))).toBe(
    TEE.BAD_PARAMETERS,
  );
  expect(await invoke(CRYPT.SET_OPERATION_KEY, valueIn(1, 1))).toBe(TEE.BAD_PARAMETERS);
  expect(await invoke(CRYPT.FREE_TRANSIENT_OBJECT, valueIn(1))).toBe(TEE.SUCCESS);
  expect(await invoke(CRYPT.FREE_TRANSIENT_OBJECT, valueIn(1))).toBe(TEE.BAD_PARAMETERS);
  expect(await invoke(CRYPT.FREE_TRANSIENT_OBJECT, valueIn(0))).toBe(TEE.SUCCESS);
  expect(allocated()).toBe(before);
});

it("says what a buffer that is too short needs", async () => {
  const { invoke } = await open();
  await invoke(CRYPT.ALLOCATE_OPERATION, valueIn(ALG.SHA256, MODE.DIGEST), valueIn(0), valueOut());
  const info = memrefOut(new Uint8Array(3));
  expect(await invoke(CRYPT.GET_OPERATION_INFO, valueIn(1), info)).toBe(TEE.SHORT_BUFFER);
  expect(info).toMatchObject({ size: 32 });
  const digest = memrefOut(new Uint8Array(31));
  expect(await invoke(CRYPT.DIGEST_DO_FINAL, valueIn(1), memrefIn(new Uint8Array()), digest)).toBe(TEE.SHORT_BUFFER);
  expect(digest).toMatchObject({ size: 32 });
});

it("panics for a programmer's error, and takes all it had along", async () => {
  const { core, client, invoke } = await open();
  await invoke(CRYPT.ALLOCATE_TRANSIENT_OBJECT, valueIn(TYPE.AES, 128), valueOut());
  const key = packAttributes([{ kind: "ref", id: ATTR.SECRET_VALUE, data: new Uint8Array(16) }]);
  expect(await invoke(CRYPT.POPULATE_TRANSIENT_OBJECT, valueIn(1), memrefIn(key))).toBe(TEE.SUCCESS);
  expect(await invoke(CRYPT.POPULATE_TRANSIENT_OBJECT, valueIn(1), memrefIn(key))).toBe(TEE.TARGET_DEAD);
  await client.end();
  expect([core.instances.length, core.taRam.allocated]).toEqual([0, 0]);
  expect(checkContext(core.heap)).toEqual([]);
});
