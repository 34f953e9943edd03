// Keeps what is packed in memory and, once that is much, in a temporary file: one without a name, gone when the program ends.
import { mkdtempSync, openSync, readSync, rmdirSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeOf } from "../../base/error_code.ts";
import { type ByteStore, memoryStore } from "../../replay/byte_store.ts";
import { Unreadable } from "./read_failure.ts";

/** Bytes that stay in memory. */
const IN_MEMORY = 2 ** 25;

/** A store that is as large as there is room on the disk. `append` throws `Unreadable` where there is none. */
export function spool(inMemory = IN_MEMORY, folder = tmpdir()): ByteStore {
  const memory = memoryStore();
  let kept = 0;
  let file: number | undefined;
  let written = 0;
  return {
    get length() {
      return kept + written;
    },
    append(bytes) {
      if (file === undefined && kept + bytes.length <= inMemory) {
        memory.append(bytes);
        kept += bytes.length;
        return;
      }
      try {
        file ??= openNameless(folder);
        for (let done = 0; done < bytes.length; )
          done += writeSync(file, bytes, done, bytes.length - done, written + done);
      } catch (error) {
        throw new Unreadable(`it needs a temporary file in ${folder} (${codeOf(error)}); TMPDIR names another folder`, {
          cause: error,
        });
      }
      written += bytes.length;
    },
    read(at, into) {
      if (at < kept) memory.read(at, into);
      else
        for (let done = 0; done < into.length; )
          done += readSync(file ?? -1, into, done, into.length - done, at - kept + done);
    },
  };
}

function openNameless(folder: string): number {
  const own = mkdtempSync(join(folder, "teemem-"));
  const path = join(own, "rows");
  const file = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  rmdirSync(own);
  return file;
}
