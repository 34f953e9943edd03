// Bytes of a file on their way to a reader, who sets the pace.
import type { FileHandle } from "node:fs/promises";

const CHUNK = 2 ** 18;

/**
 * Streams `length` bytes of a file from `from` on; one chunk of memory at a time. `done` is called once, whether it ends or is
 * left; the file is closed then. A file that has become shorter breaks the answer off, as its length was promised.
 */
export function fileStream(
  file: FileHandle,
  from: number,
  length: number,
  done: () => void,
): ReadableStream<Uint8Array> {
  let at = from;
  const end = from + length;
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    done();
    await file.close().catch(() => {});
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(Math.min(CHUNK, end - at)), {
            position: at,
          });
          if (bytesRead === 0) throw new Error("the file became shorter while it was read");
          at += bytesRead;
          controller.enqueue(buffer.subarray(0, bytesRead));
          if (at < end) return;
          await close();
          controller.close();
        } catch (error) {
          await close();
          controller.error(error);
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}
