/** Numbers call sites, `file:line`, by their bytes. */
interface SiteTable {
  /** The number of the text of `bytes` from `from` to `to`, whose `hashBytes` is given. */
  indexOf(bytes: Uint8Array, from: number, to: number, hash: number): number;
  /** The text of a number. */
  nameOf(index: number): string;
  /** How many there are. */
  count(): number;
}

/** One step of FNV-1a, from `HASH_START` on. */
export function hashStep(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

export const HASH_START = 0x811c9dc5 | 0;

/** An empty table. It copies what it keeps, so the bytes may come from a buffer that is used again. */
export function createSiteTable(): SiteTable {
  const names: Uint8Array[] = [];
  const texts: string[] = [];
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
      const index = names.length;
      if (index === hashes.length) {
        grow();
        slot = freeSlot(hash);
      }
      names.push(bytes.slice(from, to));
      hashes[index] = hash;
      slots[slot] = index;
      return index;
    },
    nameOf(index) {
      texts[index] ??= String.fromCharCode(...(names[index] as Uint8Array));
      return texts[index];
    },
    count: () => names.length,
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
