import { closeSync, existsSync, openSync, unlinkSync, writeSync } from "node:fs";
import { printable } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { ByteSink } from "../recording/stream_writer.ts";

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

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such folder",
  ENOTDIR: "no such folder",
  EACCES: "no permission to write it",
  EISDIR: "is a directory",
};

/** Creates the file; one that is there is only written over if told. */
export function openRecordFile(path: string, over: boolean): Result<RecordFile> {
  if (path === "-") return err("a recording goes to a file: name one with -o");
  const wasThere = existsSync(path);
  if (!over && wasThere) return err(`${printable(path)} is there: name another with -o, or add --force`);
  let file: number;
  try {
    file = openSync(path, "w");
  } catch (error) {
    const code = codeOf(error);
    return err(`${printable(path)}: ${REASONS[code] ?? `cannot be written (${code})`}`);
  }
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
        for (let done = 0; done < chunk.length; ) done += writeSync(file, chunk, done);
        bytes += chunk.length;
      } catch (error) {
        failure = `cannot write ${printable(path)} (${codeOf(error)}): what was recorded from then on is lost`;
      }
    },
    close: () => closeSync(file),
    remove() {
      closeSync(file);
      if (!wasThere) unlinkSync(path);
    },
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
