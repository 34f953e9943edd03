import { type Printable, printable, shown } from "./printable.ts";

/** A whole number with commas between thousands: 12,528. */
export function grouped(n: number): Printable {
  return printable(String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ","));
}

/** A number and its noun: 1 block, 2 blocks. */
export function counted(n: number, noun: string, plural = `${noun}s`): Printable {
  return shown`${grouped(n)} ${printable(n === 1 ? noun : plural)}`;
}

/** A share as a whole percentage, 0 of nothing. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((100 * part) / whole);
}
