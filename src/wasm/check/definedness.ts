// Which bytes of an instance were ever written: the shadow that clang's MemorySanitizer keeps, and what the host adds to it.
import type { Finding } from "../../tee/monitor/finding.ts";
import type { CMemory } from "../instance/memory.ts";
import { ORIGIN_OFFSET, UNDEFINED_OFFSET } from "../instance/shadow.ts";
import { type CheckedBlock, type HeapBlocks, type HeapChange, sizeBefore } from "./heap_blocks.ts";

/** What is undefined, by where it comes from. */
type Origin = NonNullable<Finding["object"]> | undefined;

interface Definedness {
  readonly calls: Record<string, (...args: number[]) => void>;
  /** A heap has changed; before the blocks know. */
  changed(change: HeapChange): void;
  /** The host wrote these. */
  written(at: number, length: number): void;
  /** The first of some bytes that nobody wrote, and where it comes from; null for none. */
  firstUndefined(
    at: number,
    length: number,
  ): { readonly at: number; readonly count: number; readonly object: Origin } | null;
}

interface DefinednessOptions {
  readonly buffer: ArrayBufferLike;
  readonly limit: number;
  readonly memory: CMemory;
  readonly blocks: HeapBlocks;
  readonly heapObject: (block: CheckedBlock) => NonNullable<Origin>;
  /** What the TA does depends on an undefined byte. */
  readonly used: (object: Origin) => void;
}

export function createDefinedness(options: DefinednessOptions): Definedness {
  const { buffer, limit, memory, blocks, heapObject, used } = options;
  const undefinedness = new Uint8Array(buffer, UNDEFINED_OFFSET, limit);
  const origins = new Uint32Array(buffer, ORIGIN_OFFSET, Math.floor(limit / 4));
  const variables = new Map<number, { readonly name: string; readonly size: number }>();
  /** Blocks by their numbers, as long as they are remembered. */
  const objectOf = (origin: number): Origin => {
    const variable = variables.get(origin);
    if (variable !== undefined) return { kind: "stack", ...variable, offset: 0 };
    const block = blocks.numbered(origin);
    return block === undefined ? undefined : heapObject(block);
  };
  const undefine = (at: number, length: number, number: number): void => {
    undefinedness.fill(0xff, at, at + length);
    origins.fill(number, Math.floor(at / 4), Math.ceil((at + length) / 4));
  };
  const written = (at: number, length: number): void => {
    undefinedness.fill(0, at, at + length);
  };
  const isZero = (at: number, length: number): boolean => memory.bytes(at, length).every((byte) => byte === 0);
  return {
    calls: {
      teemem_undefined: (origin = 0) => used(objectOf(origin)),
      teemem_variable: (origin = 0, name = 0, size = 0) => {
        const [text = ""] = memory.text(name).split(/[.:]/, 1);
        variables.set(origin, { name: text, size });
      },
    },
    changed({ op, pointer, size, result, number }) {
      if (result === 0 || op === "P" || op === "F" || op === "W") return;
      if (op === "C") return written(result, size);
      const kept = op === "R" && pointer !== 0 ? Math.min(size, sizeBefore(blocks, pointer)) : 0;
      const states = undefinedness.slice(pointer, pointer + kept);
      const from = origins.slice(Math.floor(pointer / 4), Math.ceil((pointer + kept) / 4));
      // What a realloc adds is zero where OP-TEE's fills it: then it is as good as written.
      const filled = op === "R" && isZero(result + kept, size - kept);
      undefine(result + kept, size - kept, number);
      if (filled) written(result + kept, size - kept);
      undefinedness.set(states, result);
      if (kept > 0) origins.set(from, Math.floor(result / 4));
    },
    written,
    firstUndefined(at, length) {
      const seen = undefinedness.subarray(at, at + length);
      const first = seen.findIndex((byte) => byte !== 0);
      if (first < 0) return null;
      const count = seen.reduce((sum, byte) => sum + Number(byte !== 0), 0);
      // A copy into the middle of four bytes has its origin for all of them.
      const origin = seen.reduce(
        (found, byte, n) => (found !== 0 || byte === 0 ? found : (origins[Math.floor((at + n) / 4)] ?? 0)),
        0,
      );
      return { at: at + first, count, object: objectOf(origin) };
    },
  };
}
