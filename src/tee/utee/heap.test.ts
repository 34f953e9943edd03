// Tests of the TA heap during crypto calls.
import { describe, expect, it } from "vitest";
import { lab } from "../../../test/crypto_lab.ts";
import { TEE } from "../../abi/errors.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { ALG, ATTR, MODE, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "./internal_api.ts";

/** What a heap does while `work` runs: `C 96`, `F`. */
async function events(heap: MallocContext, work: () => unknown): Promise<string> {
  const list: string[] = [];
  const before = heap.listener;
  heap.listener = (op, _pointer, size) => void list.push(op === "F" || op === "W" ? op : `${op} ${size}`);
  await work();
  heap.listener = before;
  return list.join(", ");
}

describe("memory of the recorded system", () => {
  it("an AES-CBC operation and its key", async () => {
    const system = lab();
    await system.run(async (tee, { heap }) => {
      const core = system.core.heap;
      const handles = [0, 0];
      const allocate = (): void => {
        handles[0] = tee.allocateOperation(ALG.AES_CBC_NOPAD, MODE.ENCRYPT, 256).handle;
      };
      const free = (): void => tee.freeOperation(handles[0] ?? 0);
      expect(await events(core, allocate)).toBe("C 96, C 40, C 64, C 944");
      expect(await events(core, free)).toBe("F, F, F, F");
      expect(await events(heap, allocate)).toBe("C 96, M 16");
      const object = tee.allocateTransientObject(TYPE.AES, 256).handle;
      const populate = (): void => {
        tee.populateTransientObject(object, [tee.refAttribute(ATTR.SECRET_VALUE, new Uint8Array(32))]);
        tee.setOperationKey(handles[0] ?? 0, object);
      };
      expect(await events(core, populate)).toMatch(/^M 24, [FW]$/);
      expect(await events(heap, free)).toBe("F, F");
      tee.freeTransientObject(object);
    });
    system.expectClean();
  });

  it.each([
    [ALG.AES_CTS, "C 96, C 40, C 64, C 32, C 800, C 944", "C 96, M 32"],
    [ALG.AES_CTR, "C 96, C 40, C 64, C 1120", "C 96"],
    [ALG.AES_GCM, "C 96, C 40, C 64, C 608", "C 96"],
    [ALG.AES_CCM, "C 96, C 40, C 64, C 904", "C 96, M 16"],
  ])("operations of 0x%x", async (alg, coreEvents, taEvents) => {
    const system = lab();
    await system.run(async (tee, { heap }) => {
      const open = (): number => tee.allocateOperation(alg, MODE.ENCRYPT, 128).handle;
      let first = 0;
      let second = 0;
      const inCore = await events(system.core.heap, () => {
        first = open();
      });
      const inTa = await events(heap, () => {
        second = open();
      });
      expect([inCore, inTa]).toEqual([coreEvents, taEvents]);
      tee.freeOperation(first);
      tee.freeOperation(second);
    });
    system.expectClean();
  });

  it("HMAC borrows a block at its beginning, a block and a digest at its end", async () => {
    const system = lab();
    await system.run(async (tee) => {
      const key = tee.allocateTransientObject(TYPE.HMAC_SHA512, 1024).handle;
      await tee.generateKey(key, 512);
      const { handle } = tee.allocateOperation(ALG.HMAC_SHA512, MODE.MAC, 1024);
      tee.setOperationKey(handle, key);
      expect(await events(system.core.heap, () => tee.macInit(handle))).toBe("M 128, F");
      const end = (): unknown => tee.macComputeFinal(handle, new Uint8Array(9), new Uint8Array(64));
      expect(await events(system.core.heap, end)).toBe("M 128, M 64, F, F");
      tee.freeOperation(handle);
      tee.freeTransientObject(key);
    });
    system.expectClean();
  });

  it("a public RSA key of 1024 bits, and a check with it", async () => {
    const system = lab();
    await system.run(async (tee) => {
      const heap = system.core.heap;
      let key = 0;
      const allocate = (): void => {
        key = tee.allocateTransientObject(TYPE.RSA_PUBLIC_KEY, 1024).handle;
      };
      expect(await events(heap, allocate)).toBe("C 96, C 16, M 32, C 512, M 32, C 512");
      const populate = (): unknown =>
        tee.populateTransientObject(key, [
          tee.refAttribute(ATTR.RSA_MODULUS, new Uint8Array(128).fill(255)),
          tee.refAttribute(ATTR.RSA_PUBLIC_EXPONENT, Uint8Array.of(1, 0, 1)),
        ]);
      expect(await events(heap, populate)).toMatch(/^M 48, F, C 128, F, C 8, [FW]$/);
      const { handle } = tee.allocateOperation(ALG.RSASSA_PKCS1_V1_5_SHA1, MODE.VERIFY, 1024);
      tee.setOperationKey(handle, key);
      const check = (): unknown => tee.asymmetricVerifyDigest(handle, [], new Uint8Array(20), new Uint8Array(128));
      expect(await events(heap, check)).toMatch(/^M 0, M 128, C 1040, F, M 125, F, F, [FW]$/);
      tee.freeOperation(handle);
      tee.freeTransientObject(key);
    });
    system.expectClean();
  });

  it("the secret of DH: two numbers as long as the other side's, and a power", async () => {
    const system = lab();
    await system.run(async (tee) => {
      const pair = tee.allocateTransientObject(TYPE.DH_KEYPAIR, 1024).handle;
      const number = (last: number): Uint8Array => new Uint8Array(128).fill(last, 127).fill(0x80, 0, 1);
      tee.populateTransientObject(pair, [
        tee.refAttribute(ATTR.DH_PRIME, number(7)),
        tee.refAttribute(ATTR.DH_BASE, Uint8Array.of(2)),
        tee.refAttribute(ATTR.DH_PUBLIC_VALUE, number(3)),
        tee.refAttribute(ATTR.DH_PRIVATE_VALUE, Uint8Array.of(5)),
      ]);
      const { handle } = tee.allocateOperation(ALG.DH_DERIVE_SHARED_SECRET, MODE.DERIVE, 1024);
      tee.setOperationKey(handle, pair);
      const secret = tee.allocateTransientObject(TYPE.GENERIC_SECRET, 1024).handle;
      const other = tee.refAttribute(ATTR.DH_PUBLIC_VALUE, number(2));
      const derive = (): unknown => tee.deriveKey(handle, [other], secret);
      expect(await events(system.core.heap, derive)).toBe("M 24, M 32, C 128, M 32, C 128, C 1040, F, F, F, F, F, W");
      for (const object of [pair, secret]) tee.freeTransientObject(object);
      tee.freeOperation(handle);
    });
    system.expectClean();
  });

  it("what an instance leaves on the core heap goes with it", async () => {
    const system = lab();
    const before = system.core.heap.heap.allocated;
    await system.run((tee) => {
      tee.allocateOperation(ALG.AES_XTS, MODE.ENCRYPT, 256);
      tee.allocateTransientObject(TYPE.RSA_KEYPAIR, 2048);
    });
    expect(system.core.heap.heap.allocated).toBe(before);
  });

  it("is refused with nothing left where a heap has no room", async () => {
    const system = lab();
    await system.run((tee, { heap }) => {
      const handles: number[] = [];
      for (;;) {
        const used = [heap.heap.allocated, system.core.heap.heap.allocated];
        const { code, handle } = tee.allocateOperation(ALG.AES_XTS, MODE.ENCRYPT, 256);
        if (code === TEE.SUCCESS) handles.push(handle);
        else {
          expect(code).toBe(TEE.OUT_OF_MEMORY);
          expect([heap.heap.allocated, system.core.heap.heap.allocated]).toEqual(used);
          break;
        }
      }
      for (const handle of handles) tee.freeOperation(handle);
    });
    system.expectClean();
  });
});

describe("a panic", () => {
  const key = (tee: InternalApi, populated: boolean): number => {
    const { handle } = tee.allocateTransientObject(TYPE.AES, 128);
    if (populated) tee.populateTransientObject(handle, [tee.refAttribute(ATTR.SECRET_VALUE, new Uint8Array(16))]);
    return handle;
  };
  const cbc = (tee: InternalApi, keyed: boolean): number => {
    const { handle } = tee.allocateOperation(ALG.AES_CBC_NOPAD, MODE.ENCRYPT, 128);
    if (keyed) tee.setOperationKey(handle, key(tee, true));
    return handle;
  };
  const wrongs: Readonly<Record<string, (tee: InternalApi) => unknown>> = {
    "an operation freed twice": (tee) => {
      const operation = cbc(tee, false);
      for (let n = 0; n < 2; n++) tee.freeOperation(operation);
    },
    "an object freed twice": (tee) => {
      const object = key(tee, true);
      for (let n = 0; n < 2; n++) tee.freeTransientObject(object);
    },
    "a cipher without a key": (tee) => tee.cipherInit(cbc(tee, false), new Uint8Array(16)),
    "an IV of the wrong length": (tee) => tee.cipherInit(cbc(tee, true), new Uint8Array(15)),
    "data before the beginning": (tee) => tee.cipherUpdate(cbc(tee, true), new Uint8Array(16), new Uint8Array(16)),
    "a digest of a cipher": (tee) => tee.digestUpdate(cbc(tee, true), new Uint8Array()),
    "an empty key": (tee) => tee.setOperationKey(cbc(tee, false), key(tee, false)),
    "a second key": (tee) => {
      const object = key(tee, true);
      tee.populateTransientObject(object, [tee.refAttribute(ATTR.SECRET_VALUE, new Uint8Array(16))]);
    },
    "part of a block": (tee) => {
      const operation = cbc(tee, true);
      tee.cipherInit(operation, new Uint8Array(16));
      tee.cipherDoFinal(operation, new Uint8Array(15), new Uint8Array(16));
    },
    "a secret that must stay": (tee) => {
      const object = key(tee, true);
      tee.restrictObjectUsage(object, 2);
      tee.objectBufferAttribute(object, ATTR.SECRET_VALUE, new Uint8Array(16));
    },
  };
  it.each(Object.keys(wrongs))("is what %s ends in; the core heap is as before", async (name) => {
    const system = lab();
    const before = system.core.heap.heap.allocated;
    expect(await system.run((tee) => wrongs[name]?.(tee))).toBe(TEE.TARGET_DEAD);
    expect(system.core.heap.heap.allocated).toBe(before);
  });
});

it("a copy of an operation goes its own way", async () => {
  const system = lab();
  await system.run((tee) => {
    const [one, two] = [0, 1].map(() => tee.allocateOperation(ALG.SHA256, MODE.DIGEST, 0).handle);
    if (!one || !two) throw new Error("no operation");
    tee.digestUpdate(one, Uint8Array.of(1));
    tee.copyOperation(two, one);
    tee.digestUpdate(one, Uint8Array.of(2));
    const [a, b] = [new Uint8Array(32), new Uint8Array(32)];
    tee.digestDoFinal(one, new Uint8Array(), a);
    tee.digestDoFinal(two, Uint8Array.of(2), b);
    expect(a).toEqual(b);
    tee.freeOperation(one);
    tee.freeOperation(two);
  });
  system.expectClean();
});

it("without a provider nothing is supported", async () => {
  const system = lab(false);
  await system.run((tee) => {
    expect(tee.allocateOperation(ALG.SHA256, MODE.DIGEST, 0)).toEqual({ code: TEE.NOT_SUPPORTED, handle: 0 });
    expect(tee.isAlgorithmSupported(ALG.SHA256)).toBe(TEE.NOT_SUPPORTED);
  });
  system.expectClean();
});
