// Inputs that are well formed and say nonsense: what changes of bytes seldom reach, as sums and compression are in the way.
import { createRecordingWriter } from "../../dist/recording/recording_writer.js";

const OPS = [
  "malloc",
  "calloc",
  "realloc",
  "memalign",
  "free",
  "free_wipe",
  "found",
  "mark",
  "enter",
  "leave",
  "sample",
  "add_pool",
];
const HEAPS = [
  "core",
  "ldelf",
  "ta-8aaaf200-2450-11e4-abe2-0002a5d5c51b",
  "__proto__",
  "constructor",
  "",
  "nexus",
  "\x1b[31m",
  "Heap",
];
const PLACES = [
  "a.c:1",
  "a.c:2",
  "lib/b.c:99999",
  "unknown",
  "before",
  "",
  "__proto__:1",
  "\u202e.c:1",
  "x".repeat(300),
  "<&\"'>.c:3",
];
const NAMES = [
  "open",
  "invoke 3",
  "close",
  "destroy",
  "create",
  "boot",
  "Heap",
  "8aaaf200-2450-11e4-abe2-0002a5d5c51b",
  "toString",
  "\n",
  "",
];
const NUMBERS = [0, 1, 8, 16, 24, 100, 4095, 4096, 65536, 2 ** 30, 2 ** 31, 2 ** 32, 2 ** 52, 2 ** 53, 2 ** 64];

/** A recording of random rows; most of them are what a heap could do. */
export async function madeRecording(random) {
  const pieces = [];
  const head = { origin: random.pick(NAMES), version: random.pick(["4.0.0", "", "4.99", "__proto__"]) };
  const writer = await createRecordingWriter(head, (bytes) => void pieces.push(bytes.slice()), 1 + random.below(100));
  for (const row of rowsOf(random)) writer.add(row);
  writer.end();
  return Buffer.concat(pieces);
}

/** The same as a heap trace of one heap. */
export function madeTrace(random) {
  const letters = {
    malloc: "M",
    calloc: "C",
    realloc: "R",
    memalign: "A",
    free: "F",
    free_wipe: "W",
    found: "M",
    add_pool: "P",
  };
  const lines = [`# OP-TEE 4.0.0 heap event trace, context ${random.pick(HEAPS)}`];
  const whole = (value) => BigInt(value).toString();
  for (const row of rowsOf(random)) {
    const letter = letters[row.op];
    if (letter === undefined) lines.push(`# mark begin ${row.name} (${row.command ?? ""})`);
    else {
      const addresses = [row.pointer, row.result].map((value) => BigInt(value).toString(16));
      const numbers = [addresses[0], whole(row.size), whole(row.arg), addresses[1], whole(row.allocated)];
      lines.push([row.instance, whole(row.time), letter, ...numbers, row.thread, row.func, row.place].join("\t"));
    }
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}

function* rowsOf(random) {
  const wild = random.chance(0.5) ? 0.02 : 0;
  const number = (usual) => (random.chance(wild) ? random.pick(NUMBERS) : usual);
  const heaps = Array.from({ length: 1 + random.below(3) }, () => random.pick(HEAPS));
  const begun = new Set();
  const live = [];
  const count = 1 + random.below(random.chance(0.1) ? 3000 : 200);
  let time = 0;
  for (let n = 0; n < count; n++) {
    time += random.chance(0.05) ? 0 : random.below(1000);
    const heap = random.pick(heaps);
    const instance = 1 + random.below(2);
    const common = {
      heap,
      instance,
      time: number(time),
      thread: random.pick(["0", "-1", "-"]),
      func: random.pick(["f", ""]),
      place: random.pick(PLACES),
    };
    const none = {
      pointer: 0,
      size: 0,
      arg: 0,
      result: 0,
      allocated: 0,
      name: random.pick(NAMES),
      command: random.pick(NAMES),
    };
    const key = `${heap} ${instance}`;
    if (!begun.has(key)) {
      begun.add(key);
      yield { ...common, ...none, op: "add_pool", pointer: number(0x1000), size: number(65536) };
      continue;
    }
    const op = random.chance(wild)
      ? random.pick(OPS)
      : random.pick([...OPS.slice(0, 6), "malloc", "malloc", ...(random.chance(0.2) ? OPS : [])]);
    const row = { ...common, ...none, op, allocated: number(random.below(65536)) };
    if (op === "sample") {
      const size = 1 + random.below(70000);
      const counters = {
        allocated: random.below(size),
        maxAllocated: random.below(size),
        size,
        failures: random.below(5),
        biggestFailure: random.below(99999),
        biggestFailureUsed: random.below(size),
      };
      yield { ...row, counters, allocated: counters.allocated, size };
    } else if (op === "free" || op === "free_wipe")
      yield { ...row, pointer: number(random.chance(0.1) ? 0x1100 : (live.pop() ?? 0)) };
    else {
      const result = random.chance(0.1) ? 0 : 0x1000 + 16 * random.below(4096);
      if (result !== 0) live.push(result);
      const pointer = op === "realloc" && random.chance(0.5) ? (live.pop() ?? 0) : 0;
      yield {
        ...row,
        pointer: number(pointer),
        size: number(random.below(500)),
        arg: number(random.pick([0, 1, 3, 16, 64])),
        result: number(result),
      };
    }
  }
}
