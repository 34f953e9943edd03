// The compiler of a build: the one that was asked for, else that of this machine, else the npm package.
import { err, ok, type Result } from "../../base/result.ts";
import type { Compiler } from "./compiler.ts";
import { nativeCompiler } from "./native.ts";

/** What to do where there is none. */
const NO_COMPILER = "install clang and lld (Debian: apt install clang-19 lld-19)";

/** `asked`: a program, or nothing. */
export async function findCompiler(asked: string | undefined, env: NodeJS.ProcessEnv): Promise<Result<Compiler>> {
  const native = await nativeCompiler(asked, env);
  return native.ok ? ok(native.value) : err(`${native.error}; ${NO_COMPILER}`);
}
