// Unpacks what `zstd` wrote: any number of frames, with or without their sizes.
import { err, ok, type Result } from "../../base/result.ts";
import { zstdFrameAt } from "../../recording/zstd_frame.ts";

const DAMAGED = "the Zstandard data is damaged; copy the file again";

/** The content of all frames. Errors: damage, an end within a frame, more than `largest` bytes. */
export async function unpackZstd(bytes: Uint8Array, largest: number): Promise<Result<Uint8Array>> {
  // Most commands never need the codec.
  const { loadCodec } = await import("../../recording/codec.ts");
  const codec = await loadCodec();
  const tooLarge = err(`larger than ${largest} bytes when decompressed`);
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
        return most < frame.most ? tooLarge : err(DAMAGED);
      }
    }
    if (length > largest) return tooLarge;
    at = frame.end;
  }
  return ok(Buffer.concat(parts));
}
