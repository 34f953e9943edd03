// Builds TAs for `teemem ta build`: compiler, kit, folders, and what a person sees meanwhile.
import { join, resolve } from "node:path";
import { printable, printableLines, shown } from "../../base/printable.ts";
import { ok, type Result } from "../../base/result.ts";
import { buildTas } from "../../toolchain/build/build_tas.ts";
import { findCompiler } from "../../toolchain/build/find_compiler.ts";
import type { Target } from "../../toolchain/call/target.ts";
import type { Compiler } from "../../toolchain/compiler/compiler.ts";
import { type Cache, taCache } from "../../toolchain/kit/cache.ts";
import { findOpteeKit } from "../../toolchain/kit/find_kit.ts";
import type { Kit } from "../../toolchain/kit/kit.ts";
import { opteeTree } from "../../toolchain/kit/optee_tree.ts";
import { findOwnKit } from "../../toolchain/kit/own_kit.ts";
import type { Io } from "../outputs/outcome.ts";
import { packagePath } from "../package/package_path.ts";
import { buildLog } from "./build_log.ts";
import { type ModeOptions, modeOf } from "./mode_option.ts";
import { rememberBuild } from "./remembered_build.ts";

export interface TaBuildOptions extends ModeOptions {
  readonly optee?: string | undefined;
  readonly target?: Target | undefined;
  readonly cc?: string | undefined;
  readonly output?: string;
  readonly verbose?: boolean;
  readonly json?: boolean;
  /** Shows what make and the compiler say if the build fails, and else nothing. */
  readonly quiet?: boolean;
}

/** The paths of the modules. The error is one line; what make and the compiler said is on standard error by then. */
export async function buildTa(
  folders: readonly string[],
  variables: readonly string[],
  options: TaBuildOptions,
  io: Io,
): Promise<Result<readonly string[]>> {
  const env = process.env;
  const compiler = await findCompiler(options.cc, env);
  if (!compiler.ok) return compiler;
  try {
    const cache = taCache(env);
    const kit = await kitOf(compiler.value, cache, options, io);
    if (!kit.ok) return kit;
    const paths: string[] = [];
    for (const folder of folders) {
      const log = buildLog(io, options.verbose === true);
      const say = options.quiet === true ? log.keep : log.say;
      const common = { compiler: compiler.value, cache, env, variables, say };
      const built = await buildTas({ ...common, folder, kit: kit.value, out: options.output });
      log.end();
      if (!built.ok && options.quiet === true) io.err.write(printableLines(log.tail()));
      if (!built.ok) return built;
      const { optee = env.OPTEE_OS, target, cc } = options;
      rememberBuild(folder, { ...(optee === undefined ? {} : { optee: resolve(optee) }), target, cc, variables }, env);
      paths.push(...built.value);
    }
    return ok(paths);
  } finally {
    await compiler.value.close();
  }
}

async function kitOf(compiler: Compiler, cache: Cache, options: TaBuildOptions, io: Io): Promise<Result<Kit>> {
  const env = process.env;
  const target = options.target ?? "wasm64";
  const mode = modeOf(options);
  const optee = options.optee ?? (env.OPTEE_OS || undefined);
  if (optee === undefined) return findOwnKit({ device: packagePath("device"), target, mode, compiler, cache });
  const tree = opteeTree(optee);
  if (!tree.ok) return tree;
  const log = buildLog(io, options.verbose === true);
  const kit = await findOpteeKit({
    tree: tree.value,
    target,
    mode,
    compiler,
    cache,
    device: join(packagePath("device"), "wasm"),
    env,
    say: log.keep,
    starts: () => {
      io.err.write(
        shown`Building the libraries of OP-TEE ${printable(tree.value.release)} for ${target}${mode.name === "plain" ? "" : " with checks"}, once.\n`,
      );
      io.err.flush().catch(() => {});
    },
  });
  log.end();
  if (!kit.ok) io.err.write(printableLines(log.tail()));
  return kit;
}
