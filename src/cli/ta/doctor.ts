// `teemem ta doctor`: what builds need, what of it is here, and how to get the rest.
import { printable, shown } from "../../base/printable.ts";
import { ok } from "../../base/result.ts";
import { hasBinaryen } from "../../node/asyncify/asyncify.ts";
import { findCompiler } from "../../toolchain/build/find_compiler.ts";
import { runProcess } from "../../toolchain/compiler/run_process.ts";
import { opteeTree } from "../../toolchain/kit/optee_tree.ts";
import { waitingHere } from "../../wasm/engine/waiting.ts";
import { hasWideAddresses } from "../../wasm/module/engine.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { TaDoctorJson } from "../schemas/ta.ts";
import type { TaBuildOptions } from "./build.ts";

/** One thing that a build needs. */
interface Finding {
  readonly what: string;
  /** Without it nothing is built. */
  readonly fails: boolean;
  readonly text: string;
}

/** Prints one line for each; exit code 1 where a build would fail. */
export async function taDoctor(options: TaBuildOptions, io: Io): Promise<CommandResult> {
  const findings = [await compiler(options), await make(), await cmake(), sources(options), runtime()];
  const checks = findings.map(({ what, fails, text }) => ({ name: what, well: !fails, text }));
  if (options.json === true) io.out.writeData(describedJson<TaDoctorJson>()({ checks }));
  else
    for (const { what, fails, text } of findings) {
      io.out.write(shown`${printable(what.padEnd(12))}${fails ? "LACKS  " : "       "}${printable(text)}\n`);
    }
  return ok(findings.some(({ fails }) => fails) ? 1 : 0);
}

async function compiler({ cc }: TaBuildOptions): Promise<Finding> {
  const found = await findCompiler(cc, process.env);
  if (found.ok) await found.value.close();
  return { what: "compiler", fails: !found.ok, text: found.ok ? found.value.name : found.error };
}

async function make(): Promise<Finding> {
  const answer = await runProcess("make", ["--version"]);
  const version = /GNU Make ([\d.]+)/.exec(answer.out)?.[1];
  const text = version === undefined ? "no GNU make: install make" : `GNU make ${version}`;
  return { what: "make", fails: version === undefined, text };
}

async function cmake(): Promise<Finding> {
  const answer = await runProcess("cmake", ["--version"]);
  const version = /version ([\d.]+)/.exec(answer.out)?.[1];
  return { what: "cmake", fails: false, text: version ?? "not there; only a TA with a CMakeLists.txt needs it" };
}

function sources({ optee }: TaBuildOptions): Finding {
  const path = optee ?? process.env.OPTEE_OS;
  if (path === undefined || path === "") {
    return { what: "OP-TEE", fails: false, text: "no sources (--optee, OPTEE_OS): TAs get teemem's own library" };
  }
  const tree = opteeTree(path);
  return {
    what: "OP-TEE",
    fails: !tree.ok,
    text: tree.ok ? `${tree.value.release} in ${tree.value.path}` : tree.error,
  };
}

function runtime(): Finding {
  const wide = hasWideAddresses() ? "as they are" : "with addresses of 32 bits";
  const waits = waitingHere().suspends || hasBinaryen();
  const waiting = waits ? "" : "; a TA that waits needs Node.js 24 or the package binaryen: npm install binaryen";
  return { what: "Node.js", fails: false, text: `${process.version} runs modules of 64 bits ${wide}${waiting}` };
}
