// Changes of an input that find faults: bits, bytes, numbers, words, pieces, and heads of recordings under a right sum.
import { gzipSync } from "node:zlib";
import { headSum } from "../../dist/recording/check_sums.js";

const NUMBERS = [
  "0",
  "1",
  "-1",
  "-10",
  "7",
  "255",
  "256",
  "4095",
  "65535",
  "65536",
  "1023",
  "2147483647",
  "2147483648",
  "4294967295",
  "4294967296",
  "1073741824",
  "1073741825",
  "9007199254740991",
  "9007199254740993",
  "18446744073709551615",
  "18446744073709551616",
  "1e9",
  "0x10",
  "",
  "00000000000000000000000000000000000000000001",
];
const WORDS = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "core",
  "\x1b[31m",
  "\u202e",
  "\0",
  "\r",
  "\ufeff",
  "\t",
  "\n",
  " ",
  "ta-*",
  "*",
  "%",
  ":",
  "#",
  "(",
  "[",
  "{",
  "&a",
  "*a",
  "'",
  '"',
  "Pool:                ",
  "buffer: ",
  " bytes ",
  "arena 64",
  "I/TC: ",
  "# mark begin x (y)\n",
  "# OP-TEE 4.0.0 heap event trace, context core\n",
  "ta(",
  "P",
  "R",
  "F",
];
const LARGEST = 4 * 2 ** 20;

/** One to eight changes of `bytes`; `others` are inputs to take pieces from. */
export function mutate(bytes, others, random) {
  let changed = Buffer.from(bytes);
  const count = 1 + random.below(random.chance(0.3) ? 8 : 2);
  for (let n = 0; n < count; n++) changed = random.pick(CHANGES)(changed, random, others).subarray(0, LARGEST);
  if (isStream(changed) && random.chance(0.8)) resum(changed);
  return random.chance(0.03) ? gzipSync(changed) : changed;
}

const replaced = (bytes, from, to, by) => Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)]);

const CHANGES = [
  function flip(bytes, random) {
    if (bytes.length > 0) bytes[random.below(bytes.length)] ^= 1 << random.below(8);
    return bytes;
  },
  function set(bytes, random) {
    if (bytes.length > 0) bytes[random.below(bytes.length)] = random.pick([0, 1, 0x7f, 0x80, 0xff, 10, 32, 48]);
    return bytes;
  },
  function word(bytes, random) {
    const size = random.pick([2, 4, 8]);
    if (bytes.length < size) return bytes;
    const at = random.below(Math.floor((bytes.length - size) / size) + 1) * size;
    const value = random.pick([0n, 1n, -1n, 2n ** 31n, 2n ** 31n - 1n, 2n ** 62n, 16n, BigInt(bytes.length)]);
    for (let n = 0; n < size; n++) bytes[at + n] = Number((value >> BigInt(8 * n)) & 0xffn);
    return bytes;
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.subarray(random.below(Math.min(64, bytes.length + 1))),
  function remove(bytes, random) {
    const from = random.below(bytes.length + 1);
    return replaced(bytes, from, Math.min(bytes.length, from + random.below(64)), Buffer.alloc(0));
  },
  function again(bytes, random) {
    const from = random.below(bytes.length + 1);
    const piece = bytes.subarray(from, from + random.below(random.chance(0.2) ? bytes.length + 1 : 256));
    const at = random.below(bytes.length + 1);
    return replaced(bytes, at, at, piece);
  },
  function number(bytes, random) {
    const text = bytes.toString("latin1");
    const found = [...text.slice(0, 200_000).matchAll(/\b\d+\b/g)];
    if (found.length === 0) return bytes;
    const { index, 0: old } = random.pick(found);
    return replaced(bytes, index, index + old.length, Buffer.from(random.pick(NUMBERS)));
  },
  function name(bytes, random) {
    const text = bytes.toString("latin1");
    const found = [...text.slice(0, 200_000).matchAll(/[A-Za-z_][\w.*-]*/g)];
    if (found.length === 0) return bytes;
    const { index, 0: old } = random.pick(found);
    return replaced(bytes, index, index + old.length, Buffer.from(random.pick(WORDS)));
  },
  function insert(bytes, random) {
    const at = random.below(bytes.length + 1);
    return replaced(bytes, at, at, Buffer.from(random.pick(WORDS)));
  },
  function many(bytes, random) {
    const at = random.below(bytes.length + 1);
    const times = random.chance(0.1) ? 300_000 : random.below(2000);
    return replaced(
      bytes,
      at,
      at,
      Buffer.from(
        random
          .pick([...WORDS, "\n", "9", "a", "\xff"])
          .repeat(times)
          .slice(0, 2 ** 20),
      ),
    );
  },
  function swapLines(bytes, random) {
    const lines = bytes.toString("latin1").split("\n");
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    [lines[a], lines[b]] = [lines[b], lines[a]];
    return Buffer.from(lines.join("\n"), "latin1");
  },
  function splice(bytes, random, others) {
    const other = random.pick(others);
    return Buffer.concat([
      bytes.subarray(0, random.below(bytes.length + 1)),
      other.subarray(random.below(other.length + 1)),
    ]);
  },
];

function isStream(bytes) {
  return bytes.length > 16 && bytes.readUInt32LE(0) === 0xffffffff;
}

/** Gives heads their sums again, so that the damage gets past them. */
function resum(bytes) {
  for (let at = 0; at + 16 < bytes.length; at += 8) {
    if (bytes.readUInt32LE(at) !== 0xffffffff) continue;
    const length = bytes.readUInt32LE(at + 4);
    if (length < 16 || at + 8 + length > bytes.length) continue;
    const head = bytes.subarray(at + 8, at + 8 + length);
    head.writeInt32LE(headSum(head), length - 4);
  }
}
