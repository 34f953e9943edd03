// @ts-check
// Sizes the core heap for a recorded run by replay: each size is tried with the allocator itself, first fit and best fit.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parseRecordedTrace, siteOf, whatIf } from "teemem/replay";

const FILE = new URL("../data/optee-4.0.0/core.trace.gz", import.meta.url);
const read = parseRecordedTrace(gunzipSync(readFileSync(FILE)));
if (!read.ok) throw new Error(read.error);
const trace = read.value;

/** @type {("first" | "best")[]} */
const FITS = ["first", "best"];
for (const fit of FITS) {
  for (let pool = 48 * 1024; pool <= 80 * 1024; pool += 4096) {
    // A request that failed on the board, too, says nothing about the size.
    const report = whatIf(trace, { pool, fit, stopAfter: 1 });
    const lost = report.ok ? report.value.refused.find(({ recorded }) => !recorded) : undefined;
    const size = `${fit.padEnd(5)} ${pool / 1024} KiB`;
    if (!report.ok) console.log(`${size}: ${report.error}`);
    else if (lost !== undefined) {
      const { size: bytes, free, largestFree, mark, row } = lost;
      const { place } = siteOf(trace, row);
      console.log(
        `${size}: ${bytes} bytes for ${place} failed in ${mark || "the boot"}; ${free} free, largest ${largestFree}`,
      );
    } else {
      console.log(`${size} is enough, peak ${Math.max(...report.value.lives.map(({ peak }) => peak))}`);
      break;
    }
  }
}
