// Unpacks what `zstd` wrote: any number of frames, with or without their sizes.
import { err, ok, type Result } from "../../base/result.ts";
import { zstdFrameAt } from "../../recording/zstd_frame.ts";
import { Unreadable } from "./read_failure.ts";

const DAMAGED = "the Zstandard data is damaged; copy the file again";
const TOO_LONG = "more than 256 MiB of Zstandard data: unpack it with 'zstd -dc FILE | teemem …' instead";

function tooLarge(largest: number): string {
  return `larger than ${largest} bytes when decompressed`;
}

/** The content of all frames. Errors: damage, an end within a frame, more than `largest` bytes. */
export async function unpackZstd(bytes: Uint8Array, largest: number): Promise<Result<Uint8Array>> {
  // Most commands never need the codec.
  const { loadCodec } = await import("../../recording/codec.ts");
  const codec = await loadCodec();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const frame = zstdFrameAt(bytes, at);
    if (frame === undefined) return err("the Zstandard data ends too early; the file is cut off, copy it again");
    const most = Math.min(frame.most, largest - length);
    if (frame.most > 0) {
      try {
        const part = codec.decompress(bytes.subarray(at, frame.end), most);
        length += part.length;
        parts.push(part);
      } catch {
        return err(most < frame.most ? tooLarge(largest) : DAMAGED);
      }
    }
    if (length > largest) return err(tooLarge(largest));
    at = frame.end;
  }
  return ok(Buffer.concat(parts));
}

/** Packed bytes that are unpacked as a whole: the codec has no streams. */
const LARGEST = 2 ** 28;
/** Pieces in which the content is given. */
const PIECE = 2 ** 16;

/** The content of all frames, in pieces. Throws `Unreadable`. */
export async function* zstdChunks(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of packed) {
    length += part.length;
    if (length > LARGEST) throw new Unreadable(TOO_LONG);
    parts.push(part);
  }
  const unpacked = await unpackZstd(Buffer.concat(parts), LARGEST);
  if (!unpacked.ok) throw new Unreadable(unpacked.error === tooLarge(LARGEST) ? TOO_LONG : unpacked.error);
  for (let at = 0; at < unpacked.value.length; at += PIECE) yield unpacked.value.subarray(at, at + PIECE);
}
