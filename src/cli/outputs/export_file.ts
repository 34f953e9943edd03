// Opens the output of `teemem export`.
import { once } from "node:events";
import { createGzip } from "node:zlib";
import { ok, type Result } from "../../base/result.ts";
import type { Output } from "./output.ts";
import { openOutput } from "./write_file.ts";

/** Where an export goes. */
interface ExportFile {
  /** Takes text or bytes, and waits where the reader is slower than we are. Throws if it cannot be written. */
  write(chunk: string | Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** Leaves no part of it. */
  discard(): void;
}

/** Opens a file, or takes standard output for `-`. An existing file is overwritten only with --force. */
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
    discard: () => {},
  };
}

function toFile(path: string, force: boolean): Result<ExportFile> {
  const file = openOutput(path, force ? "replace" : "refuse");
  if (!file.ok) return file;
  return ok({
    write: async (chunk) => file.value.write(chunk),
    end: async () => file.value.finish(),
    discard: file.value.discard,
  });
}

function zip(sink: ExportFile): ExportFile {
  const gzip = createGzip();
  const done = (async () => {
    for await (const bytes of gzip) await sink.write(bytes);
  })();
  // The error is reported where `done` is awaited.
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
    discard: sink.discard,
  };
}
