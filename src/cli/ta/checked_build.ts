// Builds the TAs of a folder with checks before they are run with checks, in the way in which they were built without.
import { readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { readFailure } from "../inputs/read_failure.ts";
import type { Io } from "../outputs/outcome.ts";
import { buildTa } from "./build.ts";
import type { ModeOptions } from "./mode_option.ts";
import { rememberedBuild } from "./remembered_build.ts";

/** Builds what is older than its sources. Folders and files of finished modules are left as they are. */
export async function buildChecked(folders: readonly string[], mode: ModeOptions, io: Io): Promise<Result<void>> {
  for (const folder of folders) {
    try {
      if (statSync(folder).isFile() || readdirSync(folder).some((name) => name.endsWith(".wasm"))) continue;
    } catch (error) {
      return err(`${printable(folder)}: ${readFailure(error)}`);
    }
    const settings = rememberedBuild(folder, process.env);
    if (!settings.ok) {
      const command = `teemem ta build ${mode.memcheckFull === true ? "--memcheck=full" : "--memcheck"} ${printable(folder)}`;
      return err(
        `${printable(folder)}: ${settings.error}: run '${command}' first, with --optee if it needs OP-TEE's sources`,
      );
    }
    const { variables, ...options } = settings.value;
    const built = await buildTa([resolve(folder)], variables, { ...options, ...mode, quiet: true }, io);
    if (!built.ok) return built;
  }
  return ok(undefined);
}
