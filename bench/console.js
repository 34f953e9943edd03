// @ts-check
// Secure-console logs with leak lists: whole, and with one of a hundred bytes destroyed.
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as doors from "./doors.js";
import { measure } from "./measure.js";

const { readConsoleLog } = doors.xtest;

const LIST = new URL("../test/fixtures/xtest/4.0.0/36-after-memleak.secure.log.gz", import.meta.url);
const LINES = 1_000_000;

/** @returns {Promise<import("./run.js").Row[]>} */
export async function consoleRows() {
  if (!existsSync(LIST)) return [];
  const list = gunzipSync(readFileSync(LIST)).toString("latin1").replaceAll("\n", "\r\n");
  const rounds = Math.ceil(LINES / (list.split("\n").length - 1));
  const whole = Buffer.from(list.repeat(rounds), "latin1");
  const rows = [];
  for (const [name, log] of /** @type {const} */ ([
    ["console log, leak lists", whole],
    ["console log, 1 % destroyed", damaged(whole)],
  ])) {
    const lines = log.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
    const result = await measure({
      prepare: () => ({ log, lists: 0 }),
      work: (state) => {
        state.lists = readConsoleLog(state.log).lists.length;
        return lines;
      },
      verify: ({ lists }) => {
        if (lists < rounds / 2) throw new Error(`${lists} lists found, ${rounds} are there`);
      },
    });
    const median = result.runs[result.runs.length >> 1] ?? Number.NaN;
    rows.push({
      name,
      allocator: "teemem",
      ...result,
      note: `${Math.round((log.length / lines / median) * 1e3)} MB/s`,
    });
  }
  return rows;
}

/** @param {Uint8Array} log */
function damaged(log) {
  const bytes = Uint8Array.from(log);
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  for (let at = 0; at < bytes.length; at++) if (random() < 0.01) bytes[at] = random() * 256;
  return bytes;
}
