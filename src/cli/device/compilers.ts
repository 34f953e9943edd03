// Compilers of this machine for the programs of another one, and where what they made is kept.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import type { ProgramTarget } from "../../source/program.ts";
import { userCache } from "../../toolchain/kit/cache.ts";
import { compilePart } from "./compile.ts";
import type { Compilation, DevicePart } from "./part.ts";

/** As Debian and Arm name them, for programs of glibc. */
const COMPILERS: Readonly<Record<string, readonly string[]>> = {
  "aarch64-64": ["aarch64-linux-gnu-gcc", "aarch64-none-linux-gnu-gcc"],
  "arm-32": ["arm-linux-gnueabihf-gcc", "arm-none-linux-gnueabihf-gcc", "arm-linux-gnueabi-gcc"],
  "x86_64-64": ["x86_64-linux-gnu-gcc"],
  "riscv-64": ["riscv64-linux-gnu-gcc"],
};

/** A part that is compiled into one library. */
export type LibraryPart = DevicePart & { readonly build: Compilation };

/** The known compilers for a target. */
export function compilersFor(target: ProgramTarget): readonly string[] {
  const name = nameOfTarget(target);
  return target.libc === "glibc" && Object.hasOwn(COMPILERS, name) ? (COMPILERS[name] ?? []) : [];
}

/** Like aarch64-64. */
export function nameOfTarget({ machine, word }: ProgramTarget): string {
  return `${machine}-${word * 8}`;
}

/** The folder of a user's cache that has what was built of these sources for a target. */
export function libraryFolder(
  env: NodeJS.ProcessEnv,
  name: string,
  version: string,
  target: ProgramTarget,
  more = "",
): string {
  return join(userCache(env), `${name}-${version}`, `${nameOfTarget(target)}-${target.libc}${more}`);
}

/** The path of a library: as it was built earlier, else by the first compiler that can. The error is that of the last one. */
export function libraryIn(folder: string, part: LibraryPart, compilers: readonly string[]): Result<string> {
  const there = join(folder, part.build.output);
  if (existsSync(there)) return ok(there);
  let why = "there is no compiler for it";
  for (const compiler of compilers) {
    const built = compilePart(part, compiler, folder);
    if (built.ok) return ok(built.value.file);
    why = built.error;
  }
  return err(why);
}

/** Changes with the sources and with how they are compiled. */
export function versionOf(build: Compilation, sources: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash("sha256").update(JSON.stringify(build));
  for (const [name, data] of sources) hash.update(name).update(data);
  return hash.digest("hex").slice(0, 12);
}
