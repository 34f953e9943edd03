// Tests which mistakes with objects return codes, and which end the TA.
import { expect, it } from "vitest";
import { lab } from "../../../test/crypto_lab.ts";
import { TEE } from "../../abi/errors.ts";
import { ATTR, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "./internal_api.ts";

const secret = (tee: InternalApi, size: number) => tee.refAttribute(ATTR.SECRET_VALUE, new Uint8Array(size));
const base = (tee: InternalApi) => tee.refAttribute(ATTR.DH_BASE, new Uint8Array(4));

it("a value of a size that no key has is BAD_PARAMETERS, and the object stays empty", async () => {
  const system = lab();
  await system.run((tee) => {
    const { handle } = tee.allocateTransientObject(TYPE.AES, 128);
    expect(tee.populateTransientObject(handle, [secret(tee, 15)])).toBe(TEE.BAD_PARAMETERS);
    expect(tee.populateTransientObject(handle, [secret(tee, 16)])).toBe(TEE.SUCCESS);
    tee.freeTransientObject(handle);
  });
  system.expectClean();
});

it.each<readonly [string, (tee: InternalApi) => readonly ReturnType<typeof secret>[]]>([
  ["a key that is larger than the object", (tee) => [secret(tee, 24)]],
  ["a key that is larger than any", (tee) => [secret(tee, 40)]],
  ["an attribute of another type", (tee) => [base(tee)]],
  ["one too many", (tee) => [secret(tee, 16), base(tee)]],
  ["the same one twice", (tee) => [secret(tee, 16), secret(tee, 16)]],
  ["none", () => []],
])("to populate an object with %s panics", async (_, attributes) => {
  const system = lab();
  const before = system.core.heap.heap.allocated;
  const code = await system.run((tee) => {
    const { handle } = tee.allocateTransientObject(TYPE.AES, 128);
    tee.populateTransientObject(handle, attributes(tee));
  });
  expect(code).toBe(TEE.TARGET_DEAD);
  expect(system.core.heap.heap.allocated).toBe(before);
});
