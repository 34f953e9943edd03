// @ts-check
// Turns a recorded heap into a profile for `go tool pprof`, speedscope or Pyroscope, and lists the top call sites at the peak.
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { heapReport } from "teemem/analyze";
import { FORMATS, selectRows } from "teemem/export";
import { importRecording } from "teemem/recording";

// A heap trace, a recording, a console log or output of xtest: the first bytes show which.
const FILE = new URL("../data/optee-4.0.0/core.trace.gz", import.meta.url);
const recording = await importRecording(gunzipSync(readFileSync(FILE)), "core.trace");
if (!recording.ok) throw new Error(recording.error);
const selection = selectRows(recording.value, { heap: (context) => context === "core", mark: "pkcs11-1007" });
if (!selection.ok) throw new Error(selection.error);

for (const { trace, range } of selection.value.heaps) {
  const report = heapReport(trace, { range });
  if (report === undefined) continue;
  const { bytes, pool, line, bySite } = report.peak;
  console.log(`peak of ${trace.context} in ${selection.value.mark}: ${bytes} of ${pool} bytes, line ${line}`);
  for (const top of bySite.slice(0, 5)) console.log(`  ${top.bytes} bytes in ${top.blocks} blocks  ${top.site}`);
}

const pprof = FORMATS.find(({ name }) => name === "pprof");
if (pprof === undefined) throw new Error("no pprof here");
const chunks = [...pprof.chunks(selection.value, { at: "peak", samples: false, onRows() {} })];
const file = process.argv[2] ?? join(tmpdir(), "core.pb.gz");
writeFileSync(file, gzipSync(Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)))));
console.log(`go tool pprof -top ${file}`);
