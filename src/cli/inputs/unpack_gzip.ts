// Unpacks gzip piece by piece, and gives all that is there of a file that was cut off.
import { createGunzip } from "node:zlib";
import { codeOf } from "../../base/error_code.ts";

const CHUNK = 65536;

/** The content, as it comes. `onCut` is notified where the data ends too early. Throws what zlib says of damage. */
export async function* unpackGzip(
  packed: AsyncIterable<Uint8Array>,
  onCut: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const unzip = createGunzip({ chunkSize: CHUNK });
  let failure: unknown;
  let ended = false;
  let wake = (): void => {};
  unzip.on("readable", () => wake());
  unzip.on("end", () => {
    ended = true;
    wake();
  });
  unzip.on("error", (error) => {
    failure = error;
    wake();
  });
  /** All that can be read until `done` says that no more will come. */
  async function* outputs(done: () => boolean): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const piece: Uint8Array | null = failure === undefined ? unzip.read() : null;
      if (piece !== null) yield piece;
      else if (failure !== undefined || done()) return;
      else await changed;
    }
  }
  try {
    for await (const piece of packed) {
      let taken = false;
      unzip.write(piece, () => {
        taken = true;
        wake();
      });
      yield* outputs(() => taken);
      if (failure !== undefined) throw failure;
    }
    unzip.end();
    yield* outputs(() => ended);
    if (failure === undefined) return;
    // A stream that was cut says so only at its end: all before it has been read.
    if (codeOf(failure) !== "Z_BUF_ERROR") throw failure;
    onCut();
  } finally {
    unzip.destroy();
  }
}
