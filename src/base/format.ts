// Numbers as people read them: grouped, counted, in percent.
import { type Printable, printable, shown } from "./printable.ts";

/** A whole number with commas between thousands: 12,528. */
export function grouped(n: number): Printable {
  const digits = String(Math.abs(n));
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.push(digits.slice(Math.max(0, end - 3), end));
  return printable(`${n < 0 ? "-" : ""}${groups.reverse().join(",")}`);
}

/** A number and its noun: 1 block, 2 blocks. */
export function counted(n: number, noun: string, plural = `${noun}s`): Printable {
  return shown`${grouped(n)} ${printable(n === 1 ? noun : plural)}`;
}

/** A share as a whole percentage, 0 of nothing. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((100 * part) / whole);
}
