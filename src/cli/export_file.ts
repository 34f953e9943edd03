import { once } from "node:events";
import { closeSync, existsSync, openSync, unlinkSync, writeSync } from "node:fs";
import { createGzip } from "node:zlib";
import { printable } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { Output } from "./output.ts";

/** Where an export goes. */
export interface ExportFile {
  /** Takes text or bytes, and waits where the reader is slower than we are. Throws if it cannot be written. */
  write(chunk: string | Uint8Array): Promise<void>;
  end(): Promise<void>;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such folder",
  ENOTDIR: "no such folder",
  EACCES: "no permission to write it",
  EISDIR: "is a directory",
};

/** Opens a file, or takes standard output for `-`. One that is there is only written over if told. */
export function openExport(
  path: string,
  { zipped, force }: { readonly zipped: boolean; readonly force: boolean },
  out: Output,
): Result<ExportFile> {
  const sink = path === "-" ? ok(toOutput(out)) : toFile(path, force);
  return !sink.ok || !zipped ? sink : ok(zip(sink.value));
}

function toOutput(out: Output): ExportFile {
  return {
    async write(chunk) {
      if (typeof chunk === "string") out.writeData(chunk);
      else out.writeBytes(chunk);
      await out.drain();
    },
    end: () => out.drain(),
  };
}

/** What cannot be written whole is taken away again. */
function toFile(path: string, force: boolean): Result<ExportFile> {
  const wasThere = existsSync(path);
  if (wasThere && !force) return err(`${printable(path)} is there: name another with -o, or add --force`);
  let file: number;
  try {
    file = openSync(path, "w");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return err(`${printable(path)}: ${REASONS[code] ?? `cannot be written (${code})`}`);
  }
  const encoder = new TextEncoder();
  return ok({
    async write(chunk) {
      const bytes = typeof chunk === "string" ? encoder.encode(chunk) : chunk;
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      } catch (error) {
        closeSync(file);
        if (!wasThere) unlinkSync(path);
        throw error;
      }
    },
    async end() {
      closeSync(file);
    },
  });
}

function zip(sink: ExportFile): ExportFile {
  const gzip = createGzip();
  const done = (async () => {
    for await (const bytes of gzip) await sink.write(bytes);
  })();
  // Heard of where it is waited for.
  done.catch(() => {});
  return {
    async write(chunk) {
      if (!gzip.write(chunk)) await Promise.race([once(gzip, "drain"), done]);
    },
    async end() {
      gzip.end();
      await done;
      await sink.end();
    },
  };
}
