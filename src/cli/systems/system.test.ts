import { linkSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serve, until } from "../../../test/support/daemon.ts";
import { system } from "../../../test/support/daemon_system.ts";
import { falseDaemon, WELCOME } from "../../../test/support/false_daemon.ts";
import type { Output } from "../outputs/output.ts";
import { findDaemon, findSystem } from "./system.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-system-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NONE = { ok: true, value: null };
const silent = (): void => {};

/** What is said on standard error. */
function listener(isTerminal: boolean): { readonly output: Output; readonly said: () => string } {
  let text = "";
  const output = {
    isTerminal,
    write(more: string) {
      text += more;
    },
    flush: async () => {},
  } as unknown as Output;
  return { output, said: () => text };
}

describe("the daemon that is meant", () => {
  it("is none where the default socket is not there, or TEEMEM_SOCKET is empty", async () => {
    expect(await findDaemon(undefined, { XDG_RUNTIME_DIR: folder })).toEqual(NONE);
    expect(await findDaemon(undefined, { XDG_RUNTIME_DIR: folder, TEEMEM_SOCKET: "" })).toEqual(NONE);
    expect(await findDaemon(undefined, { TEEMEM_SOCKET: "unix:" })).toEqual(NONE);
  });

  it("must be there where it is named, by --on first", async () => {
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    const absent = (path: string) => ({
      ok: false,
      error: `no daemon listens on ${path}: start one with 'teemem boot'`,
    });
    expect(await findDaemon(`unix:${one}`, { TEEMEM_SOCKET: two })).toEqual(absent(one));
    expect(await findDaemon(undefined, { TEEMEM_SOCKET: `unix:${two}` })).toEqual(absent(two));
    const error = "--on names no socket: give its path, like unix:/tmp/a.sock";
    expect(await findDaemon("", { TEEMEM_SOCKET: two })).toEqual({ ok: false, error });
    expect(await findDaemon("unix:", {})).toEqual({ ok: false, error });
  });

  it("is found on the default socket, by name and by --on", async () => {
    const { core } = await system();
    const path = join(folder, "teemem.sock");
    const daemon = await serve(core, path);
    for (const [on, env] of [
      [undefined, { XDG_RUNTIME_DIR: folder }],
      [undefined, { TEEMEM_SOCKET: path }],
      [`unix:${path}`, { TEEMEM_SOCKET: "" }],
    ] as const) {
      const found = await findDaemon(on, env);
      expect(found.ok && found.value?.path).toBe(path);
      if (found.ok) await found.value?.connection[Symbol.asyncDispose]();
    }
    await daemon.end();
  });

  it("that is no daemon is told, also on the default socket", async () => {
    const other = await falseDaemon(
      (_frame, _send, socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"),
      false,
    );
    const found = await findDaemon(other.path, {});
    expect(found).toMatchObject({ ok: false, error: expect.stringContaining("does not speak the protocol") });
    other.end();
  });

  it.each([
    [true, /^teemem: waiting for the daemon on .*tee\.sock, which still boots; Ctrl-C ends it\n$/],
    [false, /^$/],
  ])("that still boots is waited for, which a terminal (%s) is told once", async (isTerminal, text) => {
    const slow = await falseDaemon((_frame, send) => void setTimeout(() => send(WELCOME), 1300), false);
    const { output, said } = listener(isTerminal);
    const found = await findDaemon(slow.path, {}, output);
    expect(found.ok && found.value?.path).toBe(slow.path);
    expect(said()).toMatch(text);
    if (found.ok) await found.value?.connection[Symbol.asyncDispose]();
    slow.end();
  });
});

describe("the system that is meant", () => {
  const env = (): NodeJS.ProcessEnv => ({ XDG_RUNTIME_DIR: folder });

  it.each([
    { cfg: "CFG_TA_STATS=n" },
    { optee: "4.0.0" },
    { profile: "qemu_v8-4.0.0" },
    { storage: "x" },
    { after: "boot" },
  ])("is the embedded one where any option of it is given: %j", async (options) => {
    const { core } = await system();
    const daemon = await serve(core, join(folder, "teemem.sock"));
    const found = await findSystem(options, silent, env());
    if (!found.ok) throw new Error(found.error);
    expect([found.value.behind.kind, found.value.name, found.value.lost]).toEqual(["core", "sim", ""]);
    await found.value[Symbol.asyncDispose]();
    await daemon.end();
  });

  it("is a daemon that runs, with its release and profile, and why it went away", async () => {
    const { core } = await system();
    const path = join(folder, "teemem.sock");
    const daemon = await serve(core, path);
    const found = await findSystem({}, silent, env());
    if (!found.ok) throw new Error(found.error);
    const { behind, name, version, profile } = found.value;
    expect([behind.kind, name, version, profile]).toEqual(["daemon", `unix:${path}`, "4.0.0", "qemu_v8-4.0.0"]);
    expect(found.value.lost).toBe("");
    await daemon.end();
    await until(() => found.value.lost !== "");
    expect(found.value.lost).toContain("the daemon ends");
    expect((await found.value.inspect.running()).ok).toBe(false);
    await found.value[Symbol.asyncDispose]();
  });

  it("is the embedded one where none runs, and an error where --on names none", async () => {
    const found = await findSystem({}, silent, env());
    expect(found.ok && found.value.behind.kind).toBe("core");
    expect(await findSystem({ on: join(folder, "none"), cfg: "CFG_TA_STATS=n" }, silent, env())).toMatchObject({
      ok: false,
      error: expect.stringContaining("no daemon listens"),
    });
    expect(await findSystem({ cfg: "CFG_NOSUCH=y" }, silent, env())).toMatchObject({ ok: false });
  });

  it("is a daemon that began while the embedded one booted", async () => {
    const { core } = await system();
    const path = join(folder, "teemem.sock");
    const daemon = await serve(core, join(folder, "early.sock"));
    let looks = 0;
    const late = {
      // It is looked for before the boot, and behind it.
      get XDG_RUNTIME_DIR() {
        if (++looks === 2) linkSync(daemon.path, path);
        return folder;
      },
    };
    const found = await findSystem({}, silent, late);
    if (!found.ok) throw new Error(found.error);
    expect(found.value.behind.kind).toBe("daemon");
    await found.value[Symbol.asyncDispose]();
    await daemon.end();
  });
});
