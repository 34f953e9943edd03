// Packs a column of numbers: each as its distance from the least, in as few bytes as the largest distance takes.

/** How a packed column lies in its store. */
export interface PackedColumn {
  /** Offset of the first byte. */
  readonly at: number;
  /** Bytes of each number; 0 where all are the same, 8 where they are stored as they are. */
  readonly width: 0 | 1 | 2 | 4 | 8;
  /** What is to be added to each. */
  readonly base: number;
}

type Column = Int32Array | Float64Array | Uint8Array;
type Packed = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Room for the packed form of a column, seen with each width. */
interface PackRoom {
  readonly bytes: Uint8Array;
  readonly of: Readonly<Record<1 | 2 | 4 | 8, Packed>>;
}

/** Room for columns of so many numbers. */
export function createPackRoom(numbers: number): PackRoom {
  const buffer = new ArrayBuffer(8 * numbers);
  return {
    bytes: new Uint8Array(buffer),
    of: {
      1: new Uint8Array(buffer),
      2: new Uint16Array(buffer),
      4: new Uint32Array(buffer),
      8: new Float64Array(buffer),
    },
  };
}

/** Packs the first `length` numbers into the room, from where `length` times the width bytes are to be stored. */
export function packColumn(values: Column, length: number, room: PackRoom): Omit<PackedColumn, "at"> {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < length; n++) {
    const value = values[n] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const width = widthOf(most - least);
  if (width === 0) return { width, base: least };
  // Numbers that take no more as they are need no sum.
  const base = width === 8 || (least >= 0 && widthOf(most) === width) ? 0 : least;
  const packed = room.of[width];
  if (base === 0) packed.set(values.subarray(0, length));
  else for (let n = 0; n < length; n++) packed[n] = (values[n] as number) - base;
  return { width, base };
}

/** Writes `length` numbers of a column, whose packed form is in the room, to `values`. */
export function unpackColumn(
  { width, base }: Omit<PackedColumn, "at">,
  length: number,
  room: PackRoom,
  values: Column,
): void {
  if (width === 0) {
    values.fill(base, 0, length);
    return;
  }
  values.set(room.of[width].subarray(0, length));
  if (base !== 0) for (let n = 0; n < length; n++) values[n] = (values[n] as number) + base;
}

function widthOf(distance: number): PackedColumn["width"] {
  if (distance === 0) return 0;
  if (distance < 2 ** 8) return 1;
  if (distance < 2 ** 16) return 2;
  return distance < 2 ** 32 ? 4 : 8;
}
