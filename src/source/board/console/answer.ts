// An answer on a console: letters with a checksum, between two marks, maybe with lines of the kernel in between.
import { createHash } from "node:crypto";

/** What a command printed, and its exit code. */
export interface Answer {
  readonly code: number;
  readonly out: Uint8Array;
}

/** Lines of an encoded answer: base64, or bytes in hexadecimal. */
const BASE64 = /^[A-Za-z\d+/]{2,}={0,2}$/;
const HEX = /^(?: [\da-f]{2})+$/;

/** The lines that are the answer's own; lines of others are left out. */
export function ownLines(text: string): string[] {
  const lines = text.split("\n").map((line) => line.replaceAll("\r", ""));
  return lines.filter((line) => (BASE64.test(line) && line.length % 4 === 0) || HEX.test(line));
}

/** The answer, where the checksum is that of its lines; null where something was lost or mixed in. */
export function checkedAnswer(text: string, sum: string): Answer | null {
  const lines = ownLines(text);
  const whole = `${lines.join("\n")}\n`;
  if (hashOf(whole, sum.length) !== sum) return null;
  return decoded(lines);
}

/** Splits the exit code from what was printed before it. */
export function decoded(lines: readonly string[]): Answer | null {
  const bytes = lines.every((line) => HEX.test(line))
    ? Buffer.from(lines.join("").replaceAll(" ", ""), "hex")
    : Buffer.from(lines.join(""), "base64");
  const at = bytes.lastIndexOf(10);
  const code = at < 0 ? "" : bytes.toString("latin1", at + 1);
  return /^\d{1,3}$/.test(code) ? { code: Number(code), out: bytes.subarray(0, at) } : null;
}

const HASHES: Readonly<Record<number, string>> = { 32: "md5", 40: "sha1", 64: "sha256" };

function hashOf(text: string, length: number): string {
  const name = HASHES[length];
  return name === undefined ? "" : createHash(name).update(text, "latin1").digest("hex");
}
