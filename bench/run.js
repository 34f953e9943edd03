// @ts-check
// npm run bench: nanoseconds per operation of the allocator, each figure the median of several runs.
import os from "node:os";
import { churnRows } from "./churn.js";
import { consoleRows } from "./console.js";
import { recordingRows } from "./recording.js";
import { sweepRows } from "./sweep.js";
import { traceRows } from "./trace.js";

/**
 * @typedef {object} Row
 * @property {string} name What was run.
 * @property {string} allocator
 * @property {number} operations
 * @property {number[]} runs Nanoseconds per operation of each run, ascending.
 * @property {string} note
 */

/** @param {Row[]} rows */
function print(rows) {
  const lines = rows.map(({ name, allocator, operations, runs, note }) => [
    name,
    allocator,
    operations.toLocaleString("en"),
    at(runs, 0.5),
    at(runs, 0),
    at(runs, 1),
    note,
  ]);
  const table = [["workload", "allocator", "operations", "ns/op", "min", "max", ""], ...lines];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of table) {
    const cells = line.map((cell, i) => (i < 2 || i > 5 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)));
    console.log(cells.join("  ").trimEnd());
  }
}

/** @param {number[]} runs @param {number} share */
function at(runs, share) {
  return (runs[Math.round(share * (runs.length - 1))] ?? Number.NaN).toFixed(1);
}

const [cpu] = os.cpus();
console.log(
  `${cpu?.model ?? "unknown processor"}, ${os.cpus().length} cores, ${os.platform()} ${os.arch()}, Node ${process.version}`,
);
print([
  ...(await traceRows()),
  ...(await sweepRows()),
  ...(await churnRows()),
  ...(await consoleRows()),
  ...(await recordingRows()),
]);
