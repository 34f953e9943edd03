// The layout of Zstandard frames (RFC 8878, chapter 3.1), before anything is unpacked.

const MAGIC = 0xfd2fb528;
const [SKIPPABLE, SKIPPABLE_MASK] = [0x184d2a50, 0xfffffff0];
/** Bytes that a block has at most once it is unpacked. */
const MAX_BLOCK = 2 ** 17;
const RLE = 1;

/** One frame among others. */
interface ZstdFrame {
  /** Offset of the first byte behind it. */
  readonly end: number;
  /** Bytes that it has at most once it is unpacked; 0 for a frame without content. */
  readonly most: number;
}

/** True if the bytes begin like a Zstandard frame. */
export function isZstd(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && viewOf(bytes).getUint32(0, true) === MAGIC;
}

/** Unpacked bytes that a frame declares in its head; undefined if it does not, or is no frame. */
export function contentSize(frame: Uint8Array): number | undefined {
  const head = headOf(frame, 0);
  if (head === undefined || head.sizeBytes === 0 || head.end > frame.length) return undefined;
  const view = viewOf(frame);
  const at = head.end - head.sizeBytes;
  if (head.sizeBytes === 1) return frame[at];
  // Two bytes count from 256.
  if (head.sizeBytes === 2) return view.getUint16(at, true) + 256;
  return head.sizeBytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}

/** The frame that begins at an offset; undefined where none does, or it is cut off. */
export function zstdFrameAt(bytes: Uint8Array, start: number): ZstdFrame | undefined {
  const view = viewOf(bytes);
  const left = bytes.length - start;
  if (left >= 8 && (view.getUint32(start, true) & SKIPPABLE_MASK) >>> 0 === SKIPPABLE) {
    const end = start + 8 + view.getUint32(start + 4, true);
    return end <= bytes.length ? { end, most: 0 } : undefined;
  }
  const head = headOf(bytes, start);
  if (head === undefined) return undefined;
  let at = head.end;
  let blocks = 0;
  for (let last = 0; last === 0; blocks++) {
    if (at + 3 > bytes.length) return undefined;
    const word = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
    last = word & 1;
    at += 3 + (((word >> 1) & 3) === RLE ? 1 : word >> 3);
  }
  const end = at + head.checksumBytes;
  if (end > bytes.length) return undefined;
  return { end, most: contentSize(bytes.subarray(start, end)) ?? blocks * MAX_BLOCK };
}

/** The parts of a frame's head, which ends with the content size. */
function headOf(bytes: Uint8Array, start: number) {
  if (bytes.length - start < 5 || viewOf(bytes).getUint32(start, true) !== MAGIC) return undefined;
  const descriptor = bytes[start + 4] as number;
  const single = (descriptor >> 5) & 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
  const sizeBytes = [single, 2, 4, 8][descriptor >> 6] as number;
  const end = start + 5 + (1 - single) + dictionaryBytes + sizeBytes;
  return { end, sizeBytes, checksumBytes: (descriptor >> 2) & 1 ? 4 : 0 };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
