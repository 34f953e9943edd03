// Where the bytes of a heap are: a buffer, a part of one, or a memory of WebAssembly; and how they grow.
import { roundUp } from "../base/integer.ts";
import { valueText } from "../malloc/arguments.ts";
import { expectWhole } from "./expect.ts";

/** Bytes of a page of WebAssembly. */
const PAGE = 65536;
/** What blocks are a multiple of, with words of 8 bytes. */
const QUANTUM = 16;
const MOST = 2 ** 31 - 1;
/** OP-TEE's least for a first pool. */
export const LEAST = 1024;

/** A memory that grows by pages of 65,536 bytes: a `WebAssembly.Memory`. */
export interface PagedMemory {
  /** Its bytes as they are now. */
  readonly buffer: ArrayBufferLike;
  /** Adds pages. Returns how many there were; throws if there can be no more. */
  grow(pages: number): number;
}

/** A new buffer for a heap. */
export interface NewBuffer {
  /** Bytes of a new buffer, 1,024 to 2^31 - 1. */
  readonly size: number;
  /** Bytes that the buffer may grow to: it is then a resizable `ArrayBuffer`. Default: it does not grow. */
  readonly maxSize?: number;
  readonly bytes?: undefined;
  readonly memory?: undefined;
}

/** A buffer that is there. */
export interface GivenBytes<B extends ArrayBufferLike = ArrayBufferLike> {
  /** A buffer, shared or not, or a part of one that begins at a multiple of 16. Of a `WebAssembly.Memory` give `memory`. */
  readonly bytes: Uint8Array<B> | B;
  readonly size?: undefined;
  readonly maxSize?: undefined;
  readonly memory?: undefined;
}

/** A memory of WebAssembly. */
export interface GivenMemory {
  /** A `WebAssembly.Memory`, shared or not. Offsets are the addresses that its code knows. */
  readonly memory: PagedMemory;
  readonly size?: undefined;
  readonly maxSize?: undefined;
  readonly bytes?: undefined;
}

/** Where the bytes of a heap are. */
type HeapPlace<B extends ArrayBufferLike = ArrayBufferLike> = NewBuffer | GivenBytes<B> | GivenMemory;

/** The names of all options that say where a heap is. */
export const PLACE_OPTIONS = ["size", "bytes", "memory", "maxSize"] as const satisfies readonly (keyof NewBuffer)[];

/** The bytes of a heap, whatever happens to their buffer. */
export interface Home {
  /** The bytes as they are now: the same array until the buffer grows or is replaced. Throws where the buffer is gone. */
  bytes(): Uint8Array;
  /** Adds bytes at the end, `least` or more. Returns the offset of the first, or null where there can be no more. */
  extend(least: number): number | null;
}

/** The home that a place names. A TypeError or a RangeError where it names none, or several. */
export function homeOf({ size, bytes, memory, maxSize }: HeapPlace): Home {
  const given = Object.entries({ size, bytes, memory }).filter(([, value]) => value !== undefined);
  if (given.length !== 1) {
    const names = given.map(([name]) => name).join(" and ");
    throw new TypeError(`${names || "none"} given: a heap takes one of size, bytes and memory`);
  }
  if (maxSize !== undefined && size === undefined)
    throw new TypeError("maxSize given without size: only a new buffer takes it");
  if (memory !== undefined) return inMemory(memory);
  if (bytes !== undefined) return inBytes(bytes);
  expectWhole(size as number, "size", LEAST, MOST);
  if (maxSize !== undefined) expectWhole(maxSize, "maxSize", size, MOST);
  const options = maxSize === undefined ? undefined : { maxByteLength: maxSize };
  return inBytes(new ArrayBuffer(size as number, options));
}

function inMemory(memory: PagedMemory): Home {
  if (typeof memory !== "object" || memory === null || !isBuffer(memory.buffer) || typeof memory.grow !== "function")
    throw new TypeError(`memory is ${valueText(memory)}: give a WebAssembly.Memory`);
  return {
    bytes: following(() => memory.buffer, 0),
    extend: (least) => attempt(() => memory.grow(Math.ceil(least / PAGE)) * PAGE),
  };
}

function inBytes(given: Uint8Array | ArrayBufferLike): Home {
  if (!isBuffer(given) && !(given instanceof Uint8Array))
    throw new TypeError(`bytes is ${valueText(given)}: give a Uint8Array, an ArrayBuffer or a SharedArrayBuffer`);
  expectThere(given instanceof Uint8Array ? given.buffer : given);
  const part = given instanceof Uint8Array ? given : new Uint8Array(given);
  const { buffer, byteOffset } = part;
  if (part.length > MOST) throw new RangeError(`bytes has ${part.length} bytes: a heap takes at most ${MOST}`);
  if (byteOffset % QUANTUM !== 0)
    throw new RangeError(`bytes begins at byte ${byteOffset} of its buffer: give a multiple of ${QUANTUM}`);
  const isWhole = byteOffset + part.length === buffer.byteLength;
  if (!isWhole || !canGrow(buffer))
    return {
      bytes() {
        expectThere(buffer);
        return part;
      },
      extend: cannot,
    };
  return {
    bytes: following(() => buffer, byteOffset),
    extend(least) {
      const { byteLength } = buffer;
      return attempt(() => {
        resize(buffer, byteLength + roundUp(least, QUANTUM));
        return byteLength - byteOffset;
      });
    },
  };
}

/** All bytes of a buffer from `start` on, in a new array whenever there are others. */
function following(bufferNow: () => ArrayBufferLike, start: number): () => Uint8Array {
  let bytes: Uint8Array = new Uint8Array(0);
  return () => {
    const buffer = bufferNow();
    expectThere(buffer);
    if (bytes.buffer === buffer && bytes.length === buffer.byteLength - start) return bytes;
    // With a length of its own: an array that follows its buffer changes below whoever remembers how long it is.
    bytes =
      buffer.byteLength < start
        ? new Uint8Array(buffer, 0, 0)
        : new Uint8Array(buffer, start, buffer.byteLength - start);
    return bytes;
  };
}

/**
 * Throws if the buffer is gone. Looks at the buffer, not at an array over it: V8's compiled code can still have the length of an
 * array whose buffer is gone.
 */
function expectThere(buffer: ArrayBufferLike): void {
  if (buffer.byteLength > 0 || !isDetached(buffer)) return;
  throw new TypeError(
    "the buffer is gone: it was transferred, or a WebAssembly.Memory grew; open the heap where the bytes are now, and of such a memory give memory, not its buffer",
  );
}

/** `detached` of a buffer came after Node.js 20. */
function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

function isBuffer(value: unknown): value is ArrayBufferLike {
  return (
    value instanceof ArrayBuffer || (typeof SharedArrayBuffer !== "undefined" && value instanceof SharedArrayBuffer)
  );
}

function canGrow(buffer: ArrayBufferLike): boolean {
  return buffer instanceof ArrayBuffer ? buffer.resizable : buffer.growable;
}

function resize(buffer: ArrayBufferLike, to: number): void {
  if (buffer instanceof ArrayBuffer) buffer.resize(to);
  else buffer.grow(to);
}

/** What the work returns, null if a limit stops it. */
function attempt(work: () => number): number | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function cannot(): never {
  throw new TypeError("the bytes cannot grow: give size with maxSize, a buffer that can be resized, or memory");
}
