// The libteec that a client program is started with: built at first use, for whatever machine its files were made.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import type { ProgramTarget } from "../../source/program.ts";
import { compilersFor, libraryFolder, libraryIn, nameOfTarget, versionOf } from "./compilers.ts";
import { type ElfTarget, elfTarget } from "./elf_target.ts";
import { completeLibteec, LIBTEEC } from "./libteec.ts";
import { sourcePath } from "./part.ts";

/**
 * The folders with libteec, for LD_LIBRARY_PATH. They are for the machine of the program; where that is an emulator, for those of the
 * programs among its arguments. The error says why a client cannot be taken to the daemon.
 */
export function clientLibraries(
  words: readonly string[],
  cc: string | undefined,
  env: NodeJS.ProcessEnv,
): Result<string[]> {
  const targets = clientTargets(words, env);
  if (targets.some(({ isStatic }) => isStatic))
    return err("the client is linked statically: link it with libteec.so, so that teemem's can take its place");
  const folders: string[] = [];
  for (const target of targets) {
    const built = libteecFor(target, cc, env);
    if (!built.ok) return built;
    if (!folders.includes(built.value)) folders.push(built.value);
  }
  return ok(folders);
}

/** What of the words is a program of another machine than the first; else the first; a script runs on this machine. */
function clientTargets([name = "", ...args]: readonly string[], env: NodeJS.ProcessEnv): ElfTarget[] {
  const own = elfTarget(process.execPath);
  const first = elfTarget(whichProgram(name, env)) ?? own;
  const others = args.flatMap((path) => elfTarget(path) ?? []);
  const emulated = others.filter((other) => first === null || nameOfTarget(other) !== nameOfTarget(first));
  return emulated.length > 0 || first === null ? emulated : [first];
}

/** Where the shell would find it; what it cannot find stays as it is. */
function whichProgram(name: string, { PATH = "" }: NodeJS.ProcessEnv): string {
  if (name.includes("/")) return name;
  return (
    PATH.split(delimiter)
      .map((folder) => join(folder, name))
      .find(existsSync) ?? name
  );
}

function libteecFor(target: ProgramTarget, cc: string | undefined, env: NodeJS.ProcessEnv): Result<string> {
  const own = elfTarget(process.execPath);
  const isOwn = own !== null && nameOfTarget(own) === nameOfTarget(target);
  const usual = [...(isOwn ? ["cc", "gcc", "clang"] : []), ...compilersFor(target)];
  const folder = libraryFolder(
    env,
    "libteec",
    versionOf(LIBTEEC.build, sources()),
    target,
    cc === undefined ? "" : "-cc",
  );
  const built = libraryIn(folder, LIBTEEC, cc === undefined ? usual : [cc]);
  if (!built.ok)
    return err(
      `the client needs libteec for ${nameOfTarget(target)} (${target.libc}): ${built.error}. Name a compiler for it with --cc`,
    );
  completeLibteec({ file: built.value, folder });
  return ok(folder);
}

function sources(): ReadonlyMap<string, Uint8Array> {
  const folder = sourcePath(LIBTEEC);
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}
