// Lets TAs wait in engines without JavaScript Promise Integration: binaryen's pass Asyncify, by its program wasm-opt.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import type { Asyncify } from "../../wasm/module/unwound.ts";
import { readOffsetMap, writeOffsetMap } from "./source_map.ts";

/** What clang makes use of, and what the pass needs to know that it may be there. */
const FEATURES = [
  "bulk-memory",
  "sign-ext",
  "nontrapping-float-to-int",
  "mutable-globals",
  "multivalue",
  "reference-types",
  "exception-handling",
  "memory64",
];

/** By the package binaryen, where it is installed. An error that says what is missing, or what binaryen says. */
export const asyncify: Asyncify = async (bytes, waits) => {
  const made = await runPass(bytes, waits);
  return made.ok ? ok({ bytes: made.value.bytes, original: readOffsetMap(made.value.map) }) : made;
};

/** What the pass makes: a module, and the source map of its instructions. */
export interface PassOutput {
  readonly bytes: Uint8Array;
  readonly map: string;
}

/** Runs the pass over a module. */
export async function runPass(bytes: Uint8Array, waits: readonly string[]): Promise<Result<PassOutput>> {
  const program = findProgram();
  if (program === null) return err("the package binaryen is not installed: npm install binaryen, or take Node.js 24");
  const folder = await mkdtemp(join(tmpdir(), "teemem-asyncify-"));
  const file = (name: string): string => join(folder, name);
  try {
    await writeFile(file("in.wasm"), bytes);
    await writeFile(file("in.map"), writeOffsetMap(bytes));
    const ran = await run(program, [
      file("in.wasm"),
      ...FEATURES.map((name) => `--enable-${name}`),
      "-g",
      "--asyncify",
      `--pass-arg=asyncify-imports@${waits.join(",")}`,
      "-ism",
      file("in.map"),
      "-osm",
      file("out.map"),
      "-o",
      file("out.wasm"),
    ]);
    if (!ran.ok) return ran;
    const made = new Uint8Array(await readFile(file("out.wasm")));
    return ok({ bytes: made, map: await readFile(file("out.map"), "utf8") });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether the package is there. */
export function hasBinaryen(): boolean {
  return findProgram() !== null;
}

function findProgram(): string | null {
  try {
    const main = createRequire(import.meta.url).resolve("binaryen");
    return join(main, "..", "bin", "wasm-opt");
  } catch {
    return null;
  }
}

/** Runs the program, which is JavaScript, with this Node.js. */
function run(program: string, args: readonly string[]): Promise<Result<null>> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.on("error", (error) => done(err(error.message)));
    child.on("close", (code) => done(code === 0 ? ok(null) : err(`binaryen: ${said.trim() || `exit code ${code}`}`)));
  });
}
