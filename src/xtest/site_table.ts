// Numbers the call sites of a log.

/** Numbers call sites, `file:line`, by their bytes. */
interface SiteTable {
  /** The number of the text of `bytes` from `from` to `to`, whose `hashBytes` is given. */
  indexOf(bytes: Uint8Array, from: number, to: number, hash: number): number;
  /** The text of a number. */
  nameOf(index: number): string;
  /** It has no room left: further call sites have the number of `OTHER_SITES`. */
  readonly crowded: boolean;
}

/** The name of all call sites beyond those that are kept. */
export const OTHER_SITES = "other call sites";

/** A log with more has no use for each, and memory has its end. */
const MOST_SITES = 2 ** 16;
const MOST_BYTES = 2 ** 23;

/** One step of FNV-1a, from `HASH_START` on. */
export function hashStep(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

export const HASH_START = 0x811c9dc5 | 0;

/** The hash of the bytes from `from` to `to`. */
export function hashSite(bytes: Uint8Array, from: number, to: number): number {
  let hash = HASH_START;
  for (let i = from; i < to; i++) hash = hashStep(hash, bytes[i] as number);
  return hash;
}

/** An empty table, for at most `most` call sites. It copies what it keeps, so the bytes may come from a buffer that is used again. */
export function createSiteTable(most = MOST_SITES): SiteTable {
  const names: Uint8Array[] = [];
  const texts: string[] = [];
  let length = 0;
  let others = -1;
  let hashes = new Int32Array(1024);
  let slots = new Int32Array(2048).fill(-1);

  function grow(): void {
    const larger = new Int32Array(2 * hashes.length);
    larger.set(hashes);
    hashes = larger;
    slots = new Int32Array(2 * slots.length).fill(-1);
    names.forEach((_, index) => {
      slots[freeSlot(hashes[index] as number)] = index;
    });
  }
  function freeSlot(hash: number): number {
    const mask = slots.length - 1;
    let slot = spread(hash) & mask;
    while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
    return slot;
  }
  return {
    indexOf(bytes, from, to, hash) {
      const mask = slots.length - 1;
      let slot = spread(hash) & mask;
      for (let index = slots[slot] as number; index >= 0; index = slots[slot] as number) {
        if (hashes[index] === hash && same(names[index] as Uint8Array, bytes, from, to)) return index;
        slot = (slot + 1) & mask;
      }
      if (others >= 0) return others;
      const index = names.length;
      length += to - from;
      const full = index >= most - 1 || length > MOST_BYTES;
      if (full) others = index;
      if (index === hashes.length) {
        grow();
        slot = freeSlot(hash);
      }
      names.push(full ? Uint8Array.from(OTHER_SITES, (character) => character.charCodeAt(0)) : bytes.slice(from, to));
      hashes[index] = hash;
      slots[slot] = index;
      return index;
    },
    nameOf(index) {
      texts[index] ??= String.fromCharCode(...(names[index] as Uint8Array));
      return texts[index];
    },
    get crowded() {
      return others >= 0;
    },
  };
}

function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}

function same(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[from + i]) return false;
  return true;
}
