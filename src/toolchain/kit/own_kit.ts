// The kit without OP-TEE's sources: headers, a small libc and a dev kit of our own, in the folder device/ta of this package.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { ok, type Result } from "../../base/result.ts";
import type { Target } from "../call/target.ts";
import type { Compiler } from "../compiler/compiler.ts";
import { makeFolders } from "../folders/make_folders.ts";
import { compileArguments, type Mode } from "../mode/modes.ts";
import type { Cache } from "./cache.ts";
import type { Kit } from "./kit.ts";
import { buildRuntime, RUNTIME } from "./runtime.ts";

function hashOf(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

interface OwnKitOptions {
  /** The folder `device` of this package. */
  readonly device: string;
  readonly target: Target;
  readonly mode: Mode;
  readonly compiler: Compiler;
  readonly cache: Cache;
}

/** Its sources are compiled with each TA; what checks call is compiled once, into the cache. */
export async function findOwnKit({ device, target, mode, compiler, cache }: OwnKitOptions): Promise<Result<Kit>> {
  const tools = [`TEEMEM_TARGET=${target}`, `TEEMEM_CC=${cache.tools}clang`, `TEEMEM_LD=${cache.tools}wasm-ld`];
  const kit: Kit = {
    folder: join(device, "ta"),
    target,
    mode,
    compile: [],
    optee: "",
    library: "own",
    imports: [],
    includes: [],
    roots: [],
    first: [],
    runtime: [],
    variables: tools,
  };
  if (mode.name === "plain") return ok(kit);
  const runtime = join(device, "wasm");
  const key = hashOf(join(runtime, "runtime"));
  const folder = cache.kit(`own-${target}-${mode.name}`, [compiler.name, key]);
  if (!existsSync(folder)) {
    const half = `${folder}.${process.pid}`;
    makeFolders(join(half, dirname(RUNTIME)));
    const compile = { target, includes: [], roots: [dirname(device)], more: [] };
    const link = { target, importsFile: "", first: [], runtime: [] };
    const context = { compiler, compile, link, replaced: new Map(), refused: new Set<string>(), linked: () => {} };
    const built = await buildRuntime(context, runtime, half, mode);
    if (!built.ok) return built;
    if (!existsSync(folder)) renameSync(half, folder);
    rmSync(half, { recursive: true, force: true });
  }
  const archive = join(folder, RUNTIME);
  const variables = [
    ...tools,
    `TEEMEM_MODE=${mode.name}`,
    `TEEMEM_CFLAGS=${compileArguments(mode, runtime).join(" ")}`,
    `TEEMEM_TA_CFLAGS=${mode.own.join(" ")}`,
    `TEEMEM_LDFLAGS=${archive}`,
  ];
  return ok({ ...kit, runtime: [archive], variables });
}
