// Tests of object_store.ts.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bootTest } from "../../test/embedded.ts";
import { needFile } from "../../test/support/needs.ts";
import { storeIn } from "../../test/support/objects.ts";
import { TEE } from "../abi/errors.ts";
import { SECURE_STORAGE, SECURE_STORAGE_UUID, secureStorage } from "../tee/apps/secure_storage.ts";
import { createClient } from "../tee/kernel/client.ts";
import { createMemoryStore } from "../tee/kernel/host/memory_store.ts";
import { memrefIn, memrefOut, type Params, params } from "../tee/kernel/params.ts";
import { MAX_FILE_BYTES } from "./object_store.ts";

const UUID = SECURE_STORAGE_UUID;
const ID = new TextEncoder().encode("object#1");

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "teemem-objects-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a folder of objects", () => {
  it("that is no more where objects can be kept is told, and does not hang", (context) => {
    needFile(context, "/proc/self");
    const folder = join(root, "x");
    const store = storeIn(folder);
    rmSync(folder, { recursive: true });
    symlinkSync("/proc/self", folder);
    expect(store.write(UUID, ID, new Uint8Array(1))).toEqual({ ok: false, error: "unavailable" });
    rmSync(folder);
    writeFileSync(folder, "");
    expect(store.write(UUID, ID, new Uint8Array(1))).toMatchObject({ ok: false });
    rmSync(folder);
    expect(store.write(UUID, ID, new Uint8Array(1))).toMatchObject({ ok: true });
    // With the key that it had.
    expect(storeIn(folder).read(UUID, ID)).toEqual({ ok: true, value: new Uint8Array(1) });
  });

  it("does what a store in memory does", () => {
    const id = fc.uint8Array({ minLength: 0, maxLength: 2 });
    const step = fc.record({ what: fc.constantFrom("read", "write", "remove", "list"), id, data: fc.uint8Array() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const [folder, memory] = [storeIn(join(root, "x")), createMemoryStore()];
        for (const { what, id, data } of steps) {
          const [one, other] = [folder, memory].map((store) => {
            if (what === "list") return store.list(UUID);
            return what === "write" ? store.write(UUID, id, data) : store[what as "read" | "remove"](UUID, id);
          });
          expect(one).toEqual(other);
        }
        rmSync(join(root, "x"), { recursive: true, force: true });
      }),
      { numRuns: 50 },
    );
  });

  it("is for its owner alone, and has no half files", () => {
    const store = storeIn(root);
    expect(store.list(UUID)).toEqual({ ok: true, value: [] });
    store.write(UUID, ID, Uint8Array.of(1));
    store.write(UUID, ID, Uint8Array.of(2));
    const folder = join(root, UUID);
    expect(readdirSync(folder)).toEqual(["6f626a6563742331.object"]);
    const file = join(folder, "6f626a6563742331.object");
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(store.read(UUID, ID)).toEqual({ ok: true, value: Uint8Array.of(2) });
    expect(store.rename(UUID, ID, new Uint8Array(0))).toEqual({ ok: true, value: undefined });
    expect(readdirSync(folder)).toEqual([".object"]);
    expect(store.list(UUID)).toEqual({ ok: true, value: [new Uint8Array(0)] });
    expect(store.read(UUID, new Uint8Array(0))).toEqual({ ok: true, value: Uint8Array.of(2) });
    // It has one id again.
    expect(readFileSync(join(folder, ".object"))[36]).toBe(1);
  });

  it("passes over what is not its own", () => {
    const store = storeIn(root);
    store.write(UUID, ID, Uint8Array.of(1));
    const folder = join(root, UUID);
    for (const name of ["x.object", "abc.object", "00.new", `${"00".repeat(65)}.object`]) {
      writeFileSync(join(folder, name), "");
    }
    expect(store.list(UUID)).toEqual({ ok: true, value: [ID] });
    symlinkSync("/etc/passwd", join(folder, "aa.object"));
    expect(store.read(UUID, Uint8Array.of(0xaa))).toEqual({ ok: false, error: "unavailable" });
    expect(() => store.read("../..", ID)).toThrow("UUID");
  });

  it("has no object larger than it reads", () => {
    const store = storeIn(root);
    // Before the object: 4 + 32 bytes, and 1 + 1 + 8 for the id.
    const most = MAX_FILE_BYTES - 46;
    expect(store.write(UUID, ID, new Uint8Array(most))).toEqual({ ok: true, value: undefined });
    const whole = store.read(UUID, ID);
    expect(whole.ok && whole.value?.length).toBe(most);
    expect(store.write(UUID, ID, new Uint8Array(most + 1))).toEqual({ ok: false, error: "full" });
    const file = join(root, UUID, "6f626a6563742331.object");
    // 16 GiB, of which the disk has nothing: it is not read.
    truncateSync(file, 2 ** 34);
    expect(store.read(UUID, ID)).toEqual({ ok: false, error: "corrupt" });
  });

  it("moves an object at once: before and after a crash it has one of its names, and is whole", () => {
    const store = storeIn(root);
    const other = new TextEncoder().encode("object#2");
    store.write(UUID, ID, Uint8Array.of(1, 2, 3));
    // What stops the move behind its first step: a folder in the place.
    const place = join(root, UUID, "6f626a6563742332.object");
    mkdirSync(place);
    expect(store.rename(UUID, ID, other)).toEqual({ ok: false, error: "unavailable" });
    expect(readdirSync(join(root, UUID)).sort()).toEqual(["6f626a6563742331.object", "6f626a6563742332.object"]);
    expect(store.read(UUID, ID)).toEqual({ ok: true, value: Uint8Array.of(1, 2, 3) });
    // And behind its second: the file by its new name, with both ids in it.
    rmdirSync(place);
    renameSync(join(root, UUID, "6f626a6563742331.object"), place);
    expect(storeIn(root).read(UUID, other)).toEqual({ ok: true, value: Uint8Array.of(1, 2, 3) });
    expect(store.rename(UUID, ID, Uint8Array.of(9))).toEqual({ ok: false, error: "corrupt" });
  });

  it("holds no other user's files or folders to be its own", () => {
    const store = storeIn(root);
    store.write(UUID, ID, ID);
    const user = vi.spyOn(process, "getuid").mockReturnValue(statSync(root).uid + 1);
    const refused = { ok: false, error: "unavailable" };
    expect(store.read(UUID, ID)).toEqual(refused);
    expect(store.list(UUID)).toEqual(refused);
    expect(store.write(UUID, ID, ID)).toEqual(refused);
    expect(store.remove(UUID, ID)).toEqual(refused);
    user.mockRestore();
    expect(store.read(UUID, ID)).toEqual({ ok: true, value: ID });
  });

  it("says so where it cannot be reached", () => {
    const folder = join(root, "x");
    const store = storeIn(folder);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "");
    const failed = { ok: false, error: "unavailable" };
    expect(store.write(UUID, ID, ID)).toEqual(failed);
    expect(store.read(UUID, ID)).toEqual(failed);
    expect(store.list(UUID)).toEqual(failed);
  });

  it("is there for the next system", async () => {
    const call = async (command: number, given: Params): Promise<number> => {
      const { core } = bootTest("", undefined, [secureStorage], { storage: storeIn(root) });
      const client = createClient(core);
      const { session } = await client.open(UUID);
      const { code } = await client.invoke(session, command, given);
      await client.end();
      return code;
    };
    const data = new Uint8Array(7000).fill(0xa1);
    expect(await call(SECURE_STORAGE.WRITE_RAW, params(memrefIn(ID), memrefIn(data)))).toBe(TEE.SUCCESS);
    const out = memrefOut(new Uint8Array(8000));
    expect(await call(SECURE_STORAGE.READ_RAW, params(memrefIn(ID), out))).toBe(TEE.SUCCESS);
    expect(out).toMatchObject({ size: 7000 });
    const small = memrefOut(new Uint8Array(10));
    expect(await call(SECURE_STORAGE.READ_RAW, params(memrefIn(ID), small))).toBe(TEE.SHORT_BUFFER);
    expect(small).toMatchObject({ size: 7000 });
    expect(await call(SECURE_STORAGE.DELETE, params(memrefIn(ID)))).toBe(TEE.SUCCESS);
    expect(await call(SECURE_STORAGE.READ_RAW, params(memrefIn(ID), out))).toBe(TEE.ITEM_NOT_FOUND);
  });
});
