// @ts-check
// Compares the heap operations of C TAs with those of the recorded board, OP-TEE 4.0.0.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { teemem, why } from "./programs.js";
import { releaseOf } from "./trees.js";

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
    const found = new Map(instancesOf(file).map(({ uuid, lists }) => [uuid, lists]));
    for (const [uuid, instances] of expected) {
      const problem = difference(instances, found.get(uuid) ?? [], WITH_ADDRESSES.test(name));
      const operations = instances.reduce((sum, { length }) => sum + length, 0);
      const what = `operations of ${name} in ${uuid.slice(0, 8)}`;
      table.add(what, problem === null ? "passed" : "failed", problem ?? `${operations} as on the board`);
    }
  }
}

/** Places an address within its pool: pools lie elsewhere on a board. @param {number} address @param {number} pool */
const inPool = (address, pool) => (address === 0 ? 0 : address - pool);

/** What the board did in each test, by TA and instance; without the pools. @returns {Map<string, Map<string, Operation[][]>>} */
function recordedBoard() {
  /** @type {Map<string, Map<string, Operation[][]>>} */
  const board = new Map();
  for (const name of readdirSync(BOARD).filter((one) => one.startsWith("ta-") && one.endsWith(".trace.gz"))) {
    for (const { uuid, lists, marks } of instancesOf(BOARD + name)) {
      if (OTHERWISE_LINKED.has(uuid)) continue;
      for (const [n, list] of lists.entries()) {
        const tas = board.get(marks[n] ?? "") ?? new Map();
        board.set(marks[n] ?? "", tas.set(uuid, [...(tas.get(uuid) ?? []), list]));
      }
    }
  }
  return board;
}

/** The TAs of a file: their instances' operations, and the mark that each began in. @param {string} file */
function instancesOf(file) {
  const exported = teemem(["export", file, "-f", "json"]);
  if (!exported.ok) throw new Error(`${file}: ${why(exported)}`);
  /** @type {any[]} */
  const heaps = JSON.parse(exported.out).heaps;
  return heaps
    .filter(({ heap }) => heap.startsWith("ta-"))
    .map(({ heap, instances, marks, events }) => {
      /** @type {Operation[][]} */
      const lists = instances.map(() => []);
      /** @type {number[]} */
      const pools = [];
      for (const { instance, op, pointer, size, arg, result, allocated } of events) {
        if (op === "add_pool") pools[instance] = pointer;
        else lists[instance]?.push({ op, size, arg, result: inPool(result, pools[instance] ?? 0), allocated });
      }
      /** @param {{ first: number }} instance @returns {string} */
      const markOf = ({ first }) =>
        marks.findLast((/** @type {{ row: number }} */ { row }) => row <= first)?.name ?? "";
      return { uuid: String(heap).slice(3), lists, marks: instances.map(markOf) };
    });
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
