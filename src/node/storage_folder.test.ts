// Tests of storage_folder.ts.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { needPrograms } from "../../test/support/needs.ts";
import { storeIn } from "../../test/support/objects.ts";
import { openStorageFolder } from "./storage_folder.ts";

const UUID = "00000000-0000-4000-8000-000000000005";
const OTHER = "00000000-0000-4000-8000-000000000006";
const A = Uint8Array.of(0xa);
const B = Uint8Array.of(0xb);
const CONTENT = new TextEncoder().encode("what an object holds");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-folder-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function why(path: string): string {
  const opened = openStorageFolder(path);
  return opened.ok ? "" : opened.error;
}

const at = (...names: string[]): string => join(folder, ...names);

it("makes the folder for its user alone, and leaves one that is there as it is", () => {
  const fresh = at("objects");
  expect(openStorageFolder(fresh)).toMatchObject({ ok: true, value: { upgraded: 0 } });
  expect(statSync(fresh).mode & 0o777).toBe(0o700);
  writeFileSync(join(fresh, "mine"), "");
  chmodSync(fresh, 0o750);
  expect(openStorageFolder(fresh).ok).toBe(true);
  expect(readdirSync(fresh)).toEqual(["key", "mine"]);
  expect(statSync(fresh).mode & 0o777).toBe(0o750);
  expect(statSync(join(fresh, "key")).mode & 0o777).toBe(0o600);
});

it("says at once why a folder cannot be used, and makes nothing then", () => {
  const file = at("file");
  writeFileSync(file, "");
  expect(why("")).toBe("--storage needs the name of a folder");
  expect(why(file)).toBe(`cannot keep objects in ${file}: it is not a folder`);
  expect(why(join(file, "below"))).toContain("a part of its path is not a folder; give --storage a folder");
  expect(why(at("no", "objects"))).toContain("its parent folder does not exist");
  expect(existsSync(at("no"))).toBe(false);
  // Where Node's recursive mkdir never comes back.
  expect(why("/proc/nosuch/objects")).toContain("cannot keep objects in /proc/nosuch/objects");
  expect(why(at("x".repeat(300)))).toContain("its path is too long");
  symlinkSync("loop", at("loop"));
  expect(why(at("loop"))).toContain("a link in its path leads to itself");
});

it("refuses a folder of another user", () => {
  // What is the system's own, such as /tmp, is no other user's: so one of a user that is none.
  const { uid } = statSync(folder);
  if (uid === 0) chownSync(folder, 65534, 65534);
  else vi.spyOn(process, "getuid").mockReturnValue(uid + 1);
  const refused = `cannot keep objects in ${folder}: it belongs to another user; give --storage a folder of your own`;
  expect(why(folder)).toBe(refused);
});

describe("the key of a folder", () => {
  it("makes its objects its own: those of another folder are corrupt", () => {
    storeIn(at("one")).write(UUID, A, CONTENT);
    storeIn(at("other")).write(UUID, B, CONTENT);
    copyFileSync(at("one", UUID, "0a.object"), at("other", UUID, "0a.object"));
    expect(storeIn(at("other")).read(UUID, A)).toEqual({ ok: false, error: "corrupt" });
    expect(storeIn(at("other")).read(UUID, B)).toEqual({ ok: true, value: CONTENT });
    expect(readFileSync(at("one", "key"))).not.toEqual(readFileSync(at("other", "key")));
  });

  it("that is damaged in any bit, cut, or longer is told, and nothing is deleted", () => {
    storeIn(folder).write(UUID, A, CONTENT);
    const file = at("key");
    const whole = readFileSync(file);
    const refused = `${file} is damaged, or belongs to another user: restore a copy of it, or choose another folder`;
    for (let bit = 0; bit < 8 * whole.length; bit++) {
      const damaged = Buffer.from(whole);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(file, damaged);
      expect([bit, why(folder)]).toEqual([bit, refused]);
    }
    for (let end = 0; end < whole.length; end++) {
      writeFileSync(file, whole.subarray(0, end));
      expect([end, why(folder)]).toEqual([end, refused]);
    }
    writeFileSync(file, Buffer.concat([whole, Buffer.of(10)]));
    expect(why(folder)).toBe(refused);
    writeFileSync(file, whole);
    expect(storeIn(folder).read(UUID, A)).toEqual({ ok: true, value: CONTENT });
  });

  it("that is gone is told, and found again", () => {
    storeIn(folder).write(UUID, A, CONTENT);
    renameSync(at("key"), at("elsewhere"));
    expect(why(folder)).toBe(
      `${at("key")} is missing, and without it the objects cannot be checked: put it back, or choose another folder`,
    );
    expect(readdirSync(folder).sort()).toEqual([UUID, "elsewhere"].sort());
    renameSync(at("elsewhere"), at("key"));
    expect(storeIn(folder).read(UUID, A)).toEqual({ ok: true, value: CONTENT });
  });

  it("is not read through a link, nor from what is no file", () => {
    storeIn(folder);
    renameSync(at("key"), at("elsewhere"));
    const refused = `${at("key")} is damaged, or belongs to another user: restore a copy of it, or choose another folder`;
    symlinkSync(at("elsewhere"), at("key"));
    expect(why(folder)).toBe(refused);
    rmSync(at("key"));
    mkdirSync(at("key"));
    expect(why(folder)).toBe(refused);
  });
});

describe("a folder of the first format", () => {
  /** What teemem wrote before: the object alone. */
  function writeOld(uuid: string, id: string, bytes: Uint8Array): void {
    mkdirSync(at(uuid), { recursive: true });
    writeFileSync(at(uuid, `${id}.object`), bytes);
  }

  it("gets check sums once, and nothing else changes", () => {
    writeOld(UUID, "0a", CONTENT);
    writeOld(UUID, "", CONTENT.subarray(1));
    writeOld(OTHER, "0a", CONTENT.subarray(2));
    writeFileSync(at(UUID, "note"), "mine");
    expect(openStorageFolder(folder)).toMatchObject({ ok: true, value: { upgraded: 3 } });
    const store = storeIn(folder);
    expect(openStorageFolder(folder)).toMatchObject({ ok: true, value: { upgraded: 0 } });
    expect(store.read(UUID, A)).toEqual({ ok: true, value: CONTENT });
    expect(store.read(UUID, new Uint8Array())).toEqual({ ok: true, value: CONTENT.subarray(1) });
    expect(store.read(OTHER, A)).toEqual({ ok: true, value: CONTENT.subarray(2) });
    expect(readdirSync(folder).sort()).toEqual([UUID, OTHER, "key"].sort());
    expect(readFileSync(at(UUID, "note"), "utf8")).toBe("mine");
    // Behind that an object without checksum is none of this folder's.
    writeOld(UUID, "0b", CONTENT);
    expect(storeIn(folder).read(UUID, B)).toEqual({ ok: false, error: "corrupt" });
  });

  it("goes on where it was ended in the midst", () => {
    writeOld(UUID, "0a", CONTENT);
    writeOld(UUID, "0b", CONTENT);
    const halfway = storeIn(folder);
    renameSync(at("key"), at("key.upgrade"));
    writeOld(UUID, "0b", CONTENT.subarray(1));
    expect(openStorageFolder(folder)).toMatchObject({ ok: true, value: { upgraded: 1 } });
    expect(halfway.read(UUID, A)).toEqual({ ok: true, value: CONTENT });
    expect(storeIn(folder).read(UUID, B)).toEqual({ ok: true, value: CONTENT.subarray(1) });
    expect(readdirSync(folder).sort()).toEqual([UUID, "key"].sort());
  });

  it("takes nothing over through links, and nothing of another user", () => {
    writeOld(UUID, "0a", CONTENT);
    mkdirSync(at("elsewhere"));
    writeFileSync(at("elsewhere", "0a.object"), CONTENT);
    symlinkSync(at("elsewhere"), at(OTHER));
    symlinkSync(at("elsewhere", "0a.object"), at(UUID, "0b.object"));
    expect(openStorageFolder(folder)).toMatchObject({ ok: true, value: { upgraded: 1 } });
    expect(readFileSync(at("elsewhere", "0a.object"))).toEqual(Buffer.from(CONTENT));
    const store = storeIn(folder);
    expect(store.read(OTHER, A)).toEqual({ ok: false, error: "unavailable" });
    expect(store.list(OTHER)).toEqual({ ok: false, error: "unavailable" });
    expect(store.write(OTHER, A, CONTENT)).toEqual({ ok: false, error: "unavailable" });
    expect(store.remove(OTHER, A)).toEqual({ ok: false, error: "unavailable" });
    expect(readFileSync(at("elsewhere", "0a.object"))).toEqual(Buffer.from(CONTENT));
  });
});

describe("what stays behind", () => {
  it("by a program that was killed is removed at the next start, what one that runs is writing is not", () => {
    storeIn(folder).write(UUID, A, CONTENT);
    const ended = spawnSync(process.execPath, ["--version"]).pid;
    const half = "0123456789abcdef.new";
    const left = [
      at(`${ended}-${half}`),
      at(UUID, `${ended}-${half}`),
      at(UUID, half),
      at(UUID, `${process.pid}-${half}`),
    ];
    const kept = [at(UUID, `${process.ppid}-${half}`), at(UUID, "mine.new"), at(UUID, `x${ended}-${half}`)];
    for (const file of [...left, ...kept]) writeFileSync(file, "half");
    mkdirSync(at(".try-a1B2c3"));
    mkdirSync(at(UUID, `${ended}-${half.replace("0", "1")}`));
    expect(storeIn(folder).read(UUID, A)).toEqual({ ok: true, value: CONTENT });
    expect(left.filter(existsSync)).toEqual([]);
    expect(kept.filter((file) => !existsSync(file))).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual([UUID, "key"].sort());
  });
});

describe("a hostile folder", () => {
  it("makes nothing crash, hang or be read outside of it", (context) => {
    needPrograms(context, "coreutils", "mkfifo");
    const secret = at("secret");
    writeFileSync(secret, CONTENT);
    const objects = at("objects");
    storeIn(objects).write(UUID, A, CONTENT);
    const inside = (name: string): string => join(objects, UUID, name);
    symlinkSync(secret, inside("01.object"));
    symlinkSync("/dev/zero", inside("02.object"));
    symlinkSync("nowhere", inside("03.object"));
    mkdirSync(inside("04.object"));
    spawnSync("mkfifo", [inside("05.object")]);
    writeFileSync(inside("06.object"), "");
    copyFileSync(inside("0a.object"), inside("07.object"));
    const store = storeIn(objects);
    const read = [1, 2, 3, 4, 5, 6, 7].map((id) => store.read(UUID, Uint8Array.of(id)));
    const [link, zero, nowhere, directory, pipe, empty, copy] = read.map((one) => (one.ok ? one.value : one.error));
    expect([link, zero, nowhere, directory, pipe]).toEqual(new Array(5).fill("unavailable"));
    expect([empty, copy]).toEqual(["corrupt", "corrupt"]);
    expect(store.list(UUID)).toEqual({ ok: true, value: [Uint8Array.of(6), Uint8Array.of(7), A] });
    // An object takes the place of the link, not of what it leads to; a folder keeps its place.
    for (const id of [1, 2, 3, 5, 6, 7]) {
      expect(store.write(UUID, Uint8Array.of(id), Uint8Array.of(id))).toEqual({ ok: true, value: undefined });
      expect(store.read(UUID, Uint8Array.of(id))).toEqual({ ok: true, value: Uint8Array.of(id) });
      expect(store.remove(UUID, Uint8Array.of(id)).ok).toBe(true);
    }
    expect(store.write(UUID, Uint8Array.of(4), CONTENT)).toEqual({ ok: false, error: "unavailable" });
    expect(store.remove(UUID, Uint8Array.of(4))).toEqual({ ok: false, error: "unavailable" });
    expect(readFileSync(secret)).toEqual(Buffer.from(CONTENT));
    expect(readdirSync(join(objects, UUID)).sort()).toEqual(["04.object", "0a.object"]);
  });
});
