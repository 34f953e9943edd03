// Follows a file that grows: the log that QEMU, minicom or a terminal server writes of a console.
import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { codeOf } from "../../base/error_code.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { ConsoleBytes } from "./read_feed.ts";

/** Milliseconds between two looks at the file. */
const EVERY = 50;
const CHUNK = 65536;

/**
 * What is appended to a file from now on. A file that is truncated is read from its start again; one that is moved away or
 * removed is read to its end, and then that which takes its place. The error says why it cannot be read.
 */
export function followFile(path: string, every = EVERY): Result<ConsoleBytes> {
  let file: number;
  let stats: Stats;
  try {
    // Opening a pipe would wait for its other end.
    if (!statSync(path).isFile()) return err(`${path} is no regular file: serial:PATH reads a serial port`);
    file = openSync(path, "r");
    stats = fstatSync(file);
  } catch (error) {
    return err(`cannot read ${path}: ${reasonOf(error)}`);
  }
  const over = new AbortController();
  let position = stats.size;
  let ended = "";

  /** The bytes that have come since, in chunks. */
  function* rest(): Generator<Uint8Array, void, undefined> {
    if (fstatSync(file).size < position) position = 0;
    for (;;) {
      const chunk = new Uint8Array(CHUNK);
      const length = readSync(file, chunk, 0, CHUNK, position);
      if (length === 0) return;
      position += length;
      yield chunk.subarray(0, length);
    }
  }
  /** True where another file has taken the place of the one that is read. */
  function isReplaced(): boolean {
    try {
      const there = statSync(path);
      return there.isFile() && (there.ino !== stats.ino || there.dev !== stats.dev);
    } catch {
      return false;
    }
  }
  function reopen(): void {
    const next = openSync(path, "r");
    closeSync(file);
    file = next;
    stats = fstatSync(file);
    position = 0;
  }
  async function* follow(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      while (!over.signal.aborted) {
        const replaced = isReplaced();
        yield* rest();
        if (replaced) reopen();
        else await setTimeout(every, undefined, { signal: over.signal }).catch(() => {});
      }
      yield* rest();
    } catch (error) {
      ended = `cannot read ${path} any more: ${reasonOf(error)}`;
    } finally {
      closeSync(file);
    }
  }
  return ok({
    incoming: follow(),
    get ended() {
      return ended;
    },
    async [Symbol.asyncDispose]() {
      over.abort();
    },
  });
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === "ENOENT") return "there is no such file";
  return code === "EACCES" ? "no permission" : code;
}
