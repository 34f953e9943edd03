// Reads a file of any command: by its name or from standard input, packed or not.
import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { isZstd } from "../../recording/zstd_frame.ts";
import { isMissing, readFailure } from "./read_failure.ts";
import { unpackZstd } from "./unpack_zstd.ts";

/** How messages call standard input. */
export const STDIN = "standard input";

/** Bytes of a file once it is unpacked. */
const LARGEST = 2 ** 28;
/** What is larger gets room for all that may come: pages that nothing is written to take no memory, but a copy does. */
const LARGEST_COPY = 2 ** 26;
const HEAD = 65536;
const NEWLINE = 10;

type Chunks = AsyncIterable<Uint8Array>;

/** Stops the reading of what nobody wants. */
class Unwanted extends Error {}

/** What keeps these files from being read, as far as that shows without reading them, or null. */
export async function inputProblem(paths: readonly string[]): Promise<string | null> {
  if (paths.filter((path) => path === "-").length > 1) return "standard input can be read only once";
  for (const path of paths) {
    if (path === "-") continue;
    try {
      await access(path, constants.R_OK);
      if ((await stat(path)).isDirectory()) return `${inputName(path)}: is a directory; name the files in it`;
    } catch (error) {
      return `${inputName(path)}: ${explain(error)}`;
    }
  }
  return null;
}

/** Why a file could not be read. */
interface InputProblem {
  /** Names the file. */
  readonly text: string;
  /** There is no file by this name. */
  readonly missing: boolean;
}

/** Like `readFile`, with a sentence as the error. */
export async function readInput(...args: Parameters<typeof readFile>): Promise<Result<Uint8Array>> {
  const read = await readFile(...args);
  return read.ok ? read : err(read.error.text);
}

/**
 * Reads a whole file, or standard input for `-`, and decompresses what begins like gzip or Zstandard. `headProblem` sees the
 * first 64 KiB in whole lines (or all there is) and ends the reading by saying what is wrong.
 */
export async function readFile(
  path: string,
  input: Chunks,
  headProblem: (head: Uint8Array) => string | null = () => null,
  largest = LARGEST,
): Promise<Result<Uint8Array, InputProblem>> {
  let held: Uint8Array = new Uint8Array(HEAD);
  let length = 0;
  let checked = false;
  let empty = true;
  let zipped = false;
  let packed = false;

  function check(head: Uint8Array): void {
    checked = true;
    const problem = headProblem(head);
    if (problem !== null) throw new Unwanted(problem);
  }
  async function collect(source: Chunks): Promise<void> {
    for await (const chunk of source) {
      if (length + chunk.length > largest)
        throw new Unwanted(`larger than ${largest} bytes${zipped ? " when decompressed" : ""}`);
      held = withRoom(held, length, chunk.length, largest);
      held.set(chunk, length);
      length += chunk.length;
      if (!checked && !packed && length >= HEAD) check(wholeLines(held.subarray(0, length)));
    }
  }
  try {
    const { head, rest } = await readMagic(path === "-" ? input : createReadStream(path, { highWaterMark: HEAD }));
    empty = head.length === 0;
    zipped = head[0] === 0x1f && head[1] === 0x8b;
    packed = isZstd(head);
    if (zipped) await pipeline(rest, createGunzip({ chunkSize: HEAD }), collect);
    else await collect(rest);
    if (empty) throw new Unwanted("the file is empty");
    let bytes = held.subarray(0, length);
    if (packed) {
      const unpacked = await unpackZstd(bytes, largest);
      if (!unpacked.ok) throw new Unwanted(unpacked.error);
      bytes = unpacked.value;
    }
    if (!checked) check(bytes);
    return ok(bytes);
  } catch (error) {
    return err({ text: `${inputName(path)}: ${explain(error)}`, missing: isMissing(error) });
  }
}

/** How messages call a file. */
export function inputName(path: string): string {
  return path === "-" ? STDIN : printable(path);
}

/** The first bytes, enough to tell how they are packed, and all bytes from the start. */
async function readMagic(source: Chunks): Promise<{ head: Uint8Array; rest: Chunks }> {
  const iterator = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < 4) {
    const { value, done } = await iterator.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
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

/** The first `length` bytes in a buffer with room for `more`. */
function withRoom(held: Uint8Array, length: number, more: number, largest: number): Uint8Array {
  if (length + more <= held.length) return held;
  const needed = Math.max(length + more, 2 * held.length);
  const larger = new Uint8Array(needed > LARGEST_COPY ? Math.max(largest, length + more) : needed);
  larger.set(held.subarray(0, length));
  return larger;
}

function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(NEWLINE);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}

function explain(error: unknown): string {
  return error instanceof Unwanted ? error.message : readFailure(error);
}
