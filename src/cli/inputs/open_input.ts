// Opens a file of any command, or standard input, as a stream: packed or not, of any length.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { shellWord } from "../../base/shell_word.ts";
import { isGzip } from "../../recording/gzip_head.ts";
import { isZstd } from "../../recording/zstd_frame.ts";
import type { Io } from "../outputs/outcome.ts";
import { shortName } from "./demo_files.ts";
import { isMissing, readFailure } from "./read_failure.ts";
import { unpackGzip } from "./unpack_gzip.ts";
import { zstdChunks } from "./unpack_zstd.ts";

/** How messages call standard input. */
export const STDIN = "standard input";

/** The name of an input as a word of a command that is printed. */
export function inputWord(name: string): string {
  return name === STDIN ? "-" : shellWord(name);
}

const HEAD = 65536;

type Chunks = AsyncIterable<Uint8Array>;

/** What reading needs of the world; `err` and `clock` are for progress. */
export type ReadIo = Pick<Io, "input"> & Partial<Pick<Io, "err" | "clock">>;

/** What a command reads. */
export interface OpenInput {
  /** How messages call it. */
  readonly name: string;
  /** The first 64 KiB of its content, unpacked; all of it where it is shorter. */
  readonly head: Uint8Array;
  /** Bytes of its file, packed or not; undefined for a pipe. Such a file can be opened again. */
  readonly size: number | undefined;
  readonly packed: "gzip" | "zstd" | undefined;
  /** Its content, unpacked, from the first byte. Can be read once. Throws what `inputFailure` puts into words. */
  chunks(): Chunks;
  /** Packed data ended too early; known when the chunks were read. What could be unpacked was given. */
  readonly cut: boolean;
  /** Lets go of it, if it was not read. */
  close(): Promise<void>;
}

/** Why a file could not be read. */
export interface InputProblem {
  /** Names the file. */
  readonly text: string;
  /** There is no file by this name. */
  readonly missing: boolean;
  /** It has no bytes. */
  readonly empty?: true;
}

/** Opens a file, or standard input for `-`. Gzip and Zstandard are seen by the first bytes. An empty file is an error. */
export async function openInput(path: string, input: Chunks): Promise<Result<OpenInput, InputProblem>> {
  const name = inputName(path);
  const state = { cut: false };
  try {
    const size = path === "-" ? undefined : await sizeOf(path);
    const raw = rewindable(path === "-" ? input : createReadStream(path, { highWaterMark: HEAD }));
    const first = await raw.peek(4);
    if (first.length === 0) return err({ text: `${name}: the file is empty`, missing: false, empty: true });
    const packed = isGzip(first) ? "gzip" : isZstd(first) ? "zstd" : undefined;
    const onCut = (): void => {
      state.cut = true;
    };
    const content =
      packed === undefined ? raw : rewindable(packed === "gzip" ? unpackGzip(raw.all(), onCut) : zstdChunks(raw.all()));
    const head = await content.peek(HEAD);
    return ok({
      name,
      head,
      size,
      packed,
      chunks: content.all,
      get cut() {
        return state.cut;
      },
      close: content.close,
    });
  } catch (error) {
    return err(inputFailure(path, error));
  }
}

/** What reading threw, in words. */
export function inputFailure(path: string, error: unknown): InputProblem {
  return { text: `${inputName(path)}: ${readFailure(error)}`, missing: isMissing(error) };
}

/** How messages call a file. */
export function inputName(path: string): string {
  return path === "-" ? STDIN : printable(shortName(path));
}

/** Undefined for what is no plain file, as a pipe or a device cannot be read twice. */
async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path);
  return found.isFile() ? found.size : undefined;
}

/** A stream of which the first bytes can be looked at. */
function rewindable(source: Chunks) {
  const iterator = source[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let length = 0;
  const close = async (): Promise<void> => {
    await iterator.return?.();
  };
  return {
    close,
    /** So many bytes from the start; fewer where there are no more. */
    async peek(count: number): Promise<Uint8Array> {
      while (length < count) {
        const { value, done } = await iterator.next();
        if (done) break;
        held.push(value);
        length += value.length;
      }
      const [only] = held;
      return (held.length === 1 && only !== undefined ? only : Buffer.concat(held)).subarray(0, count);
    },
    async *all(): AsyncGenerator<Uint8Array> {
      try {
        for (let chunk = held.shift(); chunk !== undefined; chunk = held.shift()) yield chunk;
        for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
      } finally {
        await close();
      }
    },
  };
}
