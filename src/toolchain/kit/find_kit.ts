// The kit of a build: from the cache, or built first.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Result } from "../../base/result.ts";
import { ok } from "../../base/result.ts";
import type { Target } from "../call/target.ts";
import type { Compiler } from "../compiler/compiler.ts";
import { compileArguments, type Mode } from "../mode/modes.ts";
import { openWorkshop } from "../service/make.ts";
import { clangArguments } from "../tools/clang_arguments.ts";
import type { ToolContext } from "../tools/tool_context.ts";
import type { Cache } from "./cache.ts";
import type { Kit } from "./kit.ts";
import { buildOpteeKit, existingOpteeKit, opteeReplacements } from "./optee_kit.ts";
import type { OpteeTree } from "./optee_tree.ts";
import { buildRuntime } from "./runtime.ts";

/** Counts changes of how kits are made that none of the other parts of the key shows. */
const FORMAT = "2";

interface KitOptions {
  readonly tree: OpteeTree;
  readonly target: Target;
  readonly mode: Mode;
  readonly compiler: Compiler;
  readonly cache: Cache;
  /** The folder `device/wasm` of this package. */
  readonly device: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (text: string) => void;
  /** Called before a kit is built, which takes a minute or so. */
  readonly starts: () => void;
}

export async function findOpteeKit(options: KitOptions): Promise<Result<Kit>> {
  const { tree, target, mode, compiler, cache, device, env, say, starts } = options;
  const includes = [join(device, "include")];
  const compile = { target, includes, roots: [tree.path], more: compileArguments(mode, device) };
  const key = [FORMAT, tree.mark, compiler.name, ...clangArguments([], compile, new Set()), contentOf(device)];
  const name = [tree.release, target, ...(mode.name === "plain" ? [] : [mode.name])].join("-");
  const place = { tree, target, mode, compile: compile.more, includes, folder: cache.kit(name, key) };
  const there = existingOpteeKit(place);
  if (there !== null) return ok(there);
  starts();
  const context: ToolContext = {
    compiler,
    compile,
    link: { target, importsFile: "", first: [], runtime: [] },
    replaced: opteeReplacements(tree, device, mode),
    refused: new Set(),
    linked: () => {},
  };
  const workshop = openWorkshop({ context, bin: cache.bin, env, jobs: availableParallelism(), say });
  try {
    return await buildOpteeKit({
      ...place,
      make: workshop.make,
      runtime: (kit) => buildRuntime(context, device, kit, mode),
    });
  } finally {
    workshop.close();
  }
}

function contentOf(folder: string): string {
  const hash = createHash("sha256");
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)));
  }
  return hash.digest("hex");
}
