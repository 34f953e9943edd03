// Builds all TAs of a folder: the kit where it is not there yet, then each build, then the modules are put in one place.
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import { readModuleSections } from "../../wasm/format/sections.ts";
import { readExports } from "../../wasm/format/types.ts";
import { WORD } from "../call/target.ts";
import type { Compiler } from "../compiler/compiler.ts";
import { makeFolders } from "../folders/make_folders.ts";
import type { Cache } from "../kit/cache.ts";
import type { Kit } from "../kit/kit.ts";
import type { Mode } from "../mode/modes.ts";
import { openWorkshop } from "../service/make.ts";
import type { ToolContext } from "../tools/tool_context.ts";
import { findBuilds, type TaBuild } from "./find_builds.ts";
import { forgetModules, type LinkedModule, linkedModules, rememberModule } from "./linked_modules.ts";
import { runBuild } from "./run_build.ts";
import { recordSources } from "./source_record.ts";
import { taNameOf } from "./ta_name.ts";
import { uuidWarning } from "./uuid_warning.ts";
import { writeNote } from "./write_note.ts";

/** A file beside modules whose folder was built once more, and could not be: they are those of before. */
export const FAILED_BUILD = "failed";

interface BuildOptions {
  readonly folder: string;
  readonly kit: Kit;
  readonly compiler: Compiler;
  readonly cache: Cache;
  readonly env: NodeJS.ProcessEnv;
  /** Where modules go; default: their place in the cache. */
  readonly out?: string | undefined;
  readonly variables?: readonly string[];
  readonly say: (text: string) => void;
}

/** The paths of the modules, by name. The error says which folder failed; what make and the compiler said went to `say`. */
export async function buildTas(options: BuildOptions): Promise<Result<readonly string[]>> {
  const builds = findBuilds(options.folder);
  if (!builds.ok) return builds;
  const { kit, cache, out } = options;
  const made: OneBuild[] = [];
  for (const build of builds.value) {
    const one = await runOne(build, options);
    if (one === null) {
      const own = cache.modules(realpathSync(build.folder), kit.mode.name);
      if (existsSync(own)) writeFileSync(join(own, FAILED_BUILD), "");
      return err(`'${build.folder}' was not built: see the messages above`);
    }
    made.push(one);
  }
  const modules = made.flatMap((one) => one.modules);
  if (modules.length === 0) return err(`the build of '${options.folder}' made no TA`);
  for (const { file } of modules) {
    const warning = uuidWarning(file);
    if (warning !== null) options.say(`warning: ${warning}\n`);
  }
  return ok(out === undefined ? made.flatMap((one) => keep(one, options)).sort() : collect(modules, out));
}

/** What one Makefile made. */
interface OneBuild {
  readonly folder: string;
  readonly objects: string;
  readonly modules: readonly LinkedModule[];
}

/** Puts the modules of a folder where `--ta` finds them: these, and no others any more. */
function keep({ folder, objects, modules }: OneBuild, { kit, cache }: BuildOptions): string[] {
  const own = cache.modules(folder, kit.mode.name);
  const paths = collect(modules, own);
  for (const path of modulesIn(own)) if (!paths.includes(path)) rmSync(path);
  rmSync(join(own, FAILED_BUILD), { force: true });
  recordSources(own, [{ folder, objects, others: [kit.folder, ...kit.roots, ...kit.includes] }], Date.now());
  return paths;
}

/** Runs one Makefile; null where it failed. */
async function runOne({ folder: named, kind }: TaBuild, options: BuildOptions): Promise<OneBuild | null> {
  const { kit, cache } = options;
  const folder = realpathSync(named);
  const objects = cache.objects(
    folder,
    `${kit.folder}${kit.library === "own" && kit.mode.name !== "plain" ? ` ${kit.mode.name}` : ""}`,
  );
  makeFolders(objects);
  forgetModules(objects);
  const code = await make({ folder, kind }, objects, options);
  return code === 0 ? { folder, objects, modules: linkedModules(objects) } : null;
}

async function make(build: TaBuild, objects: string, options: BuildOptions): Promise<number> {
  const { kit, compiler, cache, env, say, variables = [] } = options;
  const importsFile = join(objects, "teemem.imports");
  writeFileSync(importsFile, kit.imports.map((name) => `${name}\n`).join(""));
  const context: ToolContext = {
    compiler,
    compile: {
      target: kit.target,
      includes: kit.includes,
      wholePaths: true,
      roots: [dirname(build.folder), dirname(objects), ...kit.roots],
      more: [...kit.compile, ...kit.mode.own],
    },
    link: { target: kit.target, importsFile, first: kit.first, runtime: kit.library === "own" ? [] : kit.runtime },
    replaced: new Map(),
    refused: new Set(),
    linked: (file, cwd, facts = {}) => {
      // A compiler check of cmake links, too.
      if (facts.name === undefined && !isTa(file)) return;
      const { name: given = taNameOf(cwd, build.folder, objects), libraries = [] } = facts;
      const { target, optee, library } = kit;
      const common = { format: 1, optee, library, target, word: WORD[target], mode: kit.mode.name } as const;
      const name = writeNote(file, { ...common, name: given, libraries });
      rememberModule(objects, { file, name });
    },
  };
  const workshop = openWorkshop({ context, bin: cache.bin, env, jobs: availableParallelism(), say });
  try {
    const { variables: modes = [] }: Mode = kit.mode;
    return await runBuild({ build, kit, objects, workshop, variables: [...modes, ...variables] });
  } finally {
    workshop.close();
  }
}

/** True for a module with the entry that a TA has. */
function isTa(file: string): boolean {
  const bytes = readFileSync(file);
  const sections = readModuleSections(bytes);
  return sections.ok && readExports(bytes, sections.value).some(({ name }) => name === "__utee_entry");
}

function modulesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".wasm"))
    .map((name) => join(folder, name));
}

/** Copies the modules under their names. Two of one name are told apart by their files'. */
function collect(modules: readonly LinkedModule[], out: string): string[] {
  makeFolders(out);
  const paths = modules.map(({ file, name }) => {
    const alone = modules.filter((other) => other.name === name).length === 1;
    return { file, path: join(out, `${alone ? name : `${name}-${basename(file).replace(/\.\w+$/, "")}`}.wasm`) };
  });
  for (const { file, path } of paths) {
    // Whole or not at all: somebody may be loading it.
    copyFileSync(file, `${path}.new`);
    renameSync(`${path}.new`, path);
  }
  return paths.map(({ path }) => path).sort();
}
