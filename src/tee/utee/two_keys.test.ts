// Tests of operations with two keys.
import { expect, it } from "vitest";
import { lab } from "../../../test/crypto_lab.ts";
import { TEE } from "../../abi/errors.ts";
import { ALG, ATTR, MODE, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "./internal_api.ts";

function key(tee: InternalApi, bytes: number, fill: number): number {
  const { handle } = tee.allocateTransientObject(TYPE.AES, 256);
  tee.populateTransientObject(handle, [tee.refAttribute(ATTR.SECRET_VALUE, new Uint8Array(bytes).fill(fill))]);
  return handle;
}

it("XTS takes two keys with the same bytes, as vector 1 of IEEE 1619 has them, but not the same object twice", async () => {
  const system = lab();
  await system.run((tee) => {
    const { handle } = tee.allocateOperation(ALG.AES_XTS, MODE.ENCRYPT, 256);
    const [one, two] = [key(tee, 16, 0), key(tee, 16, 0)];
    expect(tee.setOperationKey2(handle, one, one)).toBe(TEE.SECURITY);
    expect(tee.setOperationKey2(handle, one, two)).toBe(TEE.SUCCESS);
    expect(tee.operationInfo(handle)).toMatchObject({ keySize: 128, maxKeySize: 256 });
    for (const object of [one, two]) tee.freeTransientObject(object);
    tee.freeOperation(handle);
  });
  system.expectClean();
});

it("XTS panics with keys of two sizes, and with one key", async () => {
  for (const other of [32, 0]) {
    const code = await lab().run((tee) => {
      const { handle } = tee.allocateOperation(ALG.AES_XTS, MODE.ENCRYPT, 512);
      tee.setOperationKey2(handle, key(tee, 16, 1), other === 0 ? 0 : key(tee, other, 2));
    });
    expect(code).toBe(TEE.TARGET_DEAD);
  }
});
