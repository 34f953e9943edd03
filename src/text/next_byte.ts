// Finds the next of some byte for lines that are looked at one after the other.

/** Looks forward in bytes; each is looked at once, however many lines ask. */
interface NextByte {
  /** Begins anew, with other bytes up to `end`. */
  reset(bytes: Uint8Array, end: number): void;
  /** The first from `from` on, the end if there is none. `from` never goes back. */
  from(from: number): number;
}

/** A finder for one value. */
export function createNextByte(byte: number): NextByte {
  let bytes = new Uint8Array();
  let end = 0;
  let found = -1;
  return {
    reset(next, to) {
      bytes = next as Uint8Array<ArrayBuffer>;
      end = to;
      found = -1;
    },
    from(from) {
      if (found >= from) return found;
      const at = bytes.indexOf(byte, from);
      found = at < 0 || at > end ? end : at;
      return found;
    },
  };
}
