// Persistent objects in a folder whose files were damaged: what OP-TEE 4.0.0 answers, and what becomes of the object. Its
// core/tee/tee_svc_storage.c removes an object that it finds corrupt when it is opened; a look through an enumerator, and the
// question whether an id is in use, remove nothing.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { TYPE } from "../src/tee/svc/crypto/ids.ts";
import { DATA_FLAG, STORAGE } from "../src/tee/svc/storage/flags.ts";
import type { InternalApi } from "../src/tee/utee/internal_api.ts";
import { LAB_UUID, lab } from "./crypto_lab.ts";
import { storeIn } from "./support/objects.ts";

const { ACCESS_READ, ACCESS_WRITE, ACCESS_WRITE_META, OVERWRITE } = DATA_FLAG;
const ALL = ACCESS_READ | ACCESS_WRITE | ACCESS_WRITE_META;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const [A, B] = [bytes("a"), bytes("b")];
const DATA = bytes("the data of an object");

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "teemem-damage-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const fileOf = (id: Uint8Array): string => join(root, LAB_UUID, `${Buffer.from(id).toString("hex")}.object`);

/** Runs code in a TA of a system that has its objects in the folder; the heaps are as before behind it. */
async function inside(work: (tee: InternalApi) => unknown): Promise<void> {
  const system = lab(true, undefined, storeIn(root));
  expect(await system.run(work)).toBe(TEE.SUCCESS);
  system.expectClean();
}

/** Two objects: one with a key, and one of data alone. */
async function fill(): Promise<void> {
  await inside(async (tee) => {
    const { handle: key } = tee.allocateTransientObject(TYPE.AES, 256);
    await tee.generateKey(key, 256);
    tee.closeObject(tee.createPersistentObject(STORAGE.PRIVATE, A, 0, DATA, key).handle);
    tee.closeObject(tee.createPersistentObject(STORAGE.PRIVATE, B, 0, DATA).handle);
    tee.freeTransientObject(key);
  });
}

function read(tee: InternalApi, id: Uint8Array): string | number {
  const { code, handle } = tee.openPersistentObject(STORAGE.PRIVATE, id, ACCESS_READ);
  if (code !== TEE.SUCCESS) return code;
  const into = new Uint8Array(tee.objectInfo(handle).dataSize);
  tee.readObjectData(handle, into);
  tee.closeObject(handle);
  return new TextDecoder().decode(into);
}

const GONE = [TEE.CORRUPT_OBJECT, TEE.ITEM_NOT_FOUND];

describe("an object whose file is damaged", () => {
  it("is corrupt at every byte and every length, then gone, and the other one stays", async () => {
    await fill();
    for (const [id, other] of [
      [A, B],
      [B, A],
    ] as const) {
      const whole = readFileSync(fileOf(id));
      const stays = readFileSync(fileOf(other));
      await inside((tee) => {
        const expectGone = (what: string, damaged: Uint8Array): void => {
          writeFileSync(fileOf(id), damaged);
          expect([what, read(tee, id), read(tee, id)]).toEqual([what, ...GONE]);
          expect(readdirSync(join(root, LAB_UUID)).length).toBe(1);
        };
        for (let at = 0; at < whole.length; at++) {
          const damaged = Buffer.from(whole);
          damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
          expectGone(`byte ${at}`, damaged);
          expectGone(`length ${at}`, whole.subarray(0, at));
        }
        expectGone("one more", Buffer.concat([whole, Buffer.of(0)]));
        expect(read(tee, other)).toBe("the data of an object");
        writeFileSync(fileOf(id), whole);
        expect(read(tee, id)).toBe("the data of an object");
      });
      expect(readFileSync(fileOf(other))).toEqual(stays);
    }
  });

  it("is noticed where two whole files have changed places", async () => {
    await fill();
    renameSync(fileOf(A), join(root, "aside"));
    renameSync(fileOf(B), fileOf(A));
    renameSync(join(root, "aside"), fileOf(B));
    await inside((tee) => {
      expect([read(tee, A), read(tee, A), read(tee, B), read(tee, B)]).toEqual([...GONE, ...GONE]);
    });
  });

  it("is named by an enumerator and still in use, until it is opened or replaced", async () => {
    await fill();
    writeFileSync(fileOf(A), "");
    await inside((tee) => {
      const { enumerator } = tee.allocatePersistentObjectEnumerator();
      expect(tee.startPersistentObjectEnumerator(enumerator, STORAGE.PRIVATE)).toBe(TEE.SUCCESS);
      const corrupt = { code: TEE.CORRUPT_OBJECT, id: A, info: undefined };
      expect(tee.getNextPersistentObject(enumerator)).toEqual(corrupt);
      expect(tee.getNextPersistentObject(enumerator)).toMatchObject({ code: TEE.SUCCESS, id: B });
      tee.freePersistentObjectEnumerator(enumerator);
      expect(tee.createPersistentObject(STORAGE.PRIVATE, A, 0)).toEqual({ code: TEE.ACCESS_CONFLICT, handle: 0 });
      const { handle } = tee.openPersistentObject(STORAGE.PRIVATE, B, ALL);
      expect(tee.renamePersistentObject(handle, A)).toBe(TEE.ACCESS_CONFLICT);
      tee.closeObject(handle);
      tee.closeObject(tee.createPersistentObject(STORAGE.PRIVATE, A, OVERWRITE, DATA).handle);
      expect(read(tee, A)).toBe("the data of an object");
    });
  });
});

const DOOR = JSON.stringify(new URL("../dist/node/index.js", import.meta.url).href);

describe("a program that is killed while it writes", () => {
  it("leaves the object as it was before or after, and nothing else behind the next start", async () => {
    const script = `
      import { writeSync } from "node:fs";
      import { openStorageFolder } from ${DOOR};
      const { store } = openStorageFolder(${JSON.stringify(root)}).value;
      const [one, other] = [Uint8Array.of(1), Uint8Array.of(2)];
      for (let n = 0; ; n++) {
        store.write("${LAB_UUID}", one, new Uint8Array(n % 2 === 0 ? 10 : 200_000));
        store.rename("${LAB_UUID}", one, other);
        store.rename("${LAB_UUID}", other, one);
        if (n > 1) writeSync(1, ".");
      }
    `;
    for (let n = 0; n < 10; n++) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      // After some rounds, so that it dies somewhere in one.
      for (let left = 3 * n + 1; left > 0; left--) await once(child.stdout, "data");
      child.kill("SIGKILL");
      await once(child, "exit");
      const store = storeIn(root);
      const list = store.list(LAB_UUID);
      const [id = A, ...more] = list.ok ? list.value : [];
      expect([list.ok, more]).toEqual([true, []]);
      const found = store.read(LAB_UUID, id);
      expect([10, 200_000]).toContain(found.ok && found.value?.length);
      expect(readdirSync(join(root, LAB_UUID)).length).toBe(1);
      expect(readdirSync(root).sort()).toEqual([LAB_UUID, "key"].sort());
    }
  });
});

describe("a disk that fills up", () => {
  // A limit on the size of files does what a full disk does, and needs no privileges: 4 blocks of 1,024 bytes.
  it("leaves the object as it was, and no half file", () => {
    const script = `
      import { openStorageFolder } from ${DOOR};
      const { store } = openStorageFolder(${JSON.stringify(root)}).value;
      const id = Uint8Array.of(1);
      const write = (bytes) => store.write("${LAB_UUID}", id, new Uint8Array(bytes).fill(7));
      const after = (written) => [written, store.read("${LAB_UUID}", id).value?.length];
      console.log(JSON.stringify([after(write(3000)), after(write(4000)), after(write(4050)), after(write(100000))]));
    `;
    const run = ["-c", 'ulimit -f 4; exec "$0" --input-type=module', process.execPath];
    const { stdout, stderr } = spawnSync("bash", run, { input: script, encoding: "utf8" });
    expect(stderr).toBe("");
    const [done, full] = [{ ok: true }, { ok: false, error: "full" }];
    // 4,000 bytes and 39 before them fit into 4,096, 4,050 do not, nor do 100,000.
    expect(JSON.parse(stdout)).toEqual([
      [done, 3000],
      [done, 4000],
      [done, 4050],
      [full, 4050],
    ]);
    expect(readdirSync(join(root, LAB_UUID))).toEqual(["01.object"]);
  });
});
