// FlatBuffers as their binary format is described (flatbuffers.dev/internals): what Arrow has in the heads of its messages.

/** Bytes that are no FlatBuffer of the kind that is wanted: caught where a head is read. */
export class BadHead extends Error {}

/** A table of named fields, each found by its number. What is not there has its default. Every read is checked. */
export interface FlatTable {
  /** A number of 8, 16 or 32 bits, signed. */
  int(field: number, bits: 8 | 16 | 32, missing: number): number;
  /** A signed number of 64 bits; beyond 2^53 that is an error. */
  long(field: number): number;
  text(field: number): string;
  table(field: number): FlatTable | null;
  tables(field: number): FlatTable[];
  /** Structures of two 64-bit numbers each. */
  pairs(field: number): (readonly [number, number])[];
}

/** A message has a few dozen tables; more are one table named again and again, which could go on without end. */
const MOST_TABLES = 4096;

/** The table that a buffer begins with. Long: its readers share the bytes and the number of tables so far. */
export function rootTable(bytes: Uint8Array): FlatTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let tables = 0;

  function within(at: number, length: number): number {
    if (at < 0 || at + length > bytes.length) throw new BadHead("an offset points outside of it");
    return at;
  }
  const u32 = (at: number): number => view.getUint32(within(at, 4), true);
  const u16 = (at: number): number => view.getUint16(within(at, 2), true);
  /** Where an offset that is stored at a place leads. */
  const target = (at: number): number => at + u32(at);
  function long(at: number): number {
    const value = Number(view.getBigInt64(within(at, 8), true));
    if (!Number.isSafeInteger(value)) throw new BadHead("a number is too large");
    return value;
  }
  /** First element and number of elements of a vector, all of it within the bytes. */
  function vector(at: number, size: number): readonly [first: number, length: number] {
    const start = target(at);
    const length = u32(start);
    within(start + 4, length * size);
    return [start + 4, length];
  }

  function tableAt(start: number): FlatTable {
    if (++tables > MOST_TABLES) throw new BadHead("it has too many tables");
    const names = start - view.getInt32(within(start, 4), true);
    const size = u16(names);
    /** Where a field is, or -1. */
    const fieldAt = (field: number): number => {
      const entry = 4 + 2 * field;
      const offset = entry + 2 > size ? 0 : u16(names + entry);
      return offset === 0 ? -1 : start + offset;
    };
    return {
      int(field, bits, missing) {
        const at = fieldAt(field);
        if (at < 0) return missing;
        within(at, bits / 8);
        return bits === 8 ? view.getInt8(at) : bits === 16 ? view.getInt16(at, true) : view.getInt32(at, true);
      },
      long(field) {
        const at = fieldAt(field);
        return at < 0 ? 0 : long(at);
      },
      text(field) {
        const at = fieldAt(field);
        if (at < 0) return "";
        const [first, length] = vector(at, 1);
        return new TextDecoder().decode(bytes.subarray(first, first + length));
      },
      table(field) {
        const at = fieldAt(field);
        return at < 0 ? null : tableAt(target(at));
      },
      tables(field) {
        const at = fieldAt(field);
        if (at < 0) return [];
        const [first, length] = vector(at, 4);
        return Array.from({ length }, (_, n) => tableAt(target(first + 4 * n)));
      },
      pairs(field) {
        const at = fieldAt(field);
        if (at < 0) return [];
        const [first, length] = vector(at, 16);
        return Array.from({ length }, (_, n) => [long(first + 16 * n), long(first + 16 * n + 8)] as const);
      },
    };
  }
  return tableAt(target(0));
}
