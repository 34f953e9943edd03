// Wrong arguments of the malloc layer: a TypeError or a RangeError with the value and the rule.
import type { MallocContext } from "./context.ts";
import { poolsOf } from "./pools.ts";
import type { Size } from "./request.ts";

/** How a message shows a value that was given. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return value.name || "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return "an array";
  const name: unknown = value.constructor?.name;
  if (typeof name !== "string" || name === "" || name === "Object") return "an object";
  return `${"AEIOU".includes(name[0] ?? "") ? "an" : "a"} ${name}`;
}

/** Throws a TypeError unless the value is an object with these fields, of these types. */
export function expectFields(
  value: unknown,
  name: string,
  fields: Readonly<Record<string, string>>,
  rule: string,
): void {
  const isObject = typeof value === "object" && value !== null;
  const wrong = Object.entries(fields).find(([field, type]) => !isObject || typeof Reflect.get(value, field) !== type);
  if (wrong === undefined) return;
  const [field] = wrong;
  const lacks = isObject ? ` with ${field} ${valueText(Reflect.get(value, field))}` : "";
  throw new TypeError(`${name} is ${valueText(value)}${lacks}: give ${rule}`);
}

/**
 * Throws unless C could be given the value as a size or a count: a TypeError for what is neither number nor bigint, a RangeError
 * for NaN, an infinity or a fraction. A negative one passes: C takes it for a huge one, which fails.
 */
export function expectCount(value: Size, name: string): void {
  if (typeof value === "bigint") return;
  if (typeof value !== "number")
    throw new TypeError(`${name} is ${valueText(value)}: give a number of bytes, or a bigint`);
  if (!Number.isInteger(value)) throw new RangeError(`${name} is ${value}: give a whole number`);
}

/** Throws unless the range lies in the memory of the context, and in none of its pools. */
export function expectNewPool(ctx: MallocContext, at: number, length: number): void {
  for (const [name, value] of [
    ["at", at],
    ["length", length],
  ] as const) {
    if (typeof value !== "number") throw new TypeError(`${name} is ${valueText(value)}: give a number of bytes`);
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`${name} is ${value}: give a whole number of bytes, 0 or more`);
  }
  const { length: all } = ctx.heap.memory.bytes;
  if (at + length > all)
    throw new RangeError(`a pool of ${length} bytes at ${at} ends at ${at + length}: the memory has ${all} bytes`);
  const other = poolsOf(ctx).find((pool) => at < pool.at + pool.length && pool.at < at + length);
  if (other !== undefined)
    throw new RangeError(
      `a pool of ${length} bytes at ${at} overlaps the pool of ${other.length} bytes at ${other.at}: pools are apart`,
    );
}
