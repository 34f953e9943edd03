// Signals that reach `teemem exec` and its client together, as Ctrl-C of a terminal does: both end, and nothing is left.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, type TestContext, test } from "vitest";
import { needPrograms } from "./support/needs.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-signals-"));
afterAll(() => rmSync(folder, { recursive: true }));
const bin = join(import.meta.dirname, "../dist/cli/teemem.js");

/** Starts exec in a process group of its own. */
function start(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<number | null> } {
  const child = spawn(process.execPath, [bin, "exec", "--no-report", ...args], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TEEMEM_SOCKET: "" },
  });
  return { child, ended: new Promise((resolve) => child.on("close", (code) => resolve(code))) };
}

function isThere(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

let client = "";

/** The client of examples/ta, and its TA in a folder. */
function looping(context: TestContext): string[] {
  needPrograms(context, "gcc, libc6-dev and make", "gcc", "make");
  if (client === "") {
    spawnSync("make", ["-s", "-C", "examples/ta/bugs", "host", `O=${folder}`]);
    const library = join(folder, "host/libteec.so");
    writeFileSync(`${library}.2`, readFileSync(library));
    writeFileSync(join(folder, "bugs.wasm"), gunzipSync(readFileSync("test/fixtures/wasm/bugs.wasm32.wasm.gz")));
    client = join(folder, "host/bugs");
  }
  return ["--ta", join(folder, "bugs.wasm"), "--", client, "items", "bad"];
}

describe.each(["SIGINT", "SIGTERM"] as const)("%s", (signal) => {
  const cases = [
    ["while the client waits", () => ["--", "sleep", "60"]],
    ["while the TA computes without an end", looping],
  ] as const;
  test.for(cases)("%s", { timeout: 60_000 }, async ([, words], context) => {
    const { child, ended } = start(words(context));
    // The client says its name before it calls the TA; sleep says nothing.
    await setTimeout(3000);
    expect(isThere(child.pid as number)).toBe(true);
    process.kill(-(child.pid as number), signal);
    const code = await ended;
    expect([signal, code === null || code > 128]).toEqual([signal, true]);
    await setTimeout(200);
    expect(isThere(child.pid as number)).toBe(false);
  });
});
