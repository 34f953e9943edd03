// Wrong arguments of the library: a TypeError or a RangeError with the value and the rule.
import { isPowerOfTwo } from "../base/integer.ts";
import { nearest } from "../base/nearest.ts";
import { valueText } from "../malloc/arguments.ts";

/** Throws unless the value is a whole number from `least` to `most`. */
export function expectWhole(value: number, name: string, least = 0, most = Number.MAX_SAFE_INTEGER): void {
  if (typeof value !== "number") throw new TypeError(`${name} is ${valueText(value)}: give a whole number`);
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const isOpen = most === Number.MAX_SAFE_INTEGER && !(value > most);
  throw new RangeError(
    `${name} is ${value}: give a whole number, ${isOpen ? `${least} or more` : `from ${least} to ${most}`}`,
  );
}

/** Throws unless the value can be an offset into a heap. */
export function expectPointer(value: number): void {
  if (typeof value === "object" && value !== null && "pointer" in value)
    throw new TypeError("pointer is a view: give view.pointer, or call view.free()");
  expectWhole(value, "pointer");
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

/** Throws unless the value is a list; each of its items is left to `expectItem`. */
export function expectList(
  value: unknown,
  name: string,
  rule: string,
  expectItem: (item: unknown, name: string) => void,
): void {
  if (!Array.isArray(value)) throw new TypeError(`${name} is ${valueText(value)}: give ${rule}`);
  value.forEach((item: unknown, n) => {
    expectItem(item, `${name}[${n}]`);
  });
}

/** Throws unless the value is an object that has none but these options; `who` takes them. */
export function expectOptions(value: unknown, who: string, names: readonly string[]): void {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`options is ${valueText(value)}: give an object such as { ${names[0]}: … }`);
  const unknown = Object.entries(value).find(([name, given]) => given !== undefined && !names.includes(name));
  if (unknown === undefined) return;
  const [name] = unknown;
  const [near] = nearest(name, names, 1);
  const advice = near === undefined ? `it takes ${names.join(", ")}` : `did you mean ${near}?`;
  throw new TypeError(`${who} has no option ${valueText(name)}: ${advice}`);
}
