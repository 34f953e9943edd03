// Reads a recording of `teemem record` from a file, in bounded memory.
import { closeSync, openSync, readSync } from "node:fs";
import { err, ok, type Result } from "../../base/result.ts";
import { type BytesAt, wholeBytes } from "../../recording/bytes_at.ts";
import { readArrowAt } from "../../recording/read_arrow.ts";
import type { Recording } from "../../recording/recording.ts";
import { inputFailure, type OpenInput } from "./open_input.ts";
import { readOpened } from "./read_input.ts";
import { spool } from "./spool.ts";

/**
 * The recording in a file that was opened by this path. A plain file is read batch by batch, and stays open for the lines of
 * the secure console, if it has any; anything else is unpacked first. The error names the file.
 */
export async function readArrowFile(
  path: string,
  file: OpenInput,
  onProgress: (done: number, total: number) => void,
): Promise<Result<Recording>> {
  const bytes = await bytesOf(path, file);
  if (!bytes.ok) return bytes;
  const { content, close } = bytes.value;
  try {
    const read = await readArrowAt(content, spool(), onProgress);
    if (!read.ok || read.value.console === undefined) close();
    if (!read.ok) return err(`${file.name}: ${read.error}`);
    const files = read.value.traces.map(() => ({ name: file.name, kind: "arrow" as const }));
    return ok({ ...read.value, origin: file.name, files });
  } catch (error) {
    return err(inputFailure(path, error).text);
  }
}

async function bytesOf(
  path: string,
  file: OpenInput,
): Promise<Result<{ readonly content: BytesAt; readonly close: () => void }>> {
  const { size, packed } = file;
  if (size === undefined || packed !== undefined) {
    const whole = await readOpened(path, file);
    return whole.ok ? ok({ content: wholeBytes(whole.value), close: () => {} }) : err(whole.error.text);
  }
  await file.close();
  try {
    const descriptor = openSync(path, "r");
    return ok({ content: { size, read: reader(descriptor, size) }, close: () => closeSync(descriptor) });
  } catch (error) {
    return err(inputFailure(path, error).text);
  }
}

function reader(file: number, size: number): BytesAt["read"] {
  return (at, length) => {
    const into = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, size - at)));
    let done = 0;
    for (let read = -1; done < into.length && read !== 0; done += read)
      read = readSync(file, into, done, into.length - done, at + done);
    return new Uint8Array(into.buffer, 0, done);
  };
}
