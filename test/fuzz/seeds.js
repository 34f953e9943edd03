// Inputs to begin with, one or more of each kind that a command reads. All are small.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { importRecording } from "../../dist/recording/import_recording.js";
import { createRecordingWriter } from "../../dist/recording/recording_writer.js";
import { writeRecording } from "../../dist/recording/write_recording.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const KEPT = ["test/fixtures/attack", "test/fixtures/xtest", "test/fixtures/recorded"];
const LARGEST = 200_000;

const GOLDEN = `# a heap
arena 65536
pool 0 4096
pool 8192 30000
m 1 100 a.c 12
c 2 3 50
a 3 64 200 b.c 1
r 1 4 300
f 2
opt stats 1
s
p 3 4 255
q 0 4096
churn 10 7 500 16 1 400 30 10
v
d
w 4
x 3
`;
const BUDGET = `recordings: [run.trace]
heaps:
  core: { peak: 90 %, fragmentation: 85 %, failures: 0, blocks: 60, leaks: { core/mm/mobj.c: 1k, others: 20k } }
  ta-*: { peak: 75 % }
total: { peak: 200k, failures: 3 }
`;
const CONSOLE = `D/TC:0 0 tee_ta_init_pseudo_ta_session:299 Lookup pseudo TA d96a5b40-e2c7-b1af-8794-1002a5d5c61b
E/TC:1 0 print_oom:185 Memory allocation failed: size 800 context 0x6e214088
E/TC:1 0 TEE load address @ 0x6e15b000
E/TC:1 0 Call stack:
E/TC:1 0  0x6e1664e0
I/TC: buffer: 24 bytes core/mm/tee_mm.c:19
I/TC: bufer: 24 bytes core/mm/tee_mm.c:19
*I/TC: buffer: 8x bytes core/mm/tee_mm.c:19
I/TC: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:935
E/TC:? 0 TA panicked with code 0xffff000f
E/LD:  Status of TA 5b9e0e40-2636-11e1-ad9e-0002a5d5c51b
E/LD:   arch: aarch64
E/LD:  region  0: va 0x40005000 pa 0x0e31e000 size 0x002000 flags rw-s (ldelf)
E/LD:  region  2: va 0x40049000 pa 0x00001000 size 0x011000 flags r-xs [0]
E/LD:   [0] 5b9e0e40-2636-11e1-ad9e-0002a5d5c51b @ 0x40049000
E/LD:  Call stack:
E/LD:   0x4005a2c4
`;

/** Names and bytes of all seeds. */
export async function seeds() {
  const found = new Map([
    ["golden.trace", Buffer.from(GOLDEN)],
    ["budget.yaml", Buffer.from(BUDGET)],
    ["console.log", Buffer.from(CONSOLE)],
  ]);
  for (const folder of KEPT)
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ))
      if (entry.isFile()) add(entry.name, readFileSync(join(ROOT, folder, entry.name)));
  add("core-heap.bin", readFileSync(join(ROOT, "data/optee-4.0.0/core-heap.bin.gz")));
  found.set("core.elf", elfOf(found.get("core-heap.bin")));
  for (const name of ["ta-8aaaf200-2450-11e4-abe2-0002a5d5c51b", "ldelf"]) {
    const text = gunzipSync(readFileSync(join(ROOT, `data/optee-4.0.0/${name}.trace.gz`))).toString();
    const short = Buffer.from(`${text.split("\n").slice(0, 150).join("\n")}\n`);
    found.set(`${name}.trace`, short);
    found.set(`${name}.arrows`, await recordingOf(short, name));
  }
  return found;

  function add(name, bytes) {
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = zipped ? gunzipSync(bytes) : bytes;
    if (plain.length < LARGEST) found.set(name.replace(/\.gz$/, ""), plain);
  }
}

async function recordingOf(text, origin) {
  const read = await importRecording(text, origin);
  if (!read.ok) throw new Error(read.error);
  const stats = { allocated: 10, maxAllocated: 20, size: 4096, failures: 1, biggestFailure: 9, biggestFailureUsed: 9 };
  const [trace] = read.value.traces;
  const calls = [{ trace: 0, instance: 0, name: "invoke 3", from: 2, to: 9, uuid: "" }];
  const samples = [1, 2, 3].map((time) => ({ time, heap: "Heap", stats: { ...stats, free2Sum: 7n } }));
  const recording = { ...read.value, samples, entries: trace === undefined ? [] : calls };
  const pieces = [];
  const writer = await createRecordingWriter(recording, (bytes) => void pieces.push(bytes.slice()), 100);
  writeRecording(recording, writer);
  writer.end();
  return Buffer.concat(pieces);
}

/** A core file of one segment at an address that a heap can have. */
function elfOf(bytes) {
  const head = Buffer.alloc(120);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  head.writeUInt16LE(4, 16);
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(1, 56);
  head.writeUInt32LE(1, 64);
  head.writeBigUInt64LE(120n, 72);
  head.writeBigUInt64LE(0xe1c53e0n, 80);
  head.writeBigUInt64LE(BigInt(bytes.length), 96);
  return Buffer.concat([head, bytes]);
}
