// Opens, locks and writes the file of a recording.
import { closeSync, openSync, unlinkSync } from "node:fs";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { takeLock } from "../../daemon/lock_file.ts";
import type { ByteSink } from "../../recording/stream_writer.ts";
import { writeReason } from "../outputs/file_reason.ts";
import { statOf, targetOf, unopened, writeAll } from "../outputs/write_file.ts";

/** A file that a recording goes to. Every write is done when it returns, so that a kill loses nothing of it. */
export interface RecordFile {
  readonly bytes: number;
  /** Why it is incomplete: the first write that failed, after which nothing is written; empty while all is well. */
  readonly failure: string;
  readonly write: ByteSink;
  close(): void;
  /** Takes it away again, if it was not there before. */
  remove(): void;
}

/**
 * Creates the file. An existing file is overwritten only with --force, and never while another process records into it. It is written
 * where it is, not beside it: what is recorded must be there when a kill -9 comes.
 */
export async function openRecordFile(path: string, over: boolean): Promise<Result<RecordFile>> {
  const wasThere = statOf(path) !== null;
  const lock = await lockOf(path);
  if (!lock.ok) return lock;
  let file: number;
  try {
    file = openSync(path, over ? "w" : "wx");
  } catch (error) {
    lock.value();
    return err(unopened(path, error));
  }
  const close = (): void => {
    closeSync(file);
    lock.value();
  };
  let bytes = 0;
  let failure = "";
  return ok({
    get bytes() {
      return bytes;
    },
    get failure() {
      return failure;
    },
    // What is recorded must not be disturbed by a full disk.
    write(chunk) {
      if (failure !== "") return;
      try {
        writeAll(file, chunk);
        bytes += chunk.length;
      } catch (error) {
        failure = `cannot write ${printable(path)}: ${writeReason(error)}; everything recorded since then is lost`;
      }
    },
    close,
    remove() {
      if (!wasThere) unlinkSync(path);
      close();
    },
  });
}

/** Keeps other recorders from a file. Where no lock can be made (a device, FAT), the file itself says what can be done. */
async function lockOf(path: string): Promise<Result<() => void>> {
  const none = ok(() => {});
  const real = targetOf(path);
  if (real === null || statOf(real)?.isFile() === false) return none;
  const taken = await takeLock(real, 0);
  if (taken.ok) return taken;
  if ("code" in taken.error) return none;
  const { lock, holder } = taken.error;
  return err(
    `process ${holder} is recording into ${printable(path)}; choose another file with -o. If that process is not a recorder, remove ${printable(lock)}`,
  );
}
