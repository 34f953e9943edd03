// Programs that run on a board: a shell of this machine stands in for the board's, and a libteec of test/support for its OP-TEE.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { err, ok } from "../src/base/result.ts";
import { preloadLibrary } from "../src/cli/device/preload_library.ts";
import { runClient } from "../src/source/board/client/run_client.ts";
import { openShell } from "../src/source/board/open_shell.ts";
import type { Shell } from "../src/source/board/shell/shell.ts";
import type { PreloadLibrary, ProgramEvent } from "../src/source/program.ts";
import { needPrograms } from "./support/needs.ts";
import { answersOf } from "./support/preload/answers.ts";
import { type Bench, createBench } from "./support/preload/build.ts";

const gcc = spawnSync("gcc", ["--version"]).error === undefined;
let bench: Bench;
let shell: Shell;
let board = "";
beforeAll(async () => {
  board = mkdtempSync(join(tmpdir(), "teemem-board-"));
  const env = { PATH: process.env.PATH, XDG_RUNTIME_DIR: board };
  const opened = await openShell("exec:sh", { env, clock: () => performance.now() });
  if (!opened.ok) throw new Error(opened.error);
  shell = opened.value;
  if (gcc) bench = createBench(2);
});
afterAll(async () => {
  await shell[Symbol.asyncDispose]();
  bench?.remove();
  rmSync(board, { recursive: true });
});

/** The library of the bench, as if it came from a cache. */
function library(built: PreloadLibrary["built"]): PreloadLibrary {
  return { ...preloadLibrary({ HOME: board }), built };
}
const bytes = (): ReturnType<PreloadLibrary["built"]> => ok(readFileSync(join(bench.folder, "preload.so")));

async function run(words: readonly string[], built: PreloadLibrary["built"] = bytes): Promise<ProgramEvent[]> {
  const events: ProgramEvent[] = [];
  for await (const event of runClient(shell, { words, library: library(built) })) events.push(event);
  return events;
}

const V410 = Object.entries(answersOf("4.10.0-pkcs11-1004")).map(([name, value]) => `${name}=${value}`);
const client = (...args: string[]): string[] => ["env", ...V410, join(bench.folder, "client"), ...args];
const callsOf = (events: readonly ProgramEvent[]): (string | undefined)[] =>
  events.flatMap((event) => (event.kind === "moment" ? [event.moment.call?.name] : []));

describe("a program on a board", () => {
  it("is seen call by call; its output and exit code pass through", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const events = await run(client("simple"));
    expect(callsOf(events)).toEqual([undefined, "open", "invoke 7", "invoke 9", "close"]);
    expect(events.filter(({ kind }) => kind === "line")).toEqual([{ kind: "line", text: "done", error: false }]);
    expect(events.filter(({ kind }) => kind === "unseen")).toEqual([]);
    expect(events.at(-1)).toEqual({ kind: "ended", code: ok(7) });
  });
  it("leaves the library there, and nothing else", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    await run(client("simple"));
    const [folder = ""] = readdirSync(board);
    expect(readdirSync(join(board, folder))).toEqual([expect.stringMatching(/^preload-[0-9a-f]{12}-.*\.so$/)]);
  });
  it("says on standard error what it says there, also without a line end", async () => {
    const events = await run(["sh", "-c", "echo out; printf 'wörse\\nworst' >&2; exit 3"]);
    expect(events.filter(({ kind }) => kind === "line")).toEqual([
      { kind: "line", text: "out", error: false },
      { kind: "line", text: "wörse", error: true },
      { kind: "line", text: "worst", error: true },
    ]);
    expect(events.at(-1)).toEqual({ kind: "ended", code: ok(3) });
  });
  it("that calls no TA is said so", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const why = (await run(["ls", "/"])).flatMap((event) => (event.kind === "unseen" ? [event.why] : []));
    expect(why).toEqual([expect.stringContaining("no call into a TA was seen")]);
  });
  it("that cannot be found ends as the shell says", async () => {
    expect((await run(["none-such-program"])).at(-1)).toEqual({ kind: "ended", code: ok(127) });
  });
  it("is ended when nobody looks any more", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const mark = join(board, "lives");
    for await (const event of runClient(shell, {
      words: ["sh", "-c", `touch ${mark}; echo on; sleep 60; rm ${mark}`],
      library: library(bytes),
    }))
      if (event.kind === "line") break;
    const alive = async (): Promise<string> => {
      const answer = await shell.run("pgrep -f 'sleep 6[0]' || echo none");
      return answer.ok ? new TextDecoder().decode(answer.value.out).trim() : "lost";
    };
    for (let turn = 0; turn < 50 && (await alive()) !== "none"; turn++) await new Promise((go) => setTimeout(go, 100));
    expect(await alive()).toBe("none");
    expect(existsSync(mark)).toBe(true);
    rmSync(mark);
  });
});

describe("without a library for the board", () => {
  it("says what the loader says of one that it cannot load", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const [folder = ""] = readdirSync(board);
    rmSync(join(board, folder), { recursive: true });
    const events = await run(client("simple"), () => ok(Uint8Array.of(1, 2, 3)));
    expect(events.flatMap((event) => (event.kind === "unseen" ? [event.why] : []))).toEqual([
      expect.stringMatching(/^the library cannot be loaded there: .*preload-/),
    ]);
    expect(events.at(-1)).toEqual({ kind: "ended", code: ok(7) });
  });
  it("the board's own compiler makes it", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const [folder = ""] = readdirSync(board);
    rmSync(join(board, folder), { recursive: true });
    const events = await run(client("simple"), () => err("nothing here"));
    expect(callsOf(events)).toEqual([undefined, "open", "invoke 7", "invoke 9", "close"]);
    rmSync(join(board, folder), { recursive: true });
  }, 60_000);
  it("and without a compiler, it runs unseen, and what to do is said", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const hidden = {
      ...shell,
      run: (command: string, options?: Parameters<Shell["run"]>[1]) =>
        shell.run(command.startsWith("command -v gcc") ? "false" : command, options),
    };
    const events: ProgramEvent[] = [];
    const program = { words: client("simple"), library: library(() => err("build it")) };
    for await (const event of runClient(hidden, program)) events.push(event);
    expect(events[0]).toEqual({ kind: "unseen", why: "build it", ended: false });
    expect(events.at(-1)).toEqual({ kind: "ended", code: ok(7) });
  });
});
