// How a folder was built last, so that it can be built in the same way with checks.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import { buildFolders } from "../../toolchain/build/find_builds.ts";
import type { Target } from "../../toolchain/call/target.ts";
import { makeFolders } from "../../toolchain/folders/make_folders.ts";
import { taCache } from "../../toolchain/kit/cache.ts";

interface BuildSettings {
  readonly optee?: string | undefined;
  readonly target?: Target | undefined;
  readonly cc?: string | undefined;
  readonly variables: readonly string[];
}

/** In the folder of the plain modules, in every mode. */
function filesOf(folder: string, env: NodeJS.ProcessEnv): string[] {
  return buildFolders(folder).map((one) => join(taCache(env).modules(one), "build.json"));
}

export function rememberBuild(folder: string, settings: BuildSettings, env: NodeJS.ProcessEnv): void {
  for (const file of filesOf(folder, env)) {
    makeFolders(dirname(file));
    writeFileSync(file, JSON.stringify(settings));
  }
}

/** The settings of the last build. An error for a folder that nobody has built. */
export function rememberedBuild(folder: string, env: NodeJS.ProcessEnv): Result<BuildSettings> {
  const file = filesOf(folder, env).find((path) => existsSync(path));
  if (file === undefined) return err("nobody has built it yet");
  return ok(JSON.parse(readFileSync(file, "utf8")) as BuildSettings);
}
