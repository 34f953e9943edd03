// The compiler of a build: the one that was asked for, else that of this machine, else the npm package.
import { err, ok, type Result } from "../../base/result.ts";
import type { Compiler } from "../compiler/compiler.ts";
import { nativeCompiler } from "../compiler/native.ts";
import { yowaspCompiler } from "../yowasp/yowasp_compiler.ts";

/** What to do where there is none. */
const NO_COMPILER =
  "install clang and lld (Debian: apt install clang-19 lld-19), or 'npm install @yowasp/clang' where teemem is";

/** The name of the package as a choice. */
const YOWASP = "yowasp";

/** `asked`: a program, `yowasp` for the package, or nothing. */
export async function findCompiler(asked: string | undefined, env: NodeJS.ProcessEnv): Promise<Result<Compiler>> {
  const native = asked === YOWASP ? err("") : await nativeCompiler(asked, env);
  if (native.ok) return ok(native.value);
  const packaged = asked === undefined || asked === YOWASP ? yowaspCompiler() : err("");
  if (packaged.ok) return ok(packaged.value);
  return err(`${native.error || packaged.error}; ${NO_COMPILER}`);
}
