import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bootTest } from "../../test/embedded.ts";
import { needFile } from "../../test/support/needs.ts";
import { TEE } from "../abi/errors.ts";
import { SECURE_STORAGE, SECURE_STORAGE_UUID, secureStorage } from "../tee/apps/secure_storage.ts";
import { createClient } from "../tee/client.ts";
import { memrefIn, memrefOut, type Params, params } from "../tee/params.ts";
import { createMemoryStore } from "../tee/storage/memory_store.ts";
import { createFolderStore } from "./object_store.ts";

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
    const store = createFolderStore(folder);
    symlinkSync("/proc/self", folder);
    expect(store.write(UUID, ID, new Uint8Array(1))).toEqual({ ok: false, error: "unavailable" });
    rmSync(folder);
    writeFileSync(folder, "");
    expect(store.write(UUID, ID, new Uint8Array(1))).toMatchObject({ ok: false });
    rmSync(folder);
    expect(store.write(UUID, ID, new Uint8Array(1))).toMatchObject({ ok: true });
  });

  it("does what a store in memory does", () => {
    const id = fc.uint8Array({ minLength: 0, maxLength: 2 });
    const step = fc.record({ what: fc.constantFrom("read", "write", "remove", "list"), id, data: fc.uint8Array() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const [folder, memory] = [createFolderStore(join(root, "x")), createMemoryStore()];
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
    const store = createFolderStore(root);
    expect(store.list(UUID)).toEqual({ ok: true, value: [] });
    store.write(UUID, ID, Uint8Array.of(1));
    store.write(UUID, ID, Uint8Array.of(2));
    const folder = join(root, UUID);
    expect(readdirSync(folder)).toEqual(["6f626a6563742331.object"]);
    const file = join(folder, "6f626a6563742331.object");
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect([...readFileSync(file)]).toEqual([2]);
    store.rename(UUID, ID, new Uint8Array(0));
    expect(readdirSync(folder)).toEqual([".object"]);
    expect(store.list(UUID)).toEqual({ ok: true, value: [new Uint8Array(0)] });
  });

  it("passes over what is not its own", () => {
    const store = createFolderStore(root);
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

  it("says so where it cannot be reached", () => {
    writeFileSync(join(root, "file"), "");
    const store = createFolderStore(join(root, "file"));
    const failed = { ok: false, error: "unavailable" };
    expect(store.write(UUID, ID, ID)).toEqual(failed);
    expect(store.read(UUID, ID)).toEqual(failed);
    expect(store.list(UUID)).toEqual(failed);
  });

  it("is there for the next system", async () => {
    const call = async (command: number, given: Params): Promise<number> => {
      const { core } = bootTest("", undefined, [secureStorage], { storage: createFolderStore(root) });
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
