// A socket of its own for an embedded system, for a program that is run beside it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ok, type Result } from "../../base/result.ts";
import { startDaemon } from "../../daemon/server.ts";
import type { Core } from "../../tee/kernel/core.ts";

/** Where it is served, and how that ends. */
export interface Served {
  readonly path: string;
  end(): Promise<void>;
}

/** Serves a system on a socket in a new folder below the temp folder, which goes with it. */
export async function serveInFolder(core: Core): Promise<Result<Served>> {
  const folder = mkdtempSync(join(tmpdir(), "teemem-record-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const daemon = await startDaemon(core, join(folder, "tee.sock"));
  if (!daemon.ok) {
    remove();
    return daemon;
  }
  return ok({
    path: daemon.value.path,
    async end() {
      await daemon.value.end();
      remove();
    },
  });
}
