// File names of leak headers in threads that share a heap: an address means one name in all of them, or is unknown.
import { createFileNames, type FileNames, MALLOC_FILE } from "../malloc/names.ts";

/** File names with their list. */
export interface SharedNames extends FileNames {
  /** All names that have an address, in the order in which they got it. */
  readonly list: readonly string[];
}

/** Addresses of names: at steps from the first on, below the list head's. */
const FIRST_NAME = 0x0e000000;
const STEP = 64;
const PLACES = (0x0f000000 - FIRST_NAME) / STEP;
/** Places for the names of who made the heap. */
const ORDERED = 4096;

/**
 * Names in the order of `known`, then in that of their first use. Where a heap was opened (`scattered`), a further name has the
 * address that follows from its text, so that two threads never give one address to two names. An address without a known name is
 * `file 0x…`: that of another thread.
 */
export function createSharedNames(known: readonly string[] = [], scattered = false): SharedNames {
  const names = createFileNames(FIRST_NAME);
  const list: string[] = [];
  const others = new Map<string, number>();
  const byAddress = new Map<number, string>();
  const ordered = (name: string): number => {
    if (!list.includes(name)) list.push(name);
    return names.address(name);
  };
  const scatter = (name: string): number => {
    let place = placeOf(name);
    while (byAddress.has(FIRST_NAME + STEP * place)) place = place + 1 < PLACES ? place + 1 : ORDERED;
    const address = FIRST_NAME + STEP * place;
    others.set(name, address);
    byAddress.set(address, name);
    return address;
  };
  for (const name of known) ordered(name);
  const first = new Set(known);
  return {
    list,
    address(name) {
      if (name === null) return 0;
      return scattered && !first.has(name) && name !== MALLOC_FILE
        ? (others.get(name) ?? scatter(name))
        : ordered(name);
    },
    at(address) {
      const name = names.at(address) ?? byAddress.get(address);
      if (name !== undefined || address === 0) return name ?? null;
      const place = (address - FIRST_NAME) / STEP;
      return Number.isInteger(place) && place >= 0 && place < PLACES ? `file 0x${address.toString(16)}` : undefined;
    },
  };
}

/** A place behind the ordered ones that follows from the text: FNV-1a. */
function placeOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < name.length; n++) hash = Math.imul(hash ^ name.charCodeAt(n), 0x01000193) >>> 0;
  return ORDERED + (hash % (PLACES - ORDERED));
}
