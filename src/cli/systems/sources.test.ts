// Tests of sources.ts.
import { linkSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serve, until } from "../../../test/support/daemon.ts";
import { system } from "../../../test/support/daemon_system.ts";
import { falseDaemon, WELCOME } from "../../../test/support/false_daemon.ts";
import type { Output } from "../outputs/output.ts";
import { findDaemon } from "./open_daemon.ts";
import type { SystemOptions } from "./setting.ts";
import { openSource } from "./sources.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-system-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NONE = { ok: true, value: null };
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

it("a name alone that is no socket may be a board that was mistyped", async () => {
  const { output } = listener(false);
  const named = await openSource({
    options: { on: "lab9" } as SystemOptions,
    env: {},
    io: { err: output, clock: () => 0 },
  } as unknown as Parameters<typeof openSource>[0]);
  expect(named).toEqual({ ok: false, error: expect.stringMatching(/; boards\.yaml names no board 'lab9', either$/) });
});

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
    const error = "--on needs the path of a socket, like unix:/tmp/a.sock";
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
    expect(found).toMatchObject({ ok: false, error: expect.stringContaining("does not speak teemem's protocol") });
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

const silent: Output = { ...listener(false).output, isTerminal: false };
async function* nothing(): AsyncGenerator<Uint8Array> {}
const io = { err: silent, input: nothing(), clock: () => 0 };

function open(options: SystemOptions, env: NodeJS.ProcessEnv) {
  return openSource({ options, env, io });
}

describe("the source that is meant", () => {
  const env = (): NodeJS.ProcessEnv => ({ XDG_RUNTIME_DIR: folder });

  it.each([
    { cfg: "CFG_TA_STATS=n" },
    { optee: "4.0.0" },
    { profile: "qemu_v8-4.0.0" },
    { storage: "x" },
    { after: "boot" },
    { on: "sim" },
  ])("is the embedded system where any option of it is given, or it is named: %j", async (options) => {
    const { core } = await system();
    const daemon = await serve(core, join(folder, "teemem.sock"));
    const found = await open(options, env());
    if (!found.ok) throw new Error(found.error);
    expect([found.value.name, found.value.lost]).toEqual(["sim", ""]);
    await found.value[Symbol.asyncDispose]();
    await daemon.end();
  });

  it("is a daemon that runs, with its release and profile, and why it went away", async () => {
    const { core } = await system();
    const path = join(folder, "teemem.sock");
    const daemon = await serve(core, path);
    const found = await open({}, env());
    if (!found.ok) throw new Error(found.error);
    const { name, version, profile } = found.value;
    expect([name, version, profile]).toEqual([`unix:${path}`, "4.0.0", "qemu_v8-4.0.0"]);
    expect(found.value.lost).toBe("");
    await daemon.end();
    await until(() => found.value.lost !== "");
    expect(found.value.lost).toContain("the daemon ends");
    expect((await found.value.ask("running")).ok).toBe(false);
    await found.value[Symbol.asyncDispose]();
  });

  it("is the embedded system where no daemon runs, and an error where --on names none", async () => {
    const found = await open({}, env());
    expect(found.ok && found.value.name).toBe("sim");
    expect(await open({ on: join(folder, "none"), cfg: "CFG_TA_STATS=n" }, env())).toMatchObject({
      ok: false,
      error: expect.stringContaining("no daemon listens"),
    });
    expect(await open({ cfg: "CFG_NOSUCH=y" }, env())).toMatchObject({ ok: false });
  });

  it.each([
    ["nosuch:root@board", expect.stringMatching(/^unknown source 'nosuch:'; known: sim, unix:SOCKET, /)],
    ["constructor:x", expect.stringMatching(/^unknown source 'constructor:'; known: sim, /)],
    ["file:", "--on needs the path of a recording, like file:run.arrows"],
    ["unix:", "--on needs the path of a socket, like unix:/tmp/a.sock"],
    ["./sim", "no daemon listens on ./sim: start one with 'teemem boot'"],
    ["./a:b", "no daemon listens on ./a:b: start one with 'teemem boot'"],
  ])("is none for --on %s", async (on, error) => {
    expect(await open({ on }, env())).toEqual({ ok: false, error });
  });

  it("is a daemon that began while the embedded system booted", async () => {
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
    const found = await open({}, late);
    if (!found.ok) throw new Error(found.error);
    expect(found.value.name).toBe(`unix:${path}`);
    await found.value[Symbol.asyncDispose]();
    await daemon.end();
  });
});
