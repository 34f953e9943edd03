// @ts-check
// node bench/long_recording.js [EVENTS] [FILE]: writes a recording of so many heap events (10 million), opens it without and with
// its index, reports on it, and prints how much memory and time each took. A FILE that is there is taken as it is. Needs a build.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as doors from "./doors.js";

const { addPool, createContext, free, malloc } = doors.malloc;
const NAMES = /** @type {const} */ ({
  P: "add_pool",
  M: "malloc",
  C: "calloc",
  R: "realloc",
  A: "memalign",
  F: "free",
  W: "free_wipe",
});

/** Opens a recording and gives what a page draws first. */
const FIRST_PICTURE = `
import { openIndexedFile } from "${new URL("../dist/source/file/indexed_file.js", import.meta.url)}";
const start = performance.now();
const opened = await openIndexedFile(process.argv[1]);
if (!opened.ok) throw new Error(opened.error);
const { recording } = opened.value;
const { least } = await recording.timeline(0, recording.from, recording.to + 1, 1000);
const drawn = performance.now();
const live = await recording.liveAt(0, recording.from + 0.37 * (recording.to - recording.from));
console.log("  first picture of", least.length, "parts after", (drawn - start).toFixed(0), "ms;", live.length, "live blocks of a moment", (performance.now() - drawn).toFixed(0), "ms");
`;

const events = Number(process.argv[2] ?? 10_000_000);
const folder = mkdtempSync(join(tmpdir(), "teemem-long-"));
const file = process.argv[3] ?? join(folder, "long.arrows");
try {
  if (!existsSync(file)) await write(file, events);
  rmSync(`${file}.index`, { force: true });
  measure("opened without an index", ["--input-type=module", "-e", FIRST_PICTURE, file]);
  measure("opened by its index", ["--input-type=module", "-e", FIRST_PICTURE, file]);
  measure("report", [fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url)), "report", file]);
} finally {
  rmSync(folder, { recursive: true });
}

/** Random work on a heap of 1 MiB, through a listener, as a recorder has it. @param {string} path @param {number} count */
async function write(path, count) {
  const { createRecordingWriter } = doors.recording;
  const descriptor = openSync(path, "w");
  const writer = await createRecordingWriter({ origin: "synthetic", version: "4.0.0" }, (bytes) => {
    writeSync(descriptor, bytes);
  });
  const length = 2 ** 20;
  const base = 0x40000000;
  const ctx = createContext(new Uint8Array(length), { base, zeroGrown: false });
  let time = 0;
  ctx.listener = (op, pointer, size, arg, result, _file, line, allocated) => {
    time += 3;
    const address = (/** @type {number} */ at) => (at === 0 && op !== "P" ? 0 : base + at);
    const name = /** @type {any} */ (NAMES[/** @type {keyof typeof NAMES} */ (op)]);
    writer.add({
      op: name,
      heap: "core",
      instance: 1,
      func: `f${line % 100}`,
      place: `core/file${line % 100}.c:${line % 100}`,
      time,
      pointer: address(pointer),
      size,
      arg,
      result: result === 0 ? 0 : base + result,
      allocated,
      thread: "0",
    });
  };
  addPool(ctx, 0, length);
  const slots = new Int32Array(2000);
  let seed = 1;
  while (writer.rows < count) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    const slot = (seed >>> 8) % slots.length;
    const held = /** @type {number} */ (slots[slot]);
    if (held !== 0) free(ctx, held);
    slots[slot] = held !== 0 ? 0 : malloc(ctx, 1 + ((seed >>> 4) % 700), "x.c", seed % 100);
    if (writer.rows % ((count / 20) | 0) === 0)
      writer.add({ op: "mark", time, heap: "core", name: `part-${writer.rows}`, command: "" });
  }
  writer.end();
  closeSync(descriptor);
  const { size } = statSync(path);
  console.log(
    `${count.toLocaleString("en")} events, ${size.toLocaleString("en")} bytes, ${(size / count).toFixed(2)} bytes an event`,
  );
}

/** Runs a program of its own, as its memory is measured. @param {string} what @param {string[]} args */
function measure(what, args) {
  const probe = `process.on("exit",()=>{const{maxRSS,userCPUTime,systemCPUTime}=process.resourceUsage();console.error("used",maxRSS,userCPUTime+systemCPUTime)})`;
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(probe)}`, ...args],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  const [, kib = 0, cpu = 0] = /used (\d+) (\d+)/.exec(stderr) ?? [];
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${what}: ${seconds} s, ${(Number(cpu) / 1e6).toFixed(1)} s of CPU, ${(Number(kib) / 1024).toFixed(0)} MiB at most`,
  );
  console.log(stdout.split("\n").slice(0, 2).join("\n"));
}
