// Tests of persistent objects.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootTest } from "../../../../test/embedded.ts";
import { TEE } from "../../../abi/errors.ts";
import { err } from "../../../base/result.ts";
import { checkContext } from "../../../malloc/check.ts";
import { helloWorld } from "../../apps/hello_world.ts";
import { type Client, createClient } from "../../kernel/client.ts";
import type { Core } from "../../kernel/core.ts";
import { createMemoryStore } from "../../kernel/host/memory_store.ts";
import { idBytes, idText, type ObjectStore } from "../../kernel/host/object_store.ts";
import { params } from "../../kernel/params.ts";
import type { InternalApi } from "../../utee/internal_api.ts";
import type { TrustedApp } from "../../utee/trusted_app.ts";
import { conflict } from "./access.ts";
import { DATA_FLAG, HANDLE_FLAG, MAX_POSITION, SEEK, STORAGE } from "./flags.ts";
import { openStorage } from "./handles.ts";
import { DATA_HEAD, decodeObject, encodeObject } from "./object_file.ts";

const UUID = "00000000-0000-4000-8000-000000000005";
const OTHER = "00000000-0000-4000-8000-000000000006";
const { ACCESS_READ, ACCESS_WRITE, ACCESS_WRITE_META, SHARE_READ, SHARE_WRITE, OVERWRITE } = DATA_FLAG;
const ALL = ACCESS_READ | ACCESS_WRITE | ACCESS_WRITE_META;
const SHARED = ACCESS_READ | ACCESS_WRITE | SHARE_READ | SHARE_WRITE;
const PRIVATE = STORAGE.PRIVATE;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const A = bytes("a");
const B = bytes("b");

interface Opened {
  readonly core: Core;
  readonly client: Client;
  readonly session: number;
  readonly tee: InternalApi;
  /** Runs code inside of the TA. */
  inside(work: (tee: InternalApi) => void): Promise<number>;
}

/** A system with a session, from whose TA the API can be called. */
async function open(store: ObjectStore = createMemoryStore(), uuid = UUID, cfg = ""): Promise<Opened> {
  let task: (tee: InternalApi) => void = () => {};
  let tee: InternalApi | undefined;
  const app: TrustedApp = {
    ...helloWorld,
    uuid,
    name: "stores",
    openSession(api) {
      tee = api;
      return TEE.SUCCESS;
    },
    invoke(api) {
      task(api);
      return TEE.SUCCESS;
    },
  };
  const { core } = bootTest(cfg, undefined, [app], { storage: store });
  const client = createClient(core);
  const { session } = await client.open(uuid);
  if (tee === undefined) throw new Error("no session");
  const inside = async (work: (tee: InternalApi) => void): Promise<number> => {
    task = work;
    return (await client.invoke(session, 0, params())).code;
  };
  return { core, client, session, tee, inside };
}

function contents(tee: InternalApi, id: Uint8Array): string | number {
  const { code, handle } = tee.openPersistentObject(PRIVATE, id, ACCESS_READ | SHARE_READ);
  if (code !== TEE.SUCCESS) return code;
  const into = new Uint8Array(tee.objectInfo(handle).dataSize);
  tee.readObjectData(handle, into);
  tee.closeObject(handle);
  return new TextDecoder().decode(into);
}

describe("a persistent object", () => {
  it("is created, written, read, cut and deleted", async () => {
    const { tee } = await open();
    const { code, handle } = tee.createPersistentObject(PRIVATE, A, ALL, bytes("first"));
    expect(code).toBe(TEE.SUCCESS);
    expect(tee.objectInfo(handle)).toEqual({
      objectType: 0xa00000bf,
      keySize: 0,
      maxKeySize: 0,
      usage: 0xffffffff,
      dataSize: 5,
      dataPosition: 0,
      handleFlags: ALL | HANDLE_FLAG.PERSISTENT | HANDLE_FLAG.INITIALIZED,
    });
    expect(tee.seekObjectData(handle, 2, SEEK.END)).toBe(TEE.SUCCESS);
    expect(tee.writeObjectData(handle, bytes("end"))).toBe(TEE.SUCCESS);
    tee.seekObjectData(handle, -100, SEEK.CUR);
    const into = new Uint8Array(100);
    expect(tee.readObjectData(handle, into)).toEqual({ code: TEE.SUCCESS, count: 10 });
    expect(new TextDecoder().decode(into.subarray(0, 10))).toBe("first\0\0end");
    expect(tee.readObjectData(handle, into).count).toBe(0);
    expect(tee.truncateObjectData(handle, 3)).toBe(TEE.SUCCESS);
    expect(tee.objectInfo(handle)).toMatchObject({ dataSize: 3, dataPosition: 10 });
    tee.closeObject(handle);
    expect(contents(tee, A)).toBe("fir");
    const again = tee.openPersistentObject(PRIVATE, A, ALL).handle;
    expect(tee.closeAndDeletePersistentObject(again)).toBe(TEE.SUCCESS);
    expect(contents(tee, A)).toBe(TEE.ITEM_NOT_FOUND);
  });

  it("has any id of up to 64 bytes", async () => {
    const { tee, inside } = await open();
    for (const id of [new Uint8Array(0), new Uint8Array(64).fill(255), bytes("../x"), Uint8Array.of(0, 47, 0)]) {
      const { handle } = tee.createPersistentObject(PRIVATE, id, ALL, id);
      tee.closeObject(handle);
      expect(contents(tee, id)).toBe(new TextDecoder().decode(id));
    }
    expect(await inside((api) => api.openPersistentObject(PRIVATE, new Uint8Array(65), ALL))).toBe(TEE.TARGET_DEAD);
  });

  it("is replaced only if that is asked for, and nobody has it open", async () => {
    const { tee } = await open();
    const { handle } = tee.createPersistentObject(PRIVATE, A, SHARED, bytes("old"));
    expect(tee.createPersistentObject(PRIVATE, A, ALL | OVERWRITE).code).toBe(TEE.ACCESS_CONFLICT);
    tee.closeObject(handle);
    expect(tee.createPersistentObject(PRIVATE, A, ALL)).toEqual({ code: TEE.ACCESS_CONFLICT, handle: 0 });
    expect(contents(tee, A)).toBe("old");
    tee.closeObject(tee.createPersistentObject(PRIVATE, A, ALL | OVERWRITE, bytes("new")).handle);
    expect(contents(tee, A)).toBe("new");
  });

  it("is shared as the flags of all its handles allow", async () => {
    const { tee } = await open();
    tee.closeObject(tee.createPersistentObject(PRIVATE, A, 0, bytes("xy")).handle);
    fc.assert(
      fc.property(
        fc.array(
          fc.nat(63).filter((flags) => (flags & 8) === 0),
          { maxLength: 6 },
        ),
        (wanted) => {
          const held: { flags: number; handle: number }[] = [];
          for (const flags of wanted) {
            const { code, handle } = tee.openPersistentObject(PRIVATE, A, flags);
            const fits = held.every((other) => !conflict(other.flags, flags));
            expect(code).toBe(fits ? TEE.SUCCESS : TEE.ACCESS_CONFLICT);
            if (fits) held.push({ flags, handle });
          }
          for (const { handle } of held) tee.closeObject(handle);
        },
      ),
    );
    const one = tee.openPersistentObject(PRIVATE, A, SHARED).handle;
    const two = tee.openPersistentObject(PRIVATE, A, SHARED).handle;
    tee.writeObjectData(one, bytes("z"));
    const into = new Uint8Array(2);
    tee.readObjectData(two, into);
    expect(new TextDecoder().decode(into)).toBe("zy");
  });

  it("is renamed to an id that is free", async () => {
    const { tee } = await open();
    tee.closeObject(tee.createPersistentObject(PRIVATE, B, 0, bytes("b")).handle);
    const { handle } = tee.createPersistentObject(PRIVATE, A, ALL, bytes("a"));
    expect(tee.renamePersistentObject(handle, B)).toBe(TEE.ACCESS_CONFLICT);
    expect(tee.renamePersistentObject(handle, A)).toBe(TEE.ACCESS_CONFLICT);
    expect(tee.renamePersistentObject(handle, bytes("longer name"))).toBe(TEE.SUCCESS);
    expect(contents(tee, A)).toBe(TEE.ITEM_NOT_FOUND);
    tee.closeObject(handle);
    expect(contents(tee, bytes("longer name"))).toBe("a");
  });

  it("belongs to one application, and lives on without it", async () => {
    const store = createMemoryStore();
    const first = await open(store);
    first.tee.createPersistentObject(PRIVATE, A, ALL, bytes("mine"));
    expect(contents((await open(store, OTHER)).tee, A)).toBe(TEE.ITEM_NOT_FOUND);
    expect(contents((await open(store)).tee, A)).toBe("mine");
  });

  it("that is damaged is deleted", async () => {
    const store = createMemoryStore();
    store.write(UUID, A, bytes("no head"));
    const { tee } = await open(store);
    expect(contents(tee, A)).toBe(TEE.CORRUPT_OBJECT);
    expect(contents(tee, A)).toBe(TEE.ITEM_NOT_FOUND);
  });

  it("does not grow beyond limits", async () => {
    const { tee } = await open();
    const { handle } = tee.createPersistentObject(PRIVATE, A, ALL, bytes("a"));
    expect(tee.seekObjectData(handle, MAX_POSITION, SEEK.SET)).toBe(TEE.SUCCESS);
    expect(tee.seekObjectData(handle, 1, SEEK.CUR)).toBe(TEE.OVERFLOW);
    expect(tee.writeObjectData(handle, A)).toBe(TEE.OVERFLOW);
    expect(tee.seekObjectData(handle, -1, SEEK.CUR)).toBe(TEE.SUCCESS);
    expect(tee.writeObjectData(handle, A)).toBe(TEE.STORAGE_NO_SPACE);
    expect(tee.truncateObjectData(handle, MAX_POSITION)).toBe(TEE.STORAGE_NO_SPACE);
    expect(tee.objectInfo(handle).dataSize).toBe(1);
  });

  it.each([
    ["unavailable", TEE.STORAGE_NOT_AVAILABLE],
    ["full", TEE.STORAGE_NO_SPACE],
  ] as const)("answers for a store that is %s, and stays as it was", async (failure, code) => {
    const store = createMemoryStore();
    let broken = false;
    const write: ObjectStore["write"] = (uuid, id, data) => (broken ? err(failure) : store.write(uuid, id, data));
    const rename: ObjectStore["rename"] = (uuid, from, to) =>
      broken ? err("unavailable") : store.rename(uuid, from, to);
    const { core, tee } = await open({ ...store, write, rename });
    const before = core.heap.heap.allocated;
    const { handle } = tee.createPersistentObject(PRIVATE, A, ALL, bytes("old"));
    broken = true;
    expect(tee.writeObjectData(handle, new Uint8Array(9000))).toBe(code);
    expect(tee.truncateObjectData(handle, 0)).toBe(code);
    expect(tee.renamePersistentObject(handle, B)).toBe(TEE.STORAGE_NOT_AVAILABLE);
    expect(tee.openPersistentObject(PRIVATE, A, 0).code).toBe(TEE.ACCESS_CONFLICT);
    expect(tee.createPersistentObject(PRIVATE, B, ALL).code).toBe(code);
    expect(tee.objectInfo(handle)).toMatchObject({ dataSize: 3, dataPosition: 0 });
    tee.closeObject(handle);
    expect(core.heap.heap.allocated).toBe(before);
  });

  it.each<[string, (tee: InternalApi, handle: number) => void]>([
    ["a handle that is none", (tee) => tee.readObjectData(8, new Uint8Array(1))],
    ["a closed handle", (tee, handle) => [tee.closeObject(handle), tee.truncateObjectData(handle, 0)]],
    ["reading without the right", (tee, handle) => tee.readObjectData(handle, new Uint8Array(1))],
    ["writing without the right", (tee, handle) => tee.writeObjectData(handle, A)],
    ["truncating without the right", (tee, handle) => tee.truncateObjectData(handle, 0)],
    ["renaming without the right", (tee, handle) => tee.renamePersistentObject(handle, B)],
    ["deleting without the right", (tee, handle) => tee.closeAndDeletePersistentObject(handle)],
    ["a direction that is none", (tee, handle) => tee.seekObjectData(handle, 0, 3)],
    ["flags that are none", (tee) => tee.openPersistentObject(PRIVATE, B, 0x8000)],
    ["an enumerator that is none", (tee, handle) => tee.getNextPersistentObject(handle)],
  ])("panics for %s, and nothing stays on the heap", async (_what, mistake) => {
    const { core, client, session, inside } = await open();
    await client.close(session);
    const before = core.heap.heap.allocated;
    const again = (await client.open(UUID)).session;
    expect(again).toBe(session);
    const code = await inside((tee) => mistake(tee, tee.createPersistentObject(PRIVATE, A, 0).handle));
    expect(code).toBe(TEE.TARGET_DEAD);
    await client.close(again);
    expect(core.heap.heap.allocated).toBe(before);
    expect(openStorage(core).handles.size + openStorage(core).objects.size + openStorage(core).directory.users).toBe(0);
  });
});

describe("an enumerator", () => {
  it("gives every object once, in any store", async () => {
    const { tee } = await open();
    const { code, enumerator } = tee.allocatePersistentObjectEnumerator();
    expect(code).toBe(TEE.SUCCESS);
    expect(tee.getNextPersistentObject(enumerator).code).toBe(TEE.ITEM_NOT_FOUND);
    expect(tee.startPersistentObjectEnumerator(enumerator, PRIVATE)).toBe(TEE.ITEM_NOT_FOUND);
    for (const id of [B, A]) tee.closeObject(tee.createPersistentObject(PRIVATE, id, 0, bytes("data")).handle);
    expect(tee.startPersistentObjectEnumerator(enumerator, 77)).toBe(TEE.ITEM_NOT_FOUND);
    expect(tee.startPersistentObjectEnumerator(enumerator, PRIVATE)).toBe(TEE.SUCCESS);
    expect(tee.getNextPersistentObject(enumerator)).toMatchObject({ id: A, info: { dataSize: 4 } });
    expect(tee.getNextPersistentObject(enumerator).id).toEqual(B);
    expect(tee.getNextPersistentObject(enumerator).code).toBe(TEE.ITEM_NOT_FOUND);
    tee.startPersistentObjectEnumerator(enumerator, PRIVATE);
    tee.resetPersistentObjectEnumerator(enumerator);
    expect(tee.getNextPersistentObject(enumerator).code).toBe(TEE.ITEM_NOT_FOUND);
    tee.freePersistentObjectEnumerator(enumerator);
  });
});

describe("the memory of objects", () => {
  it("is all given back, whatever happens, and the data is what a Map would hold", async () => {
    const step = fc.record({
      what: fc.constantFrom("open", "create", "close", "write", "seek", "truncate", "rename", "delete"),
      object: fc.nat(3),
      handle: fc.nat(5),
      size: fc.nat(20_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { core, client, session, tee } = await open();
        await client.close(session);
        const before = core.heap.heap.allocated;
        await client.open(UUID);
        const model = new Map<string, Uint8Array>();
        const held: { handle: number; name: string; position: number }[] = [];
        const place = (name: string): Uint8Array => model.get(name) ?? new Uint8Array(0);
        const resize = (data: Uint8Array, size: number): Uint8Array => {
          const grown = new Uint8Array(size);
          grown.set(data.subarray(0, size));
          return grown;
        };
        for (const { what, object, handle: index, size } of steps) {
          const name = `object${object}`;
          const taken = held.some((other) => other.name === name);
          const chosen = held[index % Math.max(1, held.length)];
          if (what === "create" || what === "open") {
            const { code, handle } =
              what === "create"
                ? tee.createPersistentObject(PRIVATE, bytes(name), ALL, new Uint8Array(size).fill(1))
                : tee.openPersistentObject(PRIVATE, bytes(name), ALL);
            const missing = what === "open" ? TEE.ITEM_NOT_FOUND : TEE.SUCCESS;
            const there = what === "open" ? TEE.SUCCESS : TEE.ACCESS_CONFLICT;
            expect(code).toBe(taken ? TEE.ACCESS_CONFLICT : model.has(name) ? there : missing);
            if (code !== TEE.SUCCESS) continue;
            held.push({ handle, name, position: 0 });
            if (what === "create") model.set(name, new Uint8Array(size).fill(1));
          } else if (chosen !== undefined) {
            const data = place(chosen.name);
            const end = chosen.position + (size % 9000);
            if (what === "write") {
              expect(tee.writeObjectData(chosen.handle, new Uint8Array(size % 9000).fill(2))).toBe(TEE.SUCCESS);
              if (end > chosen.position) {
                const grown = resize(data, Math.max(data.length, end)).fill(2, chosen.position, end);
                model.set(chosen.name, grown);
                chosen.position = end;
              }
            } else if (what === "seek") {
              expect(tee.seekObjectData(chosen.handle, size, SEEK.SET)).toBe(TEE.SUCCESS);
              chosen.position = size;
            } else if (what === "truncate") {
              expect(tee.truncateObjectData(chosen.handle, size)).toBe(TEE.SUCCESS);
              model.set(chosen.name, resize(data, size));
            } else if (what === "rename") {
              const code = tee.renamePersistentObject(chosen.handle, bytes(name));
              expect(code).toBe(model.has(name) ? TEE.ACCESS_CONFLICT : TEE.SUCCESS);
              if (code !== TEE.SUCCESS) continue;
              model.delete(chosen.name);
              model.set(name, data);
              chosen.name = name;
            } else {
              held.splice(held.indexOf(chosen), 1);
              if (what === "delete") {
                expect(tee.closeAndDeletePersistentObject(chosen.handle)).toBe(TEE.SUCCESS);
                model.delete(chosen.name);
              } else tee.closeObject(chosen.handle);
            }
          }
          expect(checkContext(core.heap)).toEqual([]);
        }
        for (const { handle } of held) tee.closeObject(handle);
        for (let n = 0; n < 4; n++) {
          const { code, handle } = tee.openPersistentObject(PRIVATE, bytes(`object${n}`), ACCESS_READ);
          const expected = model.get(`object${n}`);
          expect(code).toBe(expected === undefined ? TEE.ITEM_NOT_FOUND : TEE.SUCCESS);
          if (expected === undefined) continue;
          const into = new Uint8Array(tee.objectInfo(handle).dataSize);
          tee.readObjectData(handle, into);
          expect(Buffer.compare(into, expected)).toBe(0);
          tee.closeObject(handle);
        }
        await client.end();
        expect(core.heap.heap.allocated).toBe(before);
      }),
      { numRuns: 40 },
    );
  });

  it("runs out at any point without a trace", async () => {
    const { core, tee } = await open();
    const { code, handle } = tee.createPersistentObject(PRIVATE, A, ALL, new Uint8Array(9000));
    expect(code).toBe(TEE.SUCCESS);
    tee.closeObject(handle);
    const before = core.heap.heap.allocated;
    // Fill the heap down to the last kilobytes, in which some of the blocks of an object still fit, and some do not.
    const { malloc, free } = await import("../../../malloc/malloc.ts");
    const fillers: number[] = [];
    for (let size = 8192; size >= 32; ) {
      const block = malloc(core.heap, size);
      if (block === 0) size = Math.floor(size / 2);
      else fillers.push(block);
    }
    const refused: number[] = [];
    const full = core.heap.heap.allocated;
    while (fillers.length > 0) {
      const left = core.heap.heap.allocated;
      const opened = tee.openPersistentObject(PRIVATE, A, ACCESS_READ);
      if (opened.code === TEE.SUCCESS) {
        tee.closeObject(opened.handle);
        break;
      }
      refused.push(opened.code);
      expect(core.heap.heap.allocated).toBe(left);
      free(core.heap, fillers.pop() ?? 0);
    }
    expect(full).toBeGreaterThan(before);
    expect(refused.length).toBeGreaterThan(3);
    expect(new Set(refused)).toEqual(new Set([TEE.OUT_OF_MEMORY]));
    for (const block of fillers) free(core.heap, block);
    expect(core.heap.heap.allocated).toBe(before);
  });
});

describe("the form of an object", () => {
  it("is read back as it was written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (data) => {
        const read = decodeObject(encodeObject({ head: DATA_HEAD, attributes: new Uint8Array(), data }));
        expect(read?.head).toEqual(DATA_HEAD);
        expect(read && Array.from(read.data)).toEqual(Array.from(data));
        expect(Array.from(idBytes(idText(data)))).toEqual(Array.from(data));
      }),
    );
    for (let cut = 0; cut < 24; cut++)
      expect(
        decodeObject(encodeObject({ head: DATA_HEAD, attributes: new Uint8Array(), data: A }).subarray(0, cut)),
      ).toBeNull();
  });
});
