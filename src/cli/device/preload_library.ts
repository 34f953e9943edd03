// The library of the part `preload` for any board: from the cache of what was built, else by a compiler of this machine.
import { readdirSync, readFileSync } from "node:fs";
import { err, ok, type Result } from "../../base/result.ts";
import type { PreloadLibrary, ProgramTarget } from "../../source/program.ts";
import { compilersFor, libraryFolder, libraryIn, nameOfTarget, versionOf } from "./compilers.ts";
import { sourcePath } from "./part.ts";
import { PRELOAD, PRELOAD_BUILD } from "./preload.ts";

const SHARED_HEADER = "teemem_ta.h";

/** The library, and where what was built is kept: a folder of the user's cache. */
export function preloadLibrary(env: NodeJS.ProcessEnv): PreloadLibrary {
  const { flags, libraries } = PRELOAD_BUILD;
  const version = versionOf(PRELOAD_BUILD, sources());
  return {
    flags,
    libraries,
    version,
    sources,
    built: (target) => builtFor(target, libraryFolder(env, "preload", version, target)),
  };
}

function builtFor(target: ProgramTarget, folder: string): Result<Uint8Array> {
  const known = compilersFor(target);
  const built = libraryIn(folder, { ...PRELOAD, build: PRELOAD_BUILD }, known);
  if (built.ok) return ok(readFileSync(built.value));
  const name = nameOfTarget(target);
  const example = known[0] ?? `a compiler for ${name} with ${target.libc}`;
  return err(
    `the exact moments need a library for ${name} (${target.libc}), and there is no compiler for it here or on the board: install ${example}, or build it with 'teemem device build preload --cc COMPILER -o ${folder}'`,
  );
}

/** By their paths below `device/`: the folder of the part, and the header that it shares with the object for TAs. */
function sources(): ReadonlyMap<string, Uint8Array> {
  const own = readdirSync(sourcePath(PRELOAD)).filter((name) => /\.[ch]$/.test(name));
  const paths = [SHARED_HEADER, ...own.sort().map((name) => `${PRELOAD.source}/${name}`)];
  return new Map(paths.map((source) => [source, readFileSync(sourcePath({ source }))]));
}
