// @ts-check
// Compares the heap operations of C TAs with those of the recorded board, OP-TEE 4.0.0.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { teemem, why } from "./programs.js";

const BOARD = fileURLToPath(new URL("../../data/optee-4.0.0/", import.meta.url));
/** TAs whose heap lies where the board's linker had put it, too. */
const WITH_ADDRESSES = /^example/;
/** TAs that a board links with shared libraries: os_test has them inside here. */
const OTHERWISE_LINKED = new Set(["5b9e0e40-2636-11e1-ad9e-0002a5d5c51b"]);

/** One operation. @typedef {{ op: string, size: number, arg: number, result: number, allocated: number }} Operation */

/** @param {import("./trees.js").Trees} trees @param {readonly import("./clients.js").Made[]} recordings @param {import("./table.js").Table} table */
export function compareWithRecorded(trees, recordings, table) {
  if (recordings.length === 0) return;
  const release = /^4\.0\./.test(releaseOf(trees.os));
  if (!release || (trees.target ?? "wasm64") !== "wasm64") {
    table.add("operations of the recorded board", "skipped", "they are those of 4.0.0 with 64 bits");
    return;
  }
  const board = recordedBoard();
  for (const { name, file } of recordings) {
    const expected = board.get(name);
    if (expected === undefined) continue;
    const exported = teemem(["export", file, "-f", "json"]);
    if (!exported.ok) {
      table.add(`operations of ${name}`, "failed", why(exported));
      continue;
    }
    const found = instancesOf(JSON.parse(exported.out).heaps);
    for (const [uuid, instances] of expected) {
      const problem = difference(instances, found.get(uuid) ?? [], WITH_ADDRESSES.test(name));
      const operations = instances.reduce((sum, { length }) => sum + length, 0);
      const what = `operations of ${name} in ${uuid.slice(0, 8)}`;
      table.add(what, problem === null ? "passed" : "failed", problem ?? `${operations} as on the board`);
    }
  }
}

/** @param {string} tree */
function releaseOf(tree) {
  const text = readFileSync(`${tree}/mk/config.mk`, "utf8");
  const number = (/** @type {string} */ name) => new RegExp(`^${name}\\s*\\?=\\s*(\\d+)`, "m").exec(text)?.[1] ?? "?";
  return `${number("CFG_OPTEE_REVISION_MAJOR")}.${number("CFG_OPTEE_REVISION_MINOR")}.0`;
}

/** Places an address within its pool: pools lie elsewhere on a board. @param {number} address @param {number} pool */
const inPool = (address, pool) => (address === 0 ? 0 : address - pool);

/** What the board did in each test, by TA and instance; without the pools. @returns {Map<string, Map<string, Operation[][]>>} */
function recordedBoard() {
  /** @type {Map<string, Map<string, Operation[][]>>} */
  const board = new Map();
  for (const name of readdirSync(BOARD).filter((one) => one.startsWith("ta-") && one.endsWith(".trace.gz"))) {
    const uuid = name.slice(3, -9);
    if (OTHERWISE_LINKED.has(uuid)) continue;
    /** @type {Map<string, { pool: number, list: Operation[] }>} */
    const instances = new Map();
    let mark = "";
    for (const line of gunzipSync(readFileSync(BOARD + name))
      .toString()
      .split("\n")) {
      if (line.startsWith("# mark begin")) mark = line.split(" ")[3] ?? "";
      const [instance = "", , op = "", pointer = "", size, arg, result = "", allocated] = line.split("\t");
      if (line.startsWith("#") || op === "") continue;
      if (op === "P") {
        const one = { pool: Number.parseInt(pointer, 16), list: [] };
        instances.set(instance, one);
        const tas = board.get(mark) ?? new Map();
        board.set(mark, tas.set(uuid, [...(tas.get(uuid) ?? []), one.list]));
        continue;
      }
      const { pool = 0, list = [] } = instances.get(instance) ?? {};
      const at = inPool(Number.parseInt(result, 16), pool);
      list.push({ op, size: Number(size), arg: Number(arg), result: at, allocated: Number(allocated) });
    }
  }
  return board;
}

const LETTERS = new Map(
  Object.entries({ malloc: "M", calloc: "C", realloc: "R", memalign: "A", free: "F", free_wipe: "W" }),
);

/** @param {readonly any[]} heaps @returns {Map<string, Operation[][]>} */
function instancesOf(heaps) {
  /** @type {Map<string, Operation[][]>} */
  const found = new Map();
  for (const { heap, instances, events } of heaps) {
    if (!heap.startsWith("ta-")) continue;
    /** @type {Operation[][]} */
    const lists = instances.map(() => []);
    /** @type {number[]} */
    const pools = [];
    for (const { instance, op, pointer, size, arg, result, allocated } of events) {
      if (op === "add_pool") pools[instance] = pointer;
      else
        lists[instance]?.push({
          op: LETTERS.get(op) ?? op,
          size,
          arg,
          result: inPool(result, pools[instance] ?? 0),
          allocated,
        });
    }
    found.set(heap.slice(3), lists);
  }
  return found;
}

/** The first difference as a sentence, or null. @param {readonly Operation[][]} board @param {readonly Operation[][]} here @param {boolean} addresses */
function difference(board, here, addresses) {
  if (board.length !== here.length) return `${here.length} instances, ${board.length} on the board`;
  for (const [n, wanted] of board.entries()) {
    const got = here[n] ?? [];
    for (const [row, operation] of wanted.entries()) {
      const other = got[row];
      const same = (/** @type {keyof Operation} */ field) => operation[field] === other?.[field];
      const placed = addresses ? same("result") : (operation.result === 0) === (other?.result === 0);
      if (same("op") && same("size") && same("arg") && same("allocated") && placed) continue;
      return `instance ${n + 1}, operation ${row + 1}: ${JSON.stringify(other)}, on the board ${JSON.stringify(operation)}`;
    }
    if (got.length !== wanted.length)
      return `instance ${n + 1}: ${got.length} operations, ${wanted.length} on the board`;
  }
  return null;
}
