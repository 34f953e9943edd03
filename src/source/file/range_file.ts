// A file whose bytes are read in parts.
import { type FileHandle, open } from "node:fs/promises";
import type { RangeBytes } from "../../recording/indexed/range_bytes.ts";

/** A file that is open; `size` is that of the moment it was opened or measured. */
interface RangeFile extends RangeBytes, AsyncDisposable {
  /** Looks how large it is now: it may grow. */
  measure(): Promise<void>;
}

/** Opens a file. Rejects as `open` does where it cannot be read. */
export async function openRangeFile(path: string): Promise<RangeFile> {
  const handle = await open(path);
  let { size } = await handle.stat();
  return {
    get size() {
      return size;
    },
    read: async (offset, length) => readAll(handle, offset, Math.max(0, Math.min(length, size - offset))),
    async measure() {
      ({ size } = await handle.stat());
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

async function readAll(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
