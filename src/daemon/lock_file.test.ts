// Tests of lock_file.ts.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ok } from "../base/result.ts";
import { takeLock, withLock } from "./lock_file.ts";

let folder = "";
let path = "";
let lock = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-lock-"));
  path = join(folder, "a");
  lock = `${path}.lock`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that is no more: one that has ended, whose number is not given out again so soon. */
const DEAD = "999999999 x";

describe("a lock", () => {
  it("is a file of the user's alone with our number, and goes when it is given back", async () => {
    const taken = await takeLock(path, 0);
    if (!taken.ok) throw new Error("not taken");
    expect(readFileSync(lock, "utf8")).toMatch(new RegExp(`^${process.pid} [0-9a-z]+$`));
    expect([readdirSync(folder), statSync(lock).mode & 0o777]).toEqual([["a.lock"], 0o600]);
    taken.value();
    expect(readdirSync(folder)).toEqual([]);
    taken.value();
  });

  it("of a process that runs is not taken, and its number is told", async () => {
    writeFileSync(lock, `${process.ppid} x`);
    expect(await takeLock(path, 0)).toEqual({ ok: false, error: { lock, holder: String(process.ppid) } });
    // Two waits of 20 ms.
    expect(await takeLock(path, 40)).toMatchObject({ ok: false });
    expect(readdirSync(folder)).toEqual(["a.lock"]);
    expect(readFileSync(lock, "utf8")).toBe(`${process.ppid} x`);
  });

  it("of a process of another user is not taken", async () => {
    // 1 is the first process of the system; where we may not signal it, it runs none the less.
    writeFileSync(lock, "1 x");
    expect(await takeLock(path, 0)).toEqual({ ok: false, error: { lock, holder: "1" } });
  });

  it.each([
    ["a process that is no more", () => writeFileSync(lock, DEAD)],
    ["nobody", () => writeFileSync(lock, "")],
    ["what is no number", () => writeFileSync(lock, "x 1")],
    ["0, which would be our own group", () => writeFileSync(lock, "0 x")],
    ["-1, which would be everybody", () => writeFileSync(lock, "-1 x")],
    ["a half", () => writeFileSync(lock, `${process.pid}.5 x`)],
    ["a link", () => symlinkSync("/etc/passwd", lock)],
  ])("of %s is taken over", async (_whose, make) => {
    make();
    const taken = await takeLock(path, 0);
    if (!taken.ok) throw new Error(JSON.stringify(taken.error));
    expect(readdirSync(folder)).toEqual(["a.lock"]);
    taken.value();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("that somebody else has put in place of ours is not given back", async () => {
    const taken = await takeLock(path, 0);
    if (!taken.ok) throw new Error("not taken");
    writeFileSync(lock, `${process.ppid} x`);
    taken.value();
    expect(readFileSync(lock, "utf8")).toBe(`${process.ppid} x`);
  });

  it("cannot be made where there is no folder, which has a name", async () => {
    expect(await takeLock(join(folder, "none", "a"), 0)).toEqual({
      ok: false,
      error: { lock: join(folder, "none", "a.lock"), code: "ENOENT" },
    });
  });

  it("that is a folder cannot be taken, and stays", async () => {
    mkdirSync(lock);
    writeFileSync(join(lock, "x"), "");
    expect(await takeLock(path, 0)).toMatchObject({ ok: false, error: { lock, code: expect.any(String) } });
  });
});

describe("work with a lock", () => {
  it("has it to itself, in turn, and gives it back whatever happens", async () => {
    let inside = 0;
    const work = async () => {
      expect([++inside, existsSync(lock)]).toEqual([1, true]);
      await new Promise((resolve) => setTimeout(resolve, 1));
      inside--;
      return ok(7);
    };
    expect(await Promise.all([1, 2, 3].map(() => withLock(path, work)))).toEqual([ok(7), ok(7), ok(7)]);
    const failing = withLock(path, async () => {
      throw new Error("bug");
    });
    await expect(failing).rejects.toThrow("bug");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is not done where there is none", async () => {
    let done = false;
    const work = async () => {
      done = true;
      return ok(undefined);
    };
    const there = join(folder, "none", "a");
    expect(await withLock(there, work)).toEqual({ ok: false, error: `cannot make the lock ${there}.lock (ENOENT)` });
    expect(done).toBe(false);
  });

  it("waits for seconds, then says who has it", { timeout: 60_000 }, async () => {
    writeFileSync(lock, `${process.ppid} x`);
    const error = `process ${process.ppid} has the lock ${lock}: remove it unless that process is a 'teemem boot' that is starting`;
    const late = withLock(path, async () => ok(1));
    expect(await late).toEqual({ ok: false, error });
  });
});
