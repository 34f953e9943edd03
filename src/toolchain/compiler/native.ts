// clang and wasm-ld of this machine.
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import type { Compiler } from "./compiler.ts";
import { runProcess } from "./run_process.ts";

/** The oldest clang that takes what we ask of it. */
const OLDEST_CLANG = 16;

/** The newest version that we look for by its number. */
const NEWEST_CLANG = 30;

/** A clang and a wasm-ld that fit, or why there are none: what was found, and what lacks. */
export async function nativeCompiler(asked: string | undefined, env: NodeJS.ProcessEnv): Promise<Result<Compiler>> {
  const reasons: string[] = [];
  for (const clang of asked === undefined || asked === "" ? candidates(env) : [asked]) {
    const found = await completed(clang, env);
    if (found.ok) return found;
    if (found.error !== "") reasons.push(found.error);
  }
  return err(reasons[0] ?? "no clang on this machine");
}

/** Names of clang, then the newest first. */
function candidates(env: NodeJS.ProcessEnv): string[] {
  const numbers = Array.from({ length: NEWEST_CLANG - OLDEST_CLANG + 1 }, (_, at) => NEWEST_CLANG - at);
  const homebrew = ["/opt/homebrew/opt/llvm/bin/clang", "/usr/local/opt/llvm/bin/clang"];
  return [...numbers.map((number) => `clang-${number}`), "clang", ...(env.PATH?.includes("homebrew") ? homebrew : [])];
}

async function completed(clang: string, env: NodeJS.ProcessEnv): Promise<Result<Compiler>> {
  const version = await runProcess(clang, ["--version"], { env });
  if (version.code !== 0) return err("");
  const full = /\b(\d+)\.\d+\.\d+/.exec(version.out);
  const major = Number(full?.[1] ?? 0);
  if (major < OLDEST_CLANG) return err(`'${clang}' is version ${major}, and ${OLDEST_CLANG} is needed`);
  const resources = await runProcess(clang, ["-print-resource-dir"], { env });
  const targets = await runProcess(clang, ["--print-targets"], { env });
  if (targets.code === 0 && !targets.out.includes("wasm64")) return err(`'${clang}' cannot make WebAssembly`);
  const linker = await linkerOf(clang, major, env);
  if (linker === null) return err(`'${clang}' is there, but no wasm-ld: install lld-${major}`);
  const programs = { clang, "clang++": clang, "wasm-ld": linker };
  return ok({
    name: `clang ${full?.[0] ?? major}`,
    major,
    headers: join(resources.out.trim(), "include"),
    parallel: availableParallelism(),
    run: ({ program, args, cwd, input }) =>
      runProcess(programs[program], program === "clang++" ? ["--driver-mode=g++", ...args] : args, { cwd, env, input }),
    close: async () => {},
  });
}

async function linkerOf(clang: string, major: number, env: NodeJS.ProcessEnv): Promise<string | null> {
  const beside = await runProcess(clang, ["-print-prog-name=wasm-ld"], { env });
  for (const name of [beside.out.trim(), `wasm-ld-${major}`, "wasm-ld"]) {
    if (name === "") continue;
    const answer = await runProcess(name, ["--version"], { env });
    if (answer.code === 0) return name;
  }
  return null;
}
