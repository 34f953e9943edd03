// Numbers as the page shows them. What is not known is "?", never 0.
import { grouped } from "../../../base/format.ts";

/** Bytes, to the byte: 12,528. */
export function bytesText(bytes: number | null): string {
  return bytes === null || Number.isNaN(bytes) ? "?" : grouped(bytes);
}

/** Bytes in short, for axes: 12.2 KiB. */
export function shortBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const power = bytes < 1024 ** 2 ? 1 : bytes < 1024 ** 3 ? 2 : 3;
  const value = bytes / 1024 ** power;
  return `${trimmed(value, value < 10 ? 2 : value < 100 ? 1 : 0)} ${["", "KiB", "MiB", "GiB"][power]}`;
}

/** Bytes more or less: +1,024, 0, -16. */
export function signedBytes(bytes: number): string {
  const whole = Math.round(bytes);
  return whole > 0 ? `+${grouped(whole)}` : grouped(whole === 0 ? 0 : whole);
}

/** A whole percentage of what is known. */
export function percentText(part: number | null, whole: number | null): string {
  return part === null || whole === null || whole === 0 ? "?" : `${Math.round((100 * part) / whole)} %`;
}

/** A time on a recording's clock, from microseconds: 529.232 s. `step` is the distance that must be told apart. */
export function timeText(time: number, step = 1000): string {
  const digits = step >= 1_000_000 ? 0 : step >= 1000 ? 3 : 6;
  return `${(time / 1e6).toFixed(digits)} s`;
}

/** A length of time from microseconds, in its own unit: 412 µs, 12.4 ms, 3.2 s, 4 min 10 s. */
export function lengthText(time: number): string {
  if (time < 1000) return `${Math.round(time)} µs`;
  if (time < 1_000_000) return `${trimmed(time / 1000, 1)} ms`;
  if (time < 120_000_000) return `${trimmed(time / 1e6, 1)} s`;
  const seconds = Math.round(time / 1e6);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

/** The name of a heap in short: of a UUID its first part, as `ta-5b9e0e40…`, with the number of the instance. */
export function heapText(name: string, instance: number): string {
  const short = name.replace(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/, "$1…");
  return instance > 1 ? `${short} #${instance}` : short;
}
