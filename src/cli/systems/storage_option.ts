// `--storage FOLDER`: where persistent objects stay.
import { printable, shown } from "../../base/printable.ts";
import { ok, type Result } from "../../base/result.ts";
import { openStorageFolder } from "../../node/storage_folder.ts";
import type { ObjectStore } from "../../tee/kernel/host/object_store.ts";
import type { Io } from "../outputs/outcome.ts";

/** The store of the option; an error if its folder cannot be used. Says on stderr what was changed there. */
export function storageOf(folder: string | undefined, io: Io): Result<{ readonly storage?: ObjectStore }> {
  if (folder === undefined) return ok({});
  const opened = openStorageFolder(folder);
  if (!opened.ok) return opened;
  const { store, upgraded } = opened.value;
  if (upgraded > 0) {
    const objects = printable(`${upgraded} object${upgraded === 1 ? "" : "s"}`);
    io.err.write(
      shown`teemem: ${printable(folder)}: gave ${objects} of an earlier teemem a checksum (docs/storage.md)\n`,
    );
  }
  return ok({ storage: store });
}
