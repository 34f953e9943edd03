// Wrong arguments of the library: a TypeError or a RangeError with the value and the rule.
import { isPowerOfTwo } from "../base/integer.ts";
import { valueText } from "../malloc/arguments.ts";

/** Throws unless the value is a whole number from `least` to `most`. */
export function expectWhole(value: number, name: string, least = 0, most = Number.MAX_SAFE_INTEGER): void {
  if (typeof value !== "number") throw new TypeError(`${name} is ${valueText(value)}: give a whole number`);
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const limit = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
  throw new RangeError(`${name} is ${value}: give a whole number, ${limit}`);
}

/** Throws unless the value is a power of two, as alignments are. */
export function expectAlignment(value: number): void {
  expectWhole(value, "alignment", 1);
  if (!isPowerOfTwo(value)) throw new RangeError(`alignment is ${value}: give a power of two`);
}

/** Throws unless the value is one of a few. */
export function expectOneOf(value: unknown, name: string, values: readonly unknown[]): void {
  if (value === undefined || values.includes(value)) return;
  throw new RangeError(`${name} is ${valueText(value)}: give ${values.map(valueText).join(" or ")}`);
}

/** Throws unless the value is true, false or not given. */
export function expectSwitch(value: unknown, name: string): void {
  if (value !== undefined && typeof value !== "boolean")
    throw new TypeError(`${name} is ${valueText(value)}: give true or false`);
}

/** Throws unless the value is an object with options. */
export function expectOptions(value: unknown, name: string): void {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`${name} is ${valueText(value)}: give an object such as { size: 65536 }`);
}
