// The library of the part `preload` for any board: from the cache of what was built, else by a compiler of this machine.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import type { PreloadLibrary, ProgramTarget } from "../../source/program.ts";
import { compilePart } from "./compile.ts";
import { sourcePath } from "./part.ts";
import { PRELOAD, PRELOAD_BUILD } from "./preload.ts";

const SHARED_HEADER = "teemem_ta.h";

/** Compilers as Debian and Arm name them, for programs of glibc. */
const COMPILERS: Readonly<Record<string, readonly string[]>> = {
  "aarch64-64": ["aarch64-linux-gnu-gcc", "aarch64-none-linux-gnu-gcc"],
  "arm-32": ["arm-linux-gnueabihf-gcc", "arm-none-linux-gnueabihf-gcc", "arm-linux-gnueabi-gcc"],
  "x86_64-64": ["x86_64-linux-gnu-gcc"],
  "riscv-64": ["riscv64-linux-gnu-gcc"],
};

/** The library, and where what was built is kept: a folder of the user's cache. */
export function preloadLibrary(env: NodeJS.ProcessEnv): PreloadLibrary {
  const { flags, libraries } = PRELOAD_BUILD;
  const version = versionOfSources();
  return {
    flags,
    libraries,
    version,
    sources,
    built: (target) => builtFor(target, join(cacheFolder(env), `preload-${version}`)),
  };
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "teemem");
}

function builtFor(target: ProgramTarget, cache: string): Result<Uint8Array> {
  const name = `${target.machine}-${target.word * 8}`;
  const folder = join(cache, `${name}-${target.libc}`);
  const there = readOrNull(join(folder, PRELOAD_BUILD.output));
  if (there !== null) return ok(there);
  const known = target.libc === "glibc" && Object.hasOwn(COMPILERS, name) ? (COMPILERS[name] ?? []) : [];
  for (const compiler of known) {
    const built = compilePart({ ...PRELOAD, build: PRELOAD_BUILD }, compiler, folder);
    if (built.ok) return ok(readFileSync(built.value.file));
  }
  const example = known[0] ?? `a compiler for ${name} with ${target.libc}`;
  return err(
    `the exact moments need a library for ${name} (${target.libc}), and there is no compiler for it here or on the board: install ${example}, or build it with 'teemem device build preload --cc COMPILER -o ${folder}'`,
  );
}

function readOrNull(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** By their paths below `device/`: the folder of the part, and the header that it shares with the object for TAs. */
function sources(): ReadonlyMap<string, Uint8Array> {
  const own = readdirSync(sourcePath(PRELOAD)).filter((name) => /\.[ch]$/.test(name));
  const paths = [SHARED_HEADER, ...own.sort().map((name) => `${PRELOAD.source}/${name}`)];
  return new Map(paths.map((source) => [source, readFileSync(sourcePath({ source }))]));
}

function versionOfSources(): string {
  const hash = createHash("sha256").update(JSON.stringify(PRELOAD_BUILD));
  for (const [name, data] of sources()) hash.update(name).update(data);
  return hash.digest("hex").slice(0, 12);
}
