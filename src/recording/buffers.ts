// Unpacks and checks the buffers of an Arrow message.
import type { Codec } from "./codec.ts";
import type { ColumnData } from "./message_head.ts";
import { contentSize } from "./zstd_frame.ts";

/** Data that says something else than its head: caught where a recording is read. */
export class RecordingDamage extends Error {
  /** What is wrong, and in which message if that is known. */
  readonly text: string;

  constructor(what: string, { at, cause }: { readonly at?: number; readonly cause?: unknown } = {}) {
    super(what, { cause });
    this.text = `the recording is damaged${at === undefined ? "" : ` in the message at byte ${at}`}: ${what}`;
  }
}

const PREFIX = 8;
/** Bytes of all texts of a list. */
const MAX_LIST = 2 ** 26;

/** Gives bytes of a message's body, by offset and length. */
export type Body = (offset: number, length: number) => Uint8Array;

/** A body among other bytes, that begins at an offset. */
export function bodyAt(bytes: Uint8Array, at: number): Body {
  return (offset, length) => bytes.subarray(at + offset, at + offset + length);
}

/** The bytes of a buffer, unpacked; it must have `expected` bytes, or at least as many (then padding follows). */
export function unpack(body: Body, part: ColumnData, index: number, expected: number, codec: Codec): Uint8Array {
  const region = part.regions[index];
  if (region === undefined) throw new RecordingDamage("a column has no data");
  if (expected === 0) return new Uint8Array();
  if (region.length < PREFIX) throw new RecordingDamage("a column has no data");
  const bytes = body(region.offset, region.length);
  if (bytes.length < region.length) throw new RecordingDamage("a column ends too early");
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, PREFIX).getBigInt64(0, true));
  const packed = bytes.subarray(PREFIX);
  const size = length === -1 ? packed.length : length;
  // Before anything is unpacked, so that wrong lengths cost no memory.
  if (size < expected || size > expected + PREFIX)
    throw new RecordingDamage(`a column has ${size} bytes, not ${expected}`);
  const data = length === -1 ? packed : inflate(packed, size, codec);
  if (data.length < expected) throw new RecordingDamage(`a column has ${data.length} bytes, not ${expected}`);
  return data.byteOffset % PREFIX === 0 ? data : data.slice();
}

/** The numbers of a column of 32-bit words. */
export function wordsIn(body: Body, part: ColumnData, index: number, count: number, codec: Codec): Uint32Array {
  const data = unpack(body, part, index, 4 * count, codec);
  return new Uint32Array(data.buffer, data.byteOffset, count);
}

/** The texts of a dictionary. */
export function textsIn(body: Body, part: ColumnData, codec: Codec): string[] {
  const offsets = wordsIn(body, part, 1, part.length + 1, codec);
  for (let n = 0, last = 0; n <= part.length; n++) {
    const offset = offsets[n] as number;
    if (offset < last) throw new RecordingDamage("the texts of a list overlap");
    last = offset;
  }
  const length = offsets[part.length] ?? 0;
  if (length > MAX_LIST)
    throw new RecordingDamage(`a list has texts of ${length} bytes; at most ${MAX_LIST} are possible`);
  const data = unpack(body, part, 2, length, codec);
  const decoder = new TextDecoder();
  return Array.from({ length: part.length }, (_, n) => decoder.decode(data.subarray(offsets[n], offsets[n + 1])));
}

function inflate(packed: Uint8Array, size: number, codec: Codec): Uint8Array {
  // What unpacks it takes the frame at its word, and as much memory.
  if (contentSize(packed) !== size) throw new RecordingDamage("the length of a column differs from that of its data");
  try {
    return codec.decompress(packed);
  } catch (cause) {
    throw new RecordingDamage("a column cannot be decompressed", { cause });
  }
}
