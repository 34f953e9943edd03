// Tests of keys in persistent objects.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { createMemoryStore } from "../src/tee/kernel/host/memory_store.ts";
import type { ObjectStore } from "../src/tee/kernel/host/object_store.ts";
import { ALG, ATTR, CURVE, MODE, TYPE, USAGE } from "../src/tee/svc/crypto/ids.ts";
import { OBJECT_TYPES } from "../src/tee/svc/crypto/object_types.ts";
import { decodeAttributes, encodeAttributes } from "../src/tee/svc/keys/stored.ts";
import { DATA_FLAG, HANDLE_FLAG, STORAGE } from "../src/tee/svc/storage/flags.ts";
import { decodeObject, encodeObject } from "../src/tee/svc/storage/object_file.ts";
import type { InternalApi } from "../src/tee/utee/internal_api.ts";
import { LAB_UUID, lab } from "./crypto_lab.ts";
import { storeIn } from "./support/objects.ts";

const { ACCESS_READ, ACCESS_WRITE, ACCESS_WRITE_META, SHARE_READ, SHARE_WRITE } = DATA_FLAG;
const ALL = ACCESS_READ | ACCESS_WRITE | ACCESS_WRITE_META;
const SHARED = ACCESS_READ | ACCESS_WRITE | SHARE_READ | SHARE_WRITE;
const ID = new TextEncoder().encode("key");
const SECRET = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
const DATA = new TextEncoder().encode("some data");

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "teemem-keys-"));
  folders.push(made);
  return made;
}

const STORES: readonly (readonly [string, () => ObjectStore])[] = [
  ["memory", createMemoryStore],
  ["a folder", () => storeIn(folder())],
];

function aes(tee: InternalApi): number {
  const { handle } = tee.allocateTransientObject(TYPE.AES, 256);
  expect(tee.populateTransientObject(handle, [tee.refAttribute(ATTR.SECRET_VALUE, SECRET)])).toBe(TEE.SUCCESS);
  return handle;
}

/** AES-ECB of a block with a key. */
function encrypts(tee: InternalApi, key: number): Uint8Array {
  const { handle } = tee.allocateOperation(ALG.AES_ECB_NOPAD, MODE.ENCRYPT, 256);
  expect(tee.setOperationKey(handle, key)).toBe(TEE.SUCCESS);
  const into = new Uint8Array(16);
  tee.cipherInit(handle);
  tee.cipherDoFinal(handle, new Uint8Array(16), into);
  tee.freeOperation(handle);
  return into;
}

function opened(tee: InternalApi, flags: number): number {
  const { code, handle } = tee.openPersistentObject(STORAGE.PRIVATE, ID, flags);
  expect(code).toBe(TEE.SUCCESS);
  return handle;
}

describe.each(STORES)("keys in persistent objects, stored in %s", (_, create) => {
  it("are created from a transient object, and serve after the instance that made them", async () => {
    const store = create();
    let expected = new Uint8Array();
    const first = lab(true, undefined, store);
    await first.run((tee) => {
      const key = aes(tee);
      tee.restrictObjectUsage(key, USAGE.ENCRYPT | USAGE.EXTRACTABLE);
      expected = encrypts(tee, key).slice();
      const { code, handle } = tee.createPersistentObject(STORAGE.PRIVATE, ID, ALL, DATA, key);
      expect(code).toBe(TEE.SUCCESS);
      tee.freeTransientObject(key);
      expect(encrypts(tee, handle)).toEqual(expected);
      tee.closeObject(handle);
    });
    first.expectClean();
    const second = lab(true, undefined, store);
    await second.run((tee) => {
      const handle = opened(tee, ALL);
      const info = tee.objectInfo(handle);
      expect(info).toEqual({
        objectType: TYPE.AES,
        keySize: 256,
        maxKeySize: 256,
        usage: USAGE.ENCRYPT | USAGE.EXTRACTABLE,
        dataSize: DATA.length,
        dataPosition: 0,
        handleFlags: ALL | HANDLE_FLAG.PERSISTENT | HANDLE_FLAG.INITIALIZED,
      });
      const [value, data] = [new Uint8Array(32), new Uint8Array(20)];
      expect(tee.objectBufferAttribute(handle, ATTR.SECRET_VALUE, value)).toEqual({ code: TEE.SUCCESS, size: 32 });
      expect(value).toEqual(SECRET);
      expect(tee.readObjectData(handle, data)).toEqual({ code: TEE.SUCCESS, count: DATA.length });
      expect(tee.writeObjectData(handle, DATA)).toBe(TEE.SUCCESS);
      expect(encrypts(tee, handle)).toEqual(expected);
      const copy = tee.allocateTransientObject(TYPE.AES, 256).handle;
      expect(tee.copyObjectAttributes(copy, handle)).toBe(TEE.SUCCESS);
      tee.freeTransientObject(copy);
      tee.closeObject(handle);
    });
    second.expectClean();
  });

  it("lose usages for all handles, and for good", async () => {
    const store = create();
    const system = lab(true, undefined, store);
    await system.run((tee) => {
      const key = aes(tee);
      tee.closeObject(tee.createPersistentObject(STORAGE.PRIVATE, ID, ALL, DATA, key).handle);
      tee.freeTransientObject(key);
      const [one, other] = [opened(tee, SHARED), opened(tee, SHARED)];
      expect(tee.restrictObjectUsage(one, USAGE.DECRYPT)).toBe(TEE.SUCCESS);
      expect(tee.objectInfo(other).usage).toBe(USAGE.DECRYPT);
      for (const handle of [one, other]) tee.closeObject(handle);
    });
    system.expectClean();
    const outcomes: number[] = [];
    for (const use of [
      (tee: InternalApi, handle: number) => void encrypts(tee, handle),
      (tee: InternalApi, handle: number) =>
        void tee.objectBufferAttribute(handle, ATTR.SECRET_VALUE, new Uint8Array(32)),
    ])
      outcomes.push(await lab(true, undefined, store).run((tee) => use(tee, opened(tee, ACCESS_READ))));
    expect(outcomes).toEqual([TEE.TARGET_DEAD, TEE.TARGET_DEAD]);
  });

  it.each([
    [TYPE.RSA_KEYPAIR, 512, []],
    [TYPE.ECDSA_KEYPAIR, 521, [CURVE.NIST_P521]],
    [TYPE.SM2_PKE_KEYPAIR, 256, []],
    [TYPE.ED25519_KEYPAIR, 256, []],
    [TYPE.HMAC_SHA256, 256, []],
  ] as const)("keep every attribute of type 0x%x", async (type, bits, curve) => {
    const store = create();
    const fields = OBJECT_TYPES.get(type)?.fields ?? [];
    const all = (tee: InternalApi, handle: number): unknown[] =>
      fields.map(({ id }) => {
        if (id === ATTR.ECC_CURVE) return tee.objectValueAttribute(handle, id);
        const into = new Uint8Array(512);
        const { code, size } = tee.objectBufferAttribute(handle, id, into);
        return [code, Buffer.from(into.subarray(0, size)).toString("hex")];
      });
    let before: unknown[] = [];
    const system = lab(true, undefined, store);
    await system.run(async (tee) => {
      const key = tee.allocateTransientObject(type, bits).handle;
      const given = curve.map((one) => tee.valueAttribute(ATTR.ECC_CURVE, one));
      expect(await tee.generateKey(key, bits, given)).toBe(TEE.SUCCESS);
      before = all(tee, key);
      const { handle } = tee.createPersistentObject(STORAGE.PRIVATE, ID, ALL, undefined, key);
      expect(all(tee, handle)).toEqual(before);
      tee.closeObject(handle);
      tee.freeTransientObject(key);
    });
    system.expectClean();
    const again = lab(true, undefined, store);
    await again.run((tee) => {
      const handle = opened(tee, ACCESS_READ);
      expect(all(tee, handle)).toEqual(before);
      tee.closeObject(handle);
    });
    again.expectClean();
  });
});

describe("keys in persistent objects", () => {
  it("take the recorded memory: regression_6013 of OP-TEE 4.0.0", async () => {
    const system = lab();
    await system.run((tee) => {
      const { heap } = system.core;
      const list: string[] = [];
      const record = (work: () => void): string => {
        list.length = 0;
        heap.listener = (op, _pointer, size) => void list.push(op === "F" || op === "W" ? op : `${op}${size}`);
        work();
        heap.listener = null;
        return list.join(" ");
      };
      const key = aes(tee);
      let handle = 0;
      const created = record(() => {
        handle = tee.createPersistentObject(STORAGE.PRIVATE, ID, ALL, DATA, key).handle;
      });
      // Object, id, handle, the key's block, its bytes while the file is made, the directory.
      expect(created).toMatch(/^C72 M3 C96 C40 M36 C40 C64 C240 /);
      // Directory and file close; id, object, key, handle.
      expect(record(() => tee.closeObject(handle))).toMatch(/F F F F F F$/);
      const read = record(() => {
        handle = opened(tee, ACCESS_READ);
      });
      expect(read).toMatch(/^C72 M3 C96 .* C40 M36 C608 F F$/);
      tee.closeObject(handle);
      tee.freeTransientObject(key);
    });
    system.expectClean();
  });

  it("go with an instance that leaves them open", async () => {
    const store = createMemoryStore();
    const system = lab(true, undefined, store);
    const before = system.core.heap.heap.allocated;
    await system.run((tee) => {
      const key = aes(tee);
      tee.createPersistentObject(STORAGE.PRIVATE, ID, SHARED, DATA, key);
      tee.openPersistentObject(STORAGE.PRIVATE, ID, SHARED);
    });
    expect(system.core.heap.heap.allocated).toBe(before);
  });

  it.each<[string, (tee: InternalApi, handle: number) => unknown]>([
    ["populated", (tee, handle) => tee.populateTransientObject(handle, [])],
    ["reset", (tee, handle) => tee.resetTransientObject(handle)],
    ["freed as if transient", (tee, handle) => tee.freeTransientObject(handle)],
  ])("cannot be %s", async (_, work) => {
    const outcome = await lab().run((tee) => {
      const { handle } = tee.createPersistentObject(STORAGE.PRIVATE, ID, ALL, DATA, aes(tee));
      return work(tee, handle);
    });
    expect(outcome).toBe(TEE.TARGET_DEAD);
  });

  it("are not made from an empty object", async () => {
    const outcome = await lab().run((tee) => {
      const { handle } = tee.allocateTransientObject(TYPE.AES, 256);
      tee.createPersistentObject(STORAGE.PRIVATE, ID, ALL, DATA, handle);
    });
    expect(outcome).toBe(TEE.TARGET_DEAD);
  });

  it("whose form is damaged are told, and deleted", async () => {
    const store = createMemoryStore();
    await lab(true, undefined, store).run((tee) => {
      tee.closeObject(tee.createPersistentObject(STORAGE.PRIVATE, ID, ALL, DATA, aes(tee)).handle);
    });
    const stored = store.read(LAB_UUID, ID);
    const whole = Buffer.from((stored.ok && stored.value) || []);
    expect(whole.length).toBeGreaterThan(24);
    // The length of the attributes, their length of the secret, the type, the size of the key.
    for (const at of [0, 24, 16, 8]) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt32LE(damaged.readUInt32LE(at) + 5, at);
      store.write(LAB_UUID, ID, damaged);
      const system = lab(true, undefined, store);
      await system.run((tee) => {
        expect(tee.openPersistentObject(STORAGE.PRIVATE, ID, ACCESS_READ)).toEqual({
          code: TEE.CORRUPT_OBJECT,
          handle: 0,
        });
        expect(tee.openPersistentObject(STORAGE.PRIVATE, ID, ACCESS_READ).code).toBe(TEE.ITEM_NOT_FOUND);
      });
      system.expectClean();
    }
  });

  it("run out of memory at any point without a trace", async () => {
    const { malloc, free } = await import("../src/malloc/malloc.ts");
    const system = lab();
    await system.run((tee) => {
      const { heap } = system.core;
      const key = aes(tee);
      const fillers: number[] = [];
      for (let size = 8192; size >= 16; ) {
        const block = malloc(heap, size);
        if (block === 0) size >>= 1;
        else fillers.push(block);
      }
      let refused = 0;
      for (;;) {
        const left = heap.heap.allocated;
        const { code, handle } = tee.createPersistentObject(STORAGE.PRIVATE, ID, ALL, DATA, key);
        if (code === TEE.SUCCESS) {
          tee.closeObject(handle);
          break;
        }
        expect([code, heap.heap.allocated]).toEqual([TEE.OUT_OF_MEMORY, left]);
        refused++;
        free(heap, fillers.pop() ?? 0);
      }
      expect(refused).toBeGreaterThan(3);
      for (const block of fillers) free(heap, block);
      tee.freeTransientObject(key);
    });
    system.expectClean();
  });

  it("are read as they were written, whatever they are", () => {
    const type = OBJECT_TYPES.get(TYPE.DH_KEYPAIR);
    if (type === undefined) throw new Error("no type");
    const parts = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.option(parts), { minLength: 5, maxLength: 5 }), fc.nat(), parts, (given, value, data) => {
        const refs = new Map<number, Uint8Array>();
        for (const [n, { id }] of type.fields.slice(0, 5).entries()) {
          const part = given[n];
          if (part) refs.set(id, part);
        }
        const values = new Map([
          [ATTR.DH_X_BITS as number, { kind: "value", id: ATTR.DH_X_BITS, a: value, b: 0 } as const],
        ]);
        const object = { type, refs, values } as unknown as Parameters<typeof encodeAttributes>[0];
        const { bytes, have } = encodeAttributes(object);
        const head = { type: type.id, keySize: 256, maxKeySize: 256, usage: 1, have };
        const back = decodeObject(encodeObject({ head, attributes: bytes, data }));
        expect(back?.head).toEqual(head);
        expect(back && Buffer.from(back.data)).toEqual(Buffer.from(data));
        expect(decodeAttributes(type, { bytes: back?.attributes ?? new Uint8Array(), have })).toEqual({ refs, values });
        for (let cut = 0; cut < bytes.length; cut++)
          expect(decodeAttributes(type, { bytes: bytes.subarray(0, cut), have })).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});
