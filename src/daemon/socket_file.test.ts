// Tests of socket_file.ts.
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codeOf } from "../base/error_code.ts";
import { checkFolder, checkLength, checkOwner, defaultSocket, pathOf, prepareFolder } from "./socket_file.ts";

const uid = process.getuid?.() ?? -1;
const temp = process.env.TMPDIR;
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-socket-"));
  process.env.TMPDIR = folder;
});
afterEach(() => {
  if (temp === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = temp;
  rmSync(folder, { recursive: true, force: true });
});

const OK = { ok: true, value: undefined };

describe("the default socket", () => {
  it("is in the runtime folder, else in a folder of the user's own below the temp folder", () => {
    expect(defaultSocket({ XDG_RUNTIME_DIR: "/run/user/7" })).toBe("/run/user/7/teemem.sock");
    const own = join(folder, `teemem-${uid}`, "teemem.sock");
    expect([defaultSocket({}), defaultSocket({ XDG_RUNTIME_DIR: "" })]).toEqual([own, own]);
  });

  it("has its folder made, for the user alone; a second time nothing changes", () => {
    const path = defaultSocket({});
    expect(checkFolder(path)).toEqual(OK);
    expect([prepareFolder(path), prepareFolder(path)]).toEqual([OK, OK]);
    const made = statSync(join(folder, `teemem-${uid}`));
    expect([made.isDirectory(), made.mode & 0o777]).toEqual([true, 0o700]);
  });

  const folderOf = (mode: number) => (at: string) => {
    mkdirSync(at);
    chmodSync(at, mode);
  };
  const link = (at: string): void => {
    mkdirSync(`${at}.real`, { mode: 0o700 });
    symlinkSync(`${at}.real`, at);
  };
  it.each([
    ["can be read by others", folderOf(0o704)],
    ["can be entered by the group", folderOf(0o710)],
    ["can be written by others", folderOf(0o702)],
    ["is a file", (at: string) => writeFileSync(at, "", { mode: 0o600 })],
    ["is a link to a good folder", link],
  ])("is refused where its folder %s", (_what, make) => {
    const own = join(folder, `teemem-${uid}`);
    make(own);
    const error = `${own} must be your own folder with mode 0700: remove it, or use --socket`;
    expect(checkFolder(defaultSocket({}))).toEqual({ ok: false, error });
    expect(prepareFolder(defaultSocket({}))).toEqual({ ok: false, error });
  });

  it("says why its folder cannot be made", () => {
    process.env.TMPDIR = join(folder, "none");
    const own = join(folder, "none", `teemem-${uid}`);
    expect(prepareFolder(defaultSocket({}))).toEqual({ ok: false, error: `cannot make the folder ${own} (ENOENT)` });
  });
});

describe("any other socket", () => {
  it("must have its folder, which is looked at and not made", () => {
    const path = join(folder, "none", "a.sock");
    expect(prepareFolder(path)).toEqual(OK);
    expect(lstatSync(join(folder, "none"), { throwIfNoEntry: false })).toBeUndefined();
    chmodSync(folder, 0o707);
    const error = expect.stringContaining("other users can write to");
    expect(prepareFolder(join(folder, "a.sock"))).toEqual({ ok: false, error });
    expect(checkFolder(join(folder, "a.sock"))).toEqual({ ok: false, error });
  });

  it("is judged by where its links lead, and by who owns what is there", () => {
    mkdirSync(join(folder, "open"));
    chmodSync(join(folder, "open"), 0o777);
    symlinkSync("open", join(folder, "link"));
    expect(checkOwner(join(folder, "link", "a.sock"))).toMatchObject({ ok: false });
    chmodSync(join(folder, "open"), 0o1777);
    expect(checkOwner(join(folder, "link", "a.sock"))).toEqual(OK);
    // A loop of links cannot be looked at; who connects is told.
    symlinkSync("loop", join(folder, "loop"));
    expect(checkOwner(join(folder, "loop", "a.sock"))).toEqual(OK);
  });

  it("has a path of 103 bytes at most, as struct sockaddr_un has 108 on Linux and 104 on macOS with the final zero", () => {
    expect(checkLength(`/${"x".repeat(102)}`)).toEqual(OK);
    const error = "the socket's path has 104 bytes, but at most 103 are possible: choose a shorter path";
    expect(checkLength(`/${"x".repeat(103)}`)).toEqual({ ok: false, error });
    // Bytes, not letters: 1 + 2 × 52 is 105.
    expect(checkLength(`/${"ü".repeat(52)}`)).toMatchObject({ error: expect.stringContaining("105 bytes") });
    expect(prepareFolder(`/${"x".repeat(103)}`)).toEqual({ ok: false, error });
  });
});

it("a path may have unix: in front, once", () => {
  expect(["/a", "unix:/a", "a/unix:b", "unix:unix:/a", "unix:", ""].map(pathOf)).toEqual([
    "/a",
    "/a",
    "a/unix:b",
    "unix:/a",
    "",
    "",
  ]);
});

it("an error has its code, or says what it is", () => {
  expect(codeOf(Object.assign(new Error("x"), { code: "EPERM" }))).toBe("EPERM");
  expect([codeOf(new Error("x")), codeOf("y")]).toEqual(["Error: x", "y"]);
});
