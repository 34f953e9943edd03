// A run of memory that grows line by line: what joins it, what is missing in it, what contradicts it.
import type { Gap } from "../gap.ts";

/** Memory of which the lines follow each other. */
export interface Section {
  /** Address of the first byte. */
  readonly base: number;
  /** What is missing is zeros. */
  readonly bytes: Uint8Array;
  /** What is missing, by offset. */
  readonly gaps: readonly Gap[];
}

/** One line's bytes. */
export interface PlacedBytes {
  readonly at: number;
  readonly bytes: Uint8Array;
  /** A `*` stands before it. */
  readonly squeezed: boolean;
  /** Number of the line in the text. */
  readonly number: number;
}

export interface GrowingSection {
  /** Address behind the last byte. */
  end(): number;
  /** Address of the last line. */
  last(): number;
  /** Takes a line's bytes; false if they lie elsewhere. Says what is wrong with them in `doubts`. */
  take(line: PlacedBytes, doubts: string[]): boolean;
  /** An address without bytes ends the dump: lines beyond it are padding, lines before it were squeezed. */
  finish(at: number, squeezed: boolean): void;
  done(): Section;
}

/** How a line that gives the same address again is said. */
function contradicts(line: PlacedBytes, first: PlacedBytes): string {
  return `line ${line.number} gives other bytes for 0x${line.at.toString(16)} than line ${first.number}, which counts`;
}

/** A longer gap ends a section. */
const LONGEST_GAP = 2 ** 16;
/** As much as a file may have. */
const MOST_BYTES = 2 ** 28;

/** Begins with a line. */
export function sectionFrom(first: PlacedBytes): GrowingSection {
  const base = first.at;
  const gaps: Gap[] = [];
  let held = new Uint8Array(4096);
  let length = 0;
  let last = first;

  function append(line: PlacedBytes): void {
    reserve(line.bytes.length);
    held.set(line.bytes, length);
    length += line.bytes.length;
    last = line;
  }
  function reserve(more: number): void {
    if (length + more <= held.length) return;
    const larger = new Uint8Array(2 * (length + more));
    larger.set(held.subarray(0, length));
    held = larger;
  }
  /** Repeats the last line up to there; false if it does not come out even. */
  function repeat(count: number): boolean {
    const row = last.bytes;
    if (count % row.length !== 0 || length + count > MOST_BYTES) return false;
    reserve(count);
    for (const end = length + count; length < end; length += row.length) held.set(row, length);
    return true;
  }
  append(first);
  return {
    end: () => base + length,
    last: () => last.at,
    take(line, doubts) {
      const skipped = line.at - (base + length);
      if (skipped < 0) {
        if (line.at !== last.at) return false;
        const same = line.bytes.length === last.bytes.length && line.bytes.every((byte, n) => byte === last.bytes[n]);
        if (!same) doubts.push(contradicts(line, last));
        return true;
      }
      if (skipped > 0 && !(line.squeezed && repeat(skipped))) {
        if (skipped > LONGEST_GAP) return false;
        gaps.push({ at: length, length: skipped });
        reserve(skipped);
        length += skipped;
      }
      append(line);
      return true;
    },
    finish(at, squeezed) {
      const left = at - (base + length);
      if (left > 0 && squeezed) repeat(left);
      if (left < 0 && -left < last.bytes.length) length += left;
    },
    done: () => ({ base, bytes: held.slice(0, length), gaps }),
  };
}
