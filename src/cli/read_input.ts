import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { printable } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EISDIR: "is a directory; name the files in it",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
};

/** How messages call standard input. */
export const STDIN = "standard input";

const LARGEST = 2 ** 30;
const HEAD = 65536;
const NEWLINE = 10;

type Chunks = AsyncIterable<Uint8Array>;

/** Stops the reading of what nobody wants. */
class Unwanted extends Error {}

/** What keeps these files from being read, as far as that shows without reading them, or null. */
export async function inputProblem(paths: readonly string[]): Promise<string | null> {
  if (paths.filter((path) => path === "-").length > 1) return "standard input can be named once";
  for (const path of paths) {
    if (path === "-") continue;
    try {
      await access(path, constants.R_OK);
      if ((await stat(path)).isDirectory()) return `${inputName(path)}: ${REASONS.EISDIR}`;
    } catch (error) {
      return `${inputName(path)}: ${explain(error)}`;
    }
  }
  return null;
}

/**
 * Reads a whole file, or standard input for `-`, and decompresses what begins like gzip. `headProblem` sees the first
 * 64 KiB in whole lines (or all there is) and ends the reading by saying what is wrong. The error names the file.
 */
export async function readInput(
  path: string,
  input: Chunks,
  headProblem: (head: Uint8Array) => string | null = () => null,
  largest = LARGEST,
): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let checked = false;
  let empty = true;
  let zipped = false;

  function check(head: Uint8Array): void {
    checked = true;
    const problem = headProblem(head);
    if (problem !== null) throw new Unwanted(problem);
  }
  async function collect(source: Chunks): Promise<void> {
    for await (const chunk of source) {
      chunks.push(chunk);
      length += chunk.length;
      if (!checked && length >= HEAD) check(wholeLines(Buffer.concat(chunks)));
      if (length > largest) throw new Unwanted(`larger than ${largest} bytes${zipped ? " when decompressed" : ""}`);
    }
  }
  try {
    const { head, rest } = await readMagic(path === "-" ? input : createReadStream(path, { highWaterMark: HEAD }));
    empty = head.length === 0;
    zipped = head[0] === 0x1f && head[1] === 0x8b;
    if (zipped) await pipeline(rest, createGunzip({ chunkSize: HEAD }), collect);
    else await collect(rest);
    if (empty) return err(`${inputName(path)}: the file is empty`);
    const bytes = Buffer.concat(chunks);
    if (!checked) check(bytes);
    return ok(bytes);
  } catch (error) {
    return err(`${inputName(path)}: ${explain(error)}`);
  }
}

/** How messages call a file. */
export function inputName(path: string): string {
  return path === "-" ? STDIN : printable(path);
}

/** The first bytes, enough to tell gzip, and all bytes from the start. */
async function readMagic(source: Chunks): Promise<{ head: Uint8Array; rest: Chunks }> {
  const iterator = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < 2) {
    const { value, done } = await iterator.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, rest: all() };
}

function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(NEWLINE);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}

function explain(error: unknown): string {
  if (error instanceof Unwanted) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR") return "the gzip data ends too early; the file is cut off, copy it again";
  const message = error instanceof Error ? error.message : String(error);
  if (code.startsWith("Z_")) return `the gzip data is damaged (${message}); copy the file again`;
  return REASONS[code] ?? `cannot be read: ${message}`;
}
