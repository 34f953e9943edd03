// Bytes that are read in parts: of a server, or of a file of the browser; and bytes that stand in the page.
import { isGzip } from "../../../recording/gzip_head.ts";
import type { RangeBytes } from "../../../recording/indexed/range_bytes.ts";

/** Parts of a file at an address, by HTTP ranges. It may have grown meanwhile: what is asked for is what comes. */
export function httpBytes(address: string, size: number): RangeBytes {
  return {
    size,
    async read(offset, length, signal) {
      if (length === 0) return new Uint8Array(0);
      const answer = await fetch(address, {
        headers: { range: `bytes=${offset}-${offset + length - 1}` },
        ...(signal === undefined ? {} : { signal }),
      });
      if (!answer.ok) throw new Error(`the server answered ${answer.status} ${answer.statusText}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      // A server without ranges sends the whole file.
      return answer.status === 206 ? bytes : bytes.slice(offset, offset + length);
    },
  };
}

/** Parts of a file that was dropped on the page; it stays where it is. */
export function blobBytes(blob: Blob): RangeBytes {
  return {
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

/** Bytes from Base64, unpacked where they are gzipped. */
export async function embeddedBytes(text: string): Promise<Uint8Array> {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return isGzip(packed) ? gunzip(new Blob([packed])) : packed;
}

/** Throws where the data are damaged or end too early. */
async function gunzip(blob: Blob): Promise<Uint8Array> {
  const stream = blob.stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
