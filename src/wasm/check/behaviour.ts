// What clang's UndefinedBehaviorSanitizer notices, in its own words; and sizes that were cut before an allocation.
import type { CMemory } from "../instance/memory.ts";

/** Memory of struct SourceLocation: file, line, column; then pointers to types. compiler-rt of LLVM 16 to 22, ubsan_value.h. */
interface BehaviourType {
  readonly name: string;
  readonly bits: number;
  readonly signed: boolean;
  readonly float: boolean;
}

/** What a handler knows. */
interface Operands {
  readonly type: (n: number) => BehaviourType;
  readonly a: (type: BehaviourType) => bigint;
  readonly b: (type: BehaviourType) => bigint;
}

const SIGNS = ["+", "-", "*"] as const;

/** By the numbers of device/wasm/runtime/undefined.c. */
const WORDS: readonly ((operands: Operands) => string)[] = [
  ...SIGNS.map((sign) => ({ type, a, b }: Operands) => {
    const of = type(0);
    return `signed integer overflow: ${a(of)} ${sign} ${b(of)} cannot be represented in type ${of.name}`;
  }),
  ({ type, a }) => `negation of ${a(type(0))} cannot be represented in type ${type(0).name}`,
  ({ type, a, b }) =>
    b(type(0)) === 0n
      ? "division by zero"
      : `division of ${a(type(0))} by ${b(type(0))} cannot be represented in type ${type(0).name}`,
  ({ type, a, b }) => {
    const [left, by] = [type(0), b(type(1))];
    if (by < 0n) return `shift exponent ${by} is negative`;
    if (by >= BigInt(left.bits)) return `shift exponent ${by} is too large for ${left.bits}-bit type ${left.name}`;
    return `left shift of ${a(left)} by ${by} places cannot be represented in type ${left.name}`;
  },
  ({ type, a }) => `index ${a(type(1))} out of bounds for type ${type(0).name}`,
  () => "execution reached an unreachable program point",
  () => "execution reached the end of a value-returning function without returning a value",
  ({ type, a }) => `variable length array bound evaluates to non-positive value ${a(type(0))}`,
  () => "a floating-point value is outside the range of the type that it is converted to",
  ({ type, a }) => `load of value ${a(type(0))}, which is not a valid value for type ${type(0).name}`,
  () => "passing zero to a builtin that has no answer for it",
  () => "null pointer passed to an argument that is declared to never be null",
  () => "pointer arithmetic overflowed",
];

/** The handler of an index: an access beside an array is noticed by its memory, too. */
export const OUT_OF_BOUNDS = 6;

/** The words for what a handler was called with. */
export function behaviourWords(memory: CMemory, check: number, data: number, a: number, b: number): string {
  const { word } = memory;
  const type = (n: number): BehaviourType => readType(memory, memory.size(data + word + 8 + n * word));
  const value = (raw: number) => (of: BehaviourType) => operandOf(memory, raw, of);
  return WORDS[check]?.({ type, a: value(a), b: value(b) }) ?? "undefined behaviour";
}

function readType(memory: CMemory, at: number): BehaviourType {
  const [kind, info] = [memory.u32(at) & 0xffff, memory.u32(at) >>> 16];
  // With its quotes.
  const name = memory.text(at + 4);
  return { name, bits: kind === 0 ? 1 << (info >> 1) : info, signed: (info & 1) === 1, float: kind === 1 };
}

/** Small values are passed as words, larger ones by where they lie. */
function operandOf(memory: CMemory, raw: number, { bits, signed }: BehaviourType): bigint {
  const wide = bits > 8 * memory.word;
  const value = wide ? unsignedAt(memory, raw, 64) : BigInt(raw);
  return signed ? BigInt.asIntN(Math.min(64, bits), value) : BigInt.asUintN(Math.min(64, bits), value);
}

/** Products and sums that were cut lately, with the type that cut them: `teemem_wraps` of the runtime. */
const REMEMBERED = 64;

/** Bytes that a header or an alignment adds to a size, or that are taken from it. */
const ADDED = 64;

/** A number that was cut, near a size that somebody asks for. */
interface CutNumber {
  /** `file:line` of the product or sum. */
  readonly place: { readonly file: string; readonly line: number };
  /** It is the size itself, which no chance explains. */
  readonly same: boolean;
  /** Words for what is found if the size comes from it. */
  readonly words: string;
}

/** Numbers that were cut before `count`, the newest last, from which a size may come. `wraps`: where they lie. */
export function* cutNumbers(memory: CMemory, wraps: number, count: number, size: number): Generator<CutNumber> {
  const { word } = memory;
  for (let n = Math.min(count, REMEMBERED); n > 0; n--) {
    const entry = wraps + ((count - n) % REMEMBERED) * 3 * word;
    const data = memory.size(entry);
    const type = readType(memory, memory.size(data + word + 8));
    if (type.bits < 16 || type.bits > 8 * word) continue;
    const rest = Number(unsignedAt(memory, entry + 2 * word, type.bits));
    if (Math.abs(size - rest) > ADDED) continue;
    yield {
      place: { file: memory.text(memory.size(data)), line: memory.u32(data + word) },
      same: size === rest && size > 0,
      words: `the size is what is left of an unsigned integer overflow in type ${type.name}`,
    };
  }
}

/** All bits of a number, which `memory.size` does not give beyond 2^53. */
function unsignedAt(memory: CMemory, at: number, bits: number): bigint {
  return bits <= 32
    ? BigInt.asUintN(bits, BigInt(memory.u32(at)))
    : (BigInt(memory.u32(at + 4)) << 32n) | BigInt(memory.u32(at));
}
