// Names from others that a terminal would obey: in files, in file names, in a daemon. None reaches standard output or error.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyRecord } from "../src/abi/record.ts";
import { free, malloc } from "../src/malloc/malloc.ts";
import { defaultPlatform } from "../src/platform/platforms.ts";
import { parseSwitches } from "../src/platform/switches.ts";
import type { Recording } from "../src/recording/recording.ts";
import type { RecordedTrace } from "../src/replay/trace_columns.ts";
import { HELLO_WORLD_UUID, helloWorld } from "../src/tee/apps/hello_world.ts";
import { leaky } from "../src/tee/apps/leaky.ts";
import { boot } from "../src/tee/boot.ts";
import type { PseudoTa } from "../src/tee/kernel/core.ts";
import type { TrustedApp } from "../src/tee/utee/trusted_app.ts";
import { serve } from "./support/daemon.ts";
import { createRecorder } from "./support/record.ts";
import { bytesOf } from "./support/recordings.ts";

/** ESC, CSI, DEL, an override, an isolate, a zero-width space, a line separator, a tag. */
const BAD = "\x1b[31m\x9b2J\x7f\u202e\u2066\u200b\u2028\u{e0041}";
/** And a line of its own, where there are newlines in names. */
const WORSE = `${BAD}\nFORGED\r`;
/** How its beginning is shown, as text or as JSON. */
const SHOWN = /\\(x|u00)1b/;

const RAW = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}\u2028\u2029]/u;

const folder = mkdtempSync(join(tmpdir(), "teemem-hostile-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program of ours; both of its outputs. */
async function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const [bin = "", ...args] = words;
  const path = fileURLToPath(new URL(`../dist/cli/${bin}.js`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], {
    cwd: folder,
    env: { ...process.env, TEEMEM_SOCKET: "", GITHUB_ACTIONS: "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(child, "close");
  return Buffer.concat(chunks).toString();
}

/** No line is raw, or begun by a name; and the name is there. */
function expectShown(text: string): void {
  const raw = text.split("\n").filter((line) => RAW.test(line.replaceAll("\t", "")) || /^\W*FORGED/.test(line));
  expect(raw).toEqual([]);
  expect(text).toMatch(SHOWN);
  expect(text).not.toContain("internal error");
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

/** A heap with hostile marks and places: something is refused in it, and something is left. */
function traceOf(context: string): { readonly text: string; readonly trace: RecordedTrace } {
  const recorder = createRecorder(context);
  const heap = recorder.life(4096);
  recorder.mark(`m${BAD} (c${BAD})`);
  const site = `f${BAD}.c`;
  malloc(heap, 100, site, 7);
  malloc(heap, 3000, site, 8);
  malloc(heap, 3000, site, 8);
  recorder.mark("after");
  free(heap, malloc(heap, 64, site, 9), site, 10);
  return { text: recorder.text(), trace: recorder.trace() };
}

/** The same where names may hold newlines. */
function recording({ trace }: { readonly trace: RecordedTrace }): Recording {
  const worse = (text: string): string => text.replaceAll(BAD, WORSE);
  const made: RecordedTrace = {
    ...trace,
    context: `ta-${WORSE}`,
    marks: trace.marks.map((mark) => ({ ...mark, name: worse(mark.name), command: WORSE })),
    sites: trace.sites.map(({ func, place, ...site }) => ({ ...site, func: func + WORSE, place: worse(place) })),
  };
  const stats = { ...emptyRecord(), size: 4096, allocated: 100, maxAllocated: 200, failures: 1, biggestFailure: 3000 };
  return {
    origin: `origin${WORSE}`,
    version: `4.0.0${WORSE}`,
    traces: [made],
    samples: [{ time: 0, heap: `pool${WORSE}`, stats }],
    entries: [{ trace: 0, instance: 0, name: `invoke${WORSE}`, from: 1, to: 3, uuid: WORSE }],
  };
}

const TRACE = `t${BAD}.trace`;
const RECORDING = `r${BAD}.arrows`;
const CORE = "core.trace";
const BUDGET = `b${BAD}.yaml`;
const LOG = `l${BAD}.log`;

beforeAll(async () => {
  file(TRACE, traceOf(`ta-${BAD}`).text);
  file(CORE, traceOf("core").text);
  file(RECORDING, await bytesOf(recording(traceOf("core"))));
  const name = JSON.stringify(WORSE);
  file(BUDGET, `heaps:\n  "ta-*":\n    peak: 1\n    leaks:\n      ${name}: 1\n  ${name}:\n    peak: 1\n`);
  file(`odd${BAD}.yaml`, `heaps:\n  ${name}:\n    ${name}: ${name}\n`);
  const lines = [`I/TC: buffer: 24 bytes a.c:1`, `I/TC: buffer: 24 bytes core/${BAD}.c:1`, `E/TC: 0 0 ${BAD}`];
  file(LOG, `${lines.join("\n")}\nE/TC:0 0 f${BAD}:99 Memory allocation failed: size 100 context ${BAD}\n`);
  file(`g${BAD}.txt`, `malloc ${BAD}\n`);
});

describe("in files and their names", () => {
  test.each(
    [
      ["teemem", "report", TRACE],
      ["teemem", "report", "--heap", "all", RECORDING],
      ["teemem", "report", "--json", RECORDING],
      ["teemem", "report", "--mark", BAD, RECORDING],
      ["teemem", "report", "--heap", BAD, RECORDING],
      ["teemem", "report", CORE, RECORDING],
      ["teemem", "size", TRACE],
      ["teemem", "size", "--heap", "ta-", RECORDING],
      ["teemem", "size", "--json", RECORDING],
      ["teemem", "replay", TRACE],
      ["teemem", "replay", "--marks", TRACE],
      ["teemem", "replay", "--marks", "--json", TRACE],
      ["teemem", "replay", "--pool", "2k", TRACE],
      ["teemem", "replay", "--pool", "2k", "--json", TRACE],
      ["teemem", "replay", "--fit", "best", "--mark", `m${BAD}`, TRACE],
      ["teemem", "replay", "--mark", BAD, TRACE],
      ["teemem", "replay", "--heap", BAD, RECORDING],
      ["teemem", "replay", RECORDING],
      ["teemem", "replay", `g${BAD}.txt`],
      ["teemem", "leaks", TRACE],
      ["teemem", "leaks", "--at", "after", TRACE],
      ["teemem", "leaks", "--at", BAD, TRACE],
      ["teemem", "leaks", "--heap", BAD, TRACE],
      ["teemem", "leaks", RECORDING, RECORDING],
      ["teemem", "leaks", "--json", RECORDING],
      ["teemem", "leaks", LOG],
      ["teemem", "leaks", LOG, LOG, LOG],
      ["teemem", "leaks", "--split", BAD, LOG],
      ["teemem", "check", BUDGET, TRACE],
      ["teemem", "check", BUDGET, RECORDING],
      ["teemem", "check", "--github", BUDGET, RECORDING],
      ["teemem", "check", "--json", "--github", BUDGET, RECORDING],
      ["teemem", "check", `odd${BAD}.yaml`, RECORDING],
      ["teemem", "check", "--junit", BUDGET, BUDGET, RECORDING],
      ["teemem", "check", "--junit", TRACE, BUDGET, RECORDING],
      ["teemem", "check", "--update", `new${BAD}.yaml`, RECORDING],
      ["teemem", "check", "--update", BUDGET, RECORDING],
      ["teemem", "export", "-f", "csv", "-o", TRACE, RECORDING],
      ["teemem", "export", "-f", "csv", "--mark", BAD, RECORDING],
      ["teemem", "export", "-f", "massif", RECORDING],
      ["teemem", "export", "-f", BAD, RECORDING],
      ["teemem", "stats", "--on", `file:${RECORDING}`],
      ["teemem", "stats", "--json", "--on", `file:${RECORDING}`],
      ["teemem", "stats", "--at", BAD, "--on", `file:${RECORDING}`],
      ["teemem", "stats", "--on", `unix:/nosuch/${BAD}`],
      ["teemem", "doctor", "--on", `file:${RECORDING}`],
      ["teemem", "doctor", "--json", "--on", `file:${RECORDING}`],
      ["teemem", "doctor", "--log", LOG],
      ["teemem", "doctor", "--json", "--log", LOG],
      ["teemem", "doctor", "--error", BAD],
      ["teemem", "inspect", TRACE],
      ["teemem", "inspect", `no${BAD}`],
      ["teemem", "record", "-o", `out${BAD}.arrows`, "--from", TRACE],
      ["teemem", "record", "-o", RECORDING, "--from", TRACE],
      ["teemem", "record", "-o", `run${BAD}.arrows`, "--", "leaky"],
      ["teemem", "record", "-o", "x.arrows", "--", BAD],
      ["teemem", "run", BAD],
      ["teemem", "run", "hello_world", BAD],
      ["teemem", "run", "secure_storage", "--storage", `${TRACE}/${BAD}`],
      ["teemem", "watch", "--", BAD],
      ["teemem", "watch", "--ta", BAD, "--", "leaky"],
      ["teemem", "boot", "--cfg", BAD],
      ["teemem", "boot", "--socket", `/nosuch/${BAD}`],
      ["teemem", "boot", "--profile", BAD],
      ["teemem", `--${BAD}`],
      ["teemem", BAD],
      ["teemem", "help", BAD],
      ["xtest", BAD],
      ["xtest", `--${BAD}`],
      ["xtest", "-t", BAD],
      ["xtest", "-l", BAD],
      ["xtest", "-d", BAD],
    ].map((words) => ({ words, title: words.join(" ") })),
  )("$title", async ({ words }) => {
    expectShown(await run(words));
  });

  test.each(["TEEMEM_PROFILE", "TEEMEM_CFG", "TEEMEM_OPTEE", "TEEMEM_AFTER", "TEEMEM_CONSOLE", "TEEMEM_SOCKET"])(
    "in %s",
    async (name) => {
      const value = name === "TEEMEM_CONSOLE" || name === "TEEMEM_SOCKET" ? `/nosuch/${WORSE}` : WORSE;
      expectShown(await run(["xtest", "--stats", "--alloc"], { [name]: value }));
    },
  );
});

describe("in a daemon", () => {
  /** Keeps a block of each call, and what it says on its console is hostile, too. */
  const app: TrustedApp = {
    ...helloWorld,
    name: `n${WORSE}`,
    flags: { singleInstance: true, multiSession: true, keepAlive: true },
    invoke(tee, session, command, params) {
      tee.malloc(100, 0, `s${WORSE}.c:7`);
      return helloWorld.invoke(tee, session, command, params);
    },
  };
  let path = "";
  let end: () => unknown = () => {};

  beforeAll(async () => {
    const switches = parseSwitches("CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TEE_TA_MALLOC_DEBUG=y", defaultPlatform().switches);
    if (!switches.ok) throw new Error(switches.error);
    const platform = { ...defaultPlatform(), name: `p${WORSE}` };
    const core = boot(
      { platform, switches: switches.value },
      { console: () => {}, now: () => 0, apps: [app, { ...leaky, name: `l${WORSE}` }] },
    );
    if (!core.ok) throw new Error(core.error);
    for (const pta of core.value.pseudoTas) Object.assign(pta, { invoke: renamed(pta.invoke) });
    const daemon = await serve(core.value);
    ({ path } = daemon);
    end = () => daemon.end();
    await run(["teemem", "run", "hello_world"], { TEEMEM_SOCKET: path });
    await run(["teemem", "watch", "--on", `unix:${path}`, "--", "leaky", "1"]);
  });
  afterAll(() => end());

  /** The same answers, with another name for the pool. */
  function renamed(invoke: PseudoTa["invoke"]): PseudoTa["invoke"] {
    const name = Buffer.from("\x1b[31m\x9b2J\u202e\nFORGED");
    return (core, command, params, call) => {
      const code = invoke(core, command, params, call);
      for (const param of params) {
        if (param.type !== "memref" || param.buffer === null) continue;
        const { buffer, byteOffset, length } = param.buffer;
        const at = Buffer.from(buffer, byteOffset, length).indexOf("Heap\0");
        if (at >= 0) param.buffer.set(name, at);
      }
      return code;
    };
  }

  test.each(
    [
      ["xtest", "--stats", "--alloc"],
      ["teemem", "stats"],
      ["teemem", "stats", "--json"],
      ["teemem", "doctor"],
      ["teemem", "stats", "--ended"],
      ["teemem", "stats", "--ended", "--json"],
      ["teemem", "leaks", "--ta", HELLO_WORLD_UUID],
      ["teemem", "leaks", "--console", "--ta", HELLO_WORLD_UUID],
      ["teemem", "leaks", "--json", "--ta", HELLO_WORLD_UUID],
      ["teemem", "watch", "--at", "peak", "--ta", HELLO_WORLD_UUID, "--", "run", "hello_world"],
      ["teemem", "watch", "--json", "--", "run", "hello_world"],
      ["teemem", "watch", "--ta", BAD, "--", "run", "hello_world"],
      ["teemem", "run", "--heap", "hello_world", BAD],
      ["teemem", "record", "-o", `daemon${BAD}.arrows`, "--", "run", "hello_world"],
    ].map((words) => ({ words, title: words.join(" ") })),
  )("$title", async ({ words }) => {
    const on = words[1] === "watch" || words[1] === "record" || words[1] === "leaks" || words[1] === "doctor";
    const [bin = "", command = "", ...rest] = words;
    const all = on ? [bin, command, "--on", `unix:${path}`, ...rest] : words;
    expectShown(await run(all, { TEEMEM_SOCKET: path }));
  });

  test("what it does for others", async () => {
    let over = false;
    const watching = run(["teemem", "watch", "--on", `unix:${path}`, "--until", "exit"]).then((text) => {
      over = true;
      return text;
    });
    while (!over) await run(["teemem", "watch", "--on", `unix:${path}`, "--", "leaky", "1"]);
    expectShown(await watching);
  }, 60_000);
});
