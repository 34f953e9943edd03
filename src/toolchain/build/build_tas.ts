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
import { linkedModules, rememberModule } from "./linked_modules.ts";
import { runBuild } from "./run_build.ts";
import { taNameOf } from "./ta_name.ts";
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
  const { kit, cache } = options;
  const own = cache.modules(realpathSync(options.folder), kit.mode.name);
  const mark = join(own, FAILED_BUILD);
  const modules: { file: string; name: string }[] = [];
  for (const build of builds.value) {
    const folder = realpathSync(build.folder);
    const objects = cache.objects(
      folder,
      `${kit.folder}${kit.library === "own" && kit.mode.name !== "plain" ? ` ${kit.mode.name}` : ""}`,
    );
    const code = await runOne({ ...build, folder }, objects, options);
    if (code !== 0) {
      if (existsSync(own)) writeFileSync(mark, "");
      return err(`'${build.folder}' was not built: see the messages above`);
    }
    modules.push(...linkedModules(objects));
  }
  if (modules.length === 0) return err(`the build of '${options.folder}' made no TA`);
  rmSync(mark, { force: true });
  const paths = collect(modules, options.out ?? own);
  // What an earlier build made and this one did not is no TA of the folder any more.
  if (options.out === undefined) for (const path of modulesIn(own)) if (!paths.includes(path)) rmSync(path);
  return ok(paths);
}

async function runOne(build: TaBuild, objects: string, options: BuildOptions): Promise<number> {
  const { kit, compiler, cache, env, say, variables = [] } = options;
  makeFolders(objects);
  const importsFile = join(objects, "teemem.imports");
  writeFileSync(importsFile, kit.imports.map((name) => `${name}\n`).join(""));
  const context: ToolContext = {
    compiler,
    compile: {
      target: kit.target,
      includes: kit.includes,
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
function collect(modules: readonly { file: string; name: string }[], out: string): string[] {
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
