// `--ta FOLDER`: TAs that the user built, side by side with the bundled ones.
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Command } from "commander";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Surroundings } from "../../tee/boot.ts";
import { FAILED_BUILD } from "../../toolchain/build/build_tas.ts";
import { buildFolders } from "../../toolchain/build/find_builds.ts";
import { newerSource } from "../../toolchain/build/source_record.ts";
import { taCache } from "../../toolchain/kit/cache.ts";
import { MODES } from "../../toolchain/mode/modes.ts";
import { readFailure } from "../inputs/read_failure.ts";
import type { Io } from "../outputs/outcome.ts";
import { buildChecked } from "../ta/checked_build.ts";
import { type ModeOptions, modeOf, modeOption } from "../ta/mode_option.ts";
import { type BuiltTa, builtTa } from "./built_ta.ts";
import { uuidOfName } from "./known_tas.ts";
import { libraryFiles } from "./library_files.ts";

/** What a command with the option is given. */
export interface OwnTaOptions extends ModeOptions {
  readonly ta?: readonly string[] | undefined;
}

/** Adds the option to a command. */
export function ownTaOption(command: Command): Command {
  return command.option(
    "--ta <folder>",
    "TAs that 'teemem ta build' made of this folder, or its .wasm files; may be repeated",
    collected,
  );
}

/** Adds the option for checks of the TAs of `--ta`. */
export function memcheckOption(command: Command): Command {
  return modeOption(
    command,
    "check each access to memory of the TAs of --ta, as valgrind does; --memcheck=full: use of what was never written, too",
  );
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** What of the values of one `--ta` are folders of TAs, and the name or UUID of a TA: where a command takes both. */
export function foldersAndName(values: readonly string[]): {
  readonly folders: string[];
  readonly name: string | undefined;
} {
  const isFolder = (value: string): boolean =>
    value.includes("/") || value.endsWith(".wasm") || (uuidOfName(value) === undefined && existsSync(value));
  return { folders: values.filter(isFolder), name: values.filter((value) => !isFolder(value)).at(-1) };
}

/** Adds such an option to a command. */
export function ownOrNamedTaOption(command: Command, text: string): Command {
  return command.option("--ta <uuid|name|folder>", text, collected);
}

type Apps = NonNullable<Surroundings["apps"]>;
type Bundled = readonly Extract<Apps[number], { readonly uuid: string }>[];

/** TAs that can be loaded, and which of them are the user's. */
export interface OwnTas {
  readonly apps: Apps;
  readonly own: readonly Pick<BuiltTa, "uuid" | "name">[];
}

/** The TAs of the folders, and the bundled ones whose UUID none of them has. `say` is told what happens to them later. */
export function withOwnTas(
  folders: readonly string[],
  bundled: Bundled,
  env: NodeJS.ProcessEnv,
  say: (text: string) => void,
  mode = "plain",
): Result<OwnTas> {
  const own = new Map<string, BuiltTa>();
  const libraries = libraryFiles();
  for (const folder of folders) {
    const files = modulesOf(folder, env, mode);
    if (!files.ok) return files;
    const note = oldNote(folder, files.value);
    if (note !== null) say(note);
    for (const file of files.value) {
      if (libraries.add(file)) continue;
      const built = builtTa(file, say, libraries);
      if (!built.ok) return built;
      if (mode !== "plain" && built.value.mode !== mode)
        return err(`${printable(file)} was built without checks: build it with 'teemem ta build --memcheck'`);
      const other = own.get(built.value.uuid);
      if (other !== undefined && other.file !== file)
        return err(
          `${printable(other.file)} and ${printable(file)} have the same UUID, ${built.value.uuid}: name only one of them after --ta`,
        );
      own.set(built.value.uuid, built.value);
    }
  }
  const all = [...own.values()];
  return ok({ apps: [...all.map(({ app }) => app), ...bundled.filter(({ uuid }) => !own.has(uuid))], own: all });
}

/** The same for a command: what happens to them later is said on standard error, at once. */
export async function ownTasOf(
  { ta = [], memcheck, memcheckFull }: OwnTaOptions,
  bundled: Bundled,
  io: Io,
): Promise<Result<OwnTas>> {
  // Commands have options that a build has, too, and mean something else by them.
  const options = { memcheck, memcheckFull };
  const mode = modeOf(options);
  if (mode.name !== "plain") {
    if (ta.length === 0) return err("--memcheck checks the TAs of --ta FOLDER: name one");
    const built = await buildChecked(ta, options, io);
    if (!built.ok) return built;
  }
  const say = (text: string): void => {
    io.err.write(shown`teemem: ${printable(text)}\n`);
    void io.err.flush().catch(() => {});
  };
  return withOwnTas(ta, bundled, process.env, say, mode.name);
}

/** What to know of modules that are older than their sources; null where they are not. */
function oldNote(folder: string, files: readonly string[]): string | null {
  const folders = [...new Set(files.map(dirname))];
  if (folders.some((one) => existsSync(join(one, FAILED_BUILD))))
    return `${folder}: its last build failed; these are the TAs of the one before`;
  const source = folders.map(newerSource).find((one) => one !== undefined);
  if (source === undefined) return null;
  return `${nameHere(source)} is newer than its module, which is run as it is: 'teemem ta build ${folder}' builds it anew`;
}

/** A path as a person here would write it. */
function nameHere(path: string): string {
  const here = relative(process.cwd(), path);
  return here.startsWith("..") ? path : here;
}

/** The modules that lie in a folder; else those that were built of it. */
export function modulesOf(path: string, env: NodeJS.ProcessEnv, mode: string): Result<string[]> {
  try {
    if (statSync(path).isFile()) return ok([path]);
    const there = wasmFiles(path);
    if (there.length > 0) return ok(there);
    const folders = buildFolders(path);
    const inMode = (name?: string): string[] => folders.flatMap((one) => wasmFiles(taCache(env).modules(one, name)));
    const built = inMode(mode);
    if (built.length > 0) return ok(built);
    const checked = mode === "plain" && inMode(MODES.memcheck.name).length > 0;
    const missing = checked ? "was built with checks only" : "has no TA that is built";
    return err(`${printable(path)} ${missing}: run 'teemem ta build ${printable(path)}' first`);
  } catch (error) {
    return err(`${printable(path)}: ${readFailure(error)}`);
  }
}

function wasmFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".wasm"));
  return names.sort().map((name) => join(folder, name));
}
