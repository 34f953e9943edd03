// Imports counters from outputs of xtest.
import { ok, type Result } from "../base/result.ts";
import { eachLine } from "../xtest/fault.ts";
import { scan } from "../xtest/scan.ts";
import type { PrintedRecord } from "../xtest/stat_lines.ts";
import type { Recording, Sample } from "./recording.ts";

/** The uptime in seconds that a capture script printed before a report. */
const UPTIME = /\buptime (\d+(?:\.\d+)?)/;
const SECOND = 1e6;

/**
 * Takes the counters out of a log of `xtest --stats --alloc` and `--ta`, once or in a loop, with anything between. A report
 * has the time of the last "uptime SECONDS" or `--time` before it; in a log without any, reports are numbered from 0.
 * Damaged reports are left out.
 */
export function importXtest(text: string, origin: string): Result<Recording> {
  const samples: Sample[] = [];
  const lines = eachLine(text);
  let clock = -1;
  let reports = 0;
  let read = 0;
  for (const found of scan(text)) {
    for (; read < found.from; read++) {
      const uptime = UPTIME.exec(lines.next().value ?? "")?.[1];
      if (uptime !== undefined) clock = Math.round(Number(uptime) * SECOND);
    }
    const time = clock >= 0 ? clock : reports;
    if (found.kind === "time") clock = found.value.tee.seconds * SECOND + found.value.tee.millis * 1000;
    else if (found.kind === "alloc") {
      // A pool without a name and without bytes is none of that build's.
      for (const pool of found.value) if (pool.size !== 0) samples.push(sampleOf(time, pool.name, pool));
    } else if (found.kind === "ta") for (const { uuid, heap } of found.value) samples.push(sampleOf(time, uuid, heap));
    if (found.kind === "alloc" || found.kind === "ta") reports++;
  }
  samples.sort((a, b) => a.time - b.time);
  return ok({ origin, version: "", traces: [], samples, entries: [] });
}

function sampleOf(time: number, heap: string, printed: PrintedRecord): Sample {
  const { name: _name, fragmentation: _percent, cut: _cut, ...stats } = printed;
  return { time, heap, stats };
}
