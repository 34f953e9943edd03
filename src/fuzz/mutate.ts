// Changes inputs: a little, at random, with words of the TA's own, and with what it compared an input's words with.
import {
  callOf,
  type FuzzCall,
  type FuzzInput,
  type FuzzParam,
  MOST_BYTES,
  NO_FUZZ_PARAMS,
  OPEN,
  opens,
  retyped,
  type Signature,
  typesOf,
  withParam,
} from "./input.ts";
import type { Random } from "./random.ts";

/** Two numbers that the TA found unequal. */
export interface ComparedPair {
  readonly a: bigint;
  readonly b: bigint;
  readonly bytes: number;
}

/** What mutation draws from. */
export interface Words {
  /** Bytes that the TA has as constants. */
  readonly dictionary: readonly Uint8Array[];
  /** Commands that it is known to have. */
  readonly commands: readonly number[];
  /** Parameters that commands are known to ask for. */
  readonly signatures: readonly Signature[];
  /** What it compared lately. */
  readonly comparisons: readonly ComparedPair[];
}

/** Calls of a session, at most. */
const MOST_CALLS = 16;

/** One change in so many gives an input a session of its own, or takes it away. */
const OPENED = 100;

const TYPES = [0, 1, 2, 3, 5, 6, 7] as const;

/** Values at which C programs change their mind. */
const EDGES = [
  0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 33, 63, 64, 127, 128, 255, 256, 1023, 1024, 4095, 4096, 65535, 65536,
].concat([0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 0x10000000, 0x20000000, 0x40000000, 0x0fffffff]);

/** An input like another one. */
export function mutated(input: FuzzInput, random: Random, words: Words, other: FuzzInput): FuzzInput {
  let now = input;
  for (let changes = 1 + random.below(4); changes > 0; changes--) now = changedOnce(now, random, words, other);
  // A session is opened once.
  return now.filter(({ command }, n) => n === 0 || command !== OPEN).slice(0, MOST_CALLS);
}

function changedOnce(input: FuzzInput, random: Random, words: Words, other: FuzzInput): FuzzInput {
  const at = random.below(input.length);
  const call = input[at] as FuzzCall;
  const replaced = (one: FuzzCall): FuzzInput => input.map((old, n) => (n === at ? one : old));
  if (random.once(OPENED))
    return opens(input) ? input.slice(1 - Number(input.length === 1)) : [newOpen(random, words), ...input];
  const what = random.below(20);
  if (what === 0 && input.length < MOST_CALLS)
    return [...input.slice(0, at + 1), newCall(random, words), ...input.slice(at + 1)];
  if (what === 1 && input.length > 1) return input.filter((_, n) => n !== at);
  if (what === 2 && input.length < MOST_CALLS) return [...input.slice(0, at), call, ...input.slice(at)];
  if (what === 3) return [...input.slice(0, at), ...other].slice(0, MOST_CALLS);
  if (what === 4)
    return replaced(random.once(2) ? newCall(random, words) : { ...call, command: newCommand(random, words) });
  if (what === 5) {
    const n = random.below(4);
    const old = call.params[n] as FuzzParam;
    return replaced({ ...call, params: withParam(call.params, n, retyped(old, random.pick(TYPES))) });
  }
  if (what < 12 && words.comparisons.length > 0)
    return replaced(compared(call, random, random.pick(words.comparisons)));
  const used = call.params.flatMap(({ type }, n) => (type === 0 ? [] : [n]));
  if (used.length === 0 && call.command !== OPEN) return replaced({ ...call, command: newCommand(random, words) });
  if (used.length === 0) return replaced(newOpen(random, words));
  const n = random.pick(used);
  return replaced({
    ...call,
    params: withParam(call.params, n, changedParam(call.params[n] as FuzzParam, random, words)),
  });
}

function newOpen(random: Random, words: Words): FuzzCall {
  const known = words.signatures.filter(({ command }) => command === OPEN);
  return known.length > 0 ? callOf(random.pick(known)) : { command: OPEN, params: NO_FUZZ_PARAMS };
}

function newCommand(random: Random, { commands }: Words): number {
  if (commands.length > 0 && !random.once(8)) return random.pick(commands);
  return random.once(4) ? random.below(2 ** 32) : random.below(32);
}

function newCall(random: Random, words: Words): FuzzCall {
  const known = words.signatures.filter(({ command }) => command !== OPEN);
  if (known.length > 0 && !random.once(4)) return callOf(random.pick(known));
  return { command: newCommand(random, words), params: NO_FUZZ_PARAMS };
}

function changedParam(param: FuzzParam, random: Random, words: Words): FuzzParam {
  if ("a" in param) {
    const half = random.once(4) ? "b" : "a";
    return { ...param, [half]: changedWord(param[half], random) };
  }
  return "bytes" in param ? { ...param, bytes: changedBytes(param.bytes, random, words) } : param;
}

function changedWord(word: number, random: Random): number {
  const what = random.below(5);
  if (what === 0) return random.pick(EDGES);
  if (what === 1) return (word + random.pick(EDGES.slice(0, 12))) >>> 0;
  if (what === 2) return (word - random.pick(EDGES.slice(0, 12))) >>> 0;
  if (what === 3) return (word ^ (1 << random.below(32))) >>> 0;
  return random.below(2 ** 32);
}

function changedBytes(bytes: Uint8Array, random: Random, { dictionary }: Words): Uint8Array {
  const what = random.below(8);
  if (what === 0)
    return resized(
      bytes,
      Math.min(MOST_BYTES, random.once(3) ? random.below(MOST_BYTES) : random.pick(EDGES.slice(0, 20))),
    );
  if (what === 1) return resized(bytes, Math.max(0, Math.min(MOST_BYTES, bytes.length + random.below(5) - 2)));
  if (bytes.length === 0) return resized(bytes, 1 + random.below(64));
  const at = random.below(bytes.length);
  const changed = bytes.slice();
  if (what === 2) changed[at] = (changed[at] as number) ^ (1 << random.below(8));
  else if (what === 3) changed[at] = random.once(2) ? random.below(256) : 0x20 + random.below(0x5f);
  else if (what === 4) changed[at] = ((changed[at] as number) + random.below(9) - 4) & 255;
  else if (what === 5) put(changed, at, littleEndian(BigInt(random.pick(EDGES)), random.pick([1, 2, 4, 8])));
  else if (what === 6 && dictionary.length > 0) put(changed, at, random.pick(dictionary));
  else changed.copyWithin(at, random.below(bytes.length), random.below(bytes.length));
  return changed;
}

/** Puts one side of a comparison where the input has the other: in the command, the types, a word, a size, or bytes. */
function compared(call: FuzzCall, random: Random, { a, b, bytes }: ComparedPair): FuzzCall {
  const [have, want] = random.once(2) ? [a, b] : [b, a];
  const off = random.once(4) ? BigInt(random.below(3) - 1) : 0n;
  const word = Number(BigInt.asUintN(32, want + off));
  const ways: (() => FuzzCall)[] = [];
  if (BigInt(call.command) === have) ways.push(() => ({ ...call, command: word }));
  if (BigInt(typesOf(call.params)) === have)
    ways.push(() => ({
      ...call,
      params: [0, 1, 2, 3].map((n) =>
        retyped(call.params[n] as FuzzParam, (word >>> (4 * n)) & 15),
      ) as unknown as FuzzCall["params"],
    }));
  for (const [n, param] of call.params.entries()) {
    const put_ = (one: FuzzParam) => (): FuzzCall => ({ ...call, params: withParam(call.params, n, one) });
    if ("a" in param) {
      if (BigInt(param.a) === have) ways.push(put_({ ...param, a: word }));
      if (BigInt(param.b) === have) ways.push(put_({ ...param, b: word }));
    }
    if (!("bytes" in param)) continue;
    if (BigInt(param.bytes.length) === have && want <= BigInt(MOST_BYTES))
      ways.push(put_({ ...param, bytes: resized(param.bytes, Math.min(MOST_BYTES, word)) }));
    const at = indexOf(param.bytes, littleEndian(have, bytes));
    if (at >= 0) {
      const changed = param.bytes.slice();
      put(changed, at, littleEndian(want + off, bytes));
      ways.push(put_({ ...param, bytes: changed }));
    }
  }
  return ways.length === 0 ? call : random.pick(ways)();
}

function littleEndian(value: bigint, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, n) => Number((BigInt.asUintN(64, value) >> BigInt(8 * n)) & 255n));
}

function indexOf(bytes: Uint8Array, part: Uint8Array): number {
  for (let at = 0; at + part.length <= bytes.length; at++) {
    let n = 0;
    while (n < part.length && bytes[at + n] === part[n]) n++;
    if (n === part.length) return at;
  }
  return -1;
}

function put(bytes: Uint8Array, at: number, part: Uint8Array): void {
  bytes.set(part.subarray(0, bytes.length - at), at);
}

export function resized(bytes: Uint8Array, length: number): Uint8Array {
  const changed = new Uint8Array(length);
  changed.set(bytes.subarray(0, length));
  return changed;
}
