// What a Zstandard frame says of itself (RFC 8878, chapter 3.1.1), before anything is unpacked.

const MAGIC = 0xfd2fb528;

/** Bytes that a frame says it will have unpacked; undefined where it does not say, or is no frame. */
export function contentSize(frame: Uint8Array): number | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (frame.length < 5 || view.getUint32(0, true) !== MAGIC) return undefined;
  const descriptor = frame[4] as number;
  const single = (descriptor >> 5) & 1;
  const windowBytes = 1 - single;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
  const at = 5 + windowBytes + dictionaryBytes;
  const sizeBytes = [single, 2, 4, 8][descriptor >> 6] as number;
  if (sizeBytes === 0 || at + sizeBytes > frame.length) return undefined;
  if (sizeBytes === 1) return frame[at];
  // Two bytes tell what is beyond 256.
  if (sizeBytes === 2) return view.getUint16(at, true) + 256;
  return sizeBytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
