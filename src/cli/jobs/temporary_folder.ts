// A folder of this process for what it keeps until it ends; nobody else can look into it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that is made when it is first wanted, and taken away with all that is in it. */
export interface TemporaryFolder extends Disposable {
  /** Path of a file in it. */
  file(name: string): string;
}

export function temporaryFolder(parent = tmpdir()): TemporaryFolder {
  let made: string | undefined;
  return {
    file(name) {
      made ??= mkdtempSync(join(parent, "teemem-serve-"));
      return join(made, name);
    },
    [Symbol.dispose]() {
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
    },
  };
}
