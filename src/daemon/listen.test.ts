// Tests of listen.ts.
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type HeldSocket, holdSocket } from "./held_socket.ts";
import { checkOwner } from "./socket_file.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-listen-"));
  path = join(folder, "tee.sock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A socket file that nobody listens on, as a killed daemon leaves it. */
async function leaveStale(): Promise<void> {
  const hidden = join(folder, "s");
  const server = createServer().listen(hidden);
  await once(server, "listening");
  const { linkSync } = await import("node:fs");
  linkSync(hidden, path);
  server.close();
  await once(server, "close");
  expect(lstatSync(path).isSocket()).toBe(true);
}

async function holdAll(count: number): Promise<{ held: HeldSocket[]; errors: string[] }> {
  const all = await Promise.all(Array.from({ length: count }, () => holdSocket(path)));
  return {
    held: all.flatMap((one) => (one.ok ? [one.value] : [])),
    errors: all.flatMap((one) => (one.ok ? [] : [one.error])),
  };
}

describe("of several daemons that begin at once", () => {
  it.each(["on a stale socket", "where there is none"])("one gets the path, %s", async (where) => {
    for (let round = 0; round < 60; round++) {
      if (where === "on a stale socket") await leaveStale();
      const { held, errors } = await holdAll(6);
      expect([round, held.length, errors.length]).toEqual([round, 1, 5]);
      for (const error of errors)
        expect(error).toBe(`another daemon listens on ${path}: end it, or choose another socket with --socket`);
      expect(readdirSync(folder)).toEqual(["tee.sock"]);
      await held[0]?.release();
      expect(readdirSync(folder)).toEqual([]);
    }
  });
});

describe("the end of a daemon", () => {
  it("leaves the socket of another one on the same path", async () => {
    const older = await holdSocket(path);
    rmSync(path);
    const newer = await holdSocket(path);
    if (!older.ok || !newer.ok) throw new Error("no socket");
    await older.value.release();
    const socket = createConnection(path);
    await once(socket, "connect");
    socket.destroy();
    await newer.value.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is no trouble where the socket or its folder is gone", async () => {
    const one = await holdSocket(path);
    if (!one.ok) throw new Error(one.error);
    rmSync(folder, { recursive: true });
    await one.value.release();
    mkdirSync(folder);
  });
});

describe("the lock", () => {
  it.each(["", "no number", "999999999 of a process that is no more", `${process.pid - 1e6} below 0`])(
    "of nobody (%j) is taken over",
    async (content) => {
      writeFileSync(`${path}.lock`, content);
      const { held } = await holdAll(3);
      expect(held.length).toBe(1);
      await held[0]?.release();
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it("of a process that runs is waited for", async () => {
    writeFileSync(`${path}.lock`, `${process.ppid} x`);
    const holding = holdSocket(path);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(existsSync(path)).toBe(false);
    rmSync(`${path}.lock`);
    const held = await holding;
    expect(held.ok && held.value.path).toBe(path);
    if (held.ok) await held.value.release();
  });
});

it("a socket is its user's alone, whatever its name's length", async () => {
  for (const name of ["a", "ab", "x".repeat(103 - folder.length - 1)]) {
    const held = await holdSocket(join(folder, name));
    if (!held.ok) throw new Error(held.error);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([name]);
    await held.value.release();
  }
});

describe("whose a socket is", () => {
  const owners = (folderUid: number, mode: number, socketUid?: number) => ({
    user: 1000,
    ownerOf: (of: string) =>
      of === dirname(path)
        ? { uid: folderUid, mode }
        : socketUid === undefined
          ? undefined
          : { uid: socketUid, mode: 0o600 },
  });
  it.each([
    [1000, 0o700, 1000, ""],
    [1000, 0o755, undefined, ""],
    [0, 0o1777, 1000, ""],
    [0, 0o755, 1000, ""],
    [1001, 0o755, 1000, "belongs to another user"],
    [1001, 0o700, undefined, "belongs to another user"],
    [0, 0o777, 1000, "other users can write to"],
    [1000, 0o720, 1000, "other users can write to"],
    [1000, 0o702, 1000, "other users can write to"],
    [0, 0o1777, 1001, "belongs to another user"],
    [1000, 0o700, 0, "belongs to another user"],
  ])("folder of %i with mode %o, socket of %s: %j", (folderUid, mode, socketUid, why) => {
    const checked = checkOwner(path, owners(folderUid, mode, socketUid));
    expect(checked.ok ? "" : checked.error).toEqual(why === "" ? "" : expect.stringContaining(why));
  });

  it("is asked of the file system, and not where there are no users", () => {
    chmodSync(folder, 0o777);
    expect(checkOwner(path)).toMatchObject({ ok: false, error: expect.stringContaining("other users can write") });
    chmodSync(folder, 0o700);
    expect(checkOwner(path)).toEqual({ ok: true, value: undefined });
    expect(checkOwner(path, { ...owners(1001, 0o777, 1001), user: -1 }).ok).toBe(true);
  });
});
