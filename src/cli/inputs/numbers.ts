// Parses sizes and addresses of options.
import { err, ok, type Result } from "../../base/result.ts";

const SIZE = /^(0x[0-9a-f]+|\d+)([kmg]?)(?:i?b)?$/i;
const FACTORS: Readonly<Record<string, number>> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Reads a number of bytes: 65536, 64k, 64K, 64KiB, 0x10000, 1M. */
export function parseSize(text: string): Result<number> {
  const match = SIZE.exec(text);
  const value = match ? Number(match[1]) * (FACTORS[(match[2] ?? "").toLowerCase()] ?? 1) : Number.NaN;
  return Number.isSafeInteger(value) ? ok(value) : err("Expected a number of bytes like 65536, 64k, 0x10000 or 1M.");
}

/** An address as C code prints it. */
export function hex(address: number): string {
  return `0x${address.toString(16)}`;
}
