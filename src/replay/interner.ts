// Numbers texts that repeat, by their bytes.

/** Numbers the distinct byte ranges of one input, in the order of their first appearance. */
interface Interner {
  /** How many there are. */
  readonly count: number;
  /** Number of the text at `from` (inclusive) to `to` (exclusive) of some bytes. */
  indexOf(bytes: Uint8Array, from: number, to: number): number;
  /** The same, or -1 for a text that has no number yet; gives it none. */
  find(bytes: Uint8Array, from: number, to: number): number;
  /** All texts by number, decoded as UTF-8. */
  names(): string[];
}

const RECENT = 1024;

/**
 * Traces repeat a few hundred names in every row; this finds them by their bytes, without a string per row.
 * Long: one table, which lookup and growth share.
 */
export function createInterner(): Interner {
  const starts: number[] = [];
  const ends: number[] = [];
  let table = new Int32Array(1024).fill(-1);
  /** All texts, one behind the other. */
  let kept = new Uint8Array(4096);
  let length = 0;
  /** The number that was last found for texts of this length with this beginning and end: mostly the right one. */
  const recent = new Int32Array(RECENT).fill(-1);

  function same(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = starts[index] as number;
    if ((ends[index] as number) - start !== to - from) return false;
    for (let i = 0; i < to - from; i++) if (kept[start + i] !== bytes[from + i]) return false;
    return true;
  }
  function slotOf(bytes: Uint8Array, from: number, to: number): number {
    const mask = table.length - 1;
    let slot = hash(bytes, from, to) & mask;
    for (
      let index = table[slot] as number;
      index >= 0 && !same(index, bytes, from, to);
      index = table[slot] as number
    ) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
  function grow(): void {
    table = new Int32Array(table.length * 2).fill(-1);
    starts.forEach((from, index) => {
      table[slotOf(kept, from, ends[index] as number)] = index;
    });
  }
  function keep(bytes: Uint8Array, from: number, to: number): void {
    const end = length + to - from;
    if (end > kept.length) {
      const larger = new Uint8Array(Math.max(end, 2 * kept.length));
      larger.set(kept.subarray(0, length));
      kept = larger;
    }
    kept.set(bytes.subarray(from, to), length);
    starts.push(length);
    ends.push(end);
    length = end;
  }
  function numberOf(bytes: Uint8Array, from: number, to: number): number {
    const slot = slotOf(bytes, from, to);
    const known = table[slot] as number;
    if (known >= 0) return known;
    const index = starts.length;
    table[slot] = index;
    keep(bytes, from, to);
    if (2 * starts.length > table.length) grow();
    return index;
  }
  return {
    get count() {
      return starts.length;
    },
    find: (bytes, from, to) => table[slotOf(bytes, from, to)] as number,
    indexOf(bytes, from, to) {
      const ends = (bytes[to - 1] as number) + 8 * (bytes[to - 2] as number) + 64 * (bytes[to - 3] as number);
      const look = (ends + 11 * (to - from) + 29 * (bytes[from] as number)) & (RECENT - 1);
      const near = recent[look] as number;
      if (near >= 0 && same(near, bytes, from, to)) return near;
      const index = numberOf(bytes, from, to);
      recent[look] = index;
      return index;
    },
    names() {
      const decoder = new TextDecoder();
      return starts.map((from, index) => decoder.decode(kept.subarray(from, ends[index])));
    },
  };
}

/** FNV-1a. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) sum = Math.imul(sum ^ (bytes[i] as number), 0x01000193);
  return sum ^ (sum >>> 15);
}
