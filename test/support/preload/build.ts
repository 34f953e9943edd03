// Builds the preload library of device/ with a libteec that stands in for a board, and runs clients with them.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SOURCES = fileURLToPath(new URL("../../../device/preload/", import.meta.url));
const FLAGS = ["-std=c99", "-O2", "-fPIC", "-shared", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror"];

/** Compiles the library with a compiler, where every warning is an error. */
export function buildLibrary(compiler: readonly string[], output: string, more: readonly string[] = []): void {
  const [program = "", ...words] = compiler;
  const files = readdirSync(SOURCES).filter((name) => name.endsWith(".c"));
  const sources = files.map((name) => join(SOURCES, name));
  execFileSync(program, [...words, ...FLAGS, ...more, "-o", output, ...sources, "-ldl", "-lpthread"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** A client and what it needs, in a folder of its own. */
export interface Bench {
  readonly folder: string;
  /** Lines of the library. */
  lines(): string[];
  run(program: "client" | "host", args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  remove(): void;
}

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
  readonly signal: string | null;
}

/** Builds all with the host's gcc; libteec is `libteec.so.VERSION`. */
export function createBench(version: 1 | 2): Bench {
  const folder = mkdtempSync(join(tmpdir(), "teemem-preload-"));
  const gcc = (...args: string[]): void => void execFileSync("gcc", ["-O1", "-fPIC", ...args], { cwd: folder });
  const soname = `libteec.so.${version}`;
  buildLibrary(["gcc"], join(folder, "preload.so"));
  gcc("-shared", `-Wl,-soname,${soname}`, "-o", soname, join(HERE, "libteec.c"), "-lpthread");
  gcc("-o", "client", join(HERE, "client.c"), soname, "-lpthread", "-Wl,-rpath,$ORIGIN");
  gcc("-shared", "-o", "plugin.so", join(HERE, "client.c"), soname, "-lpthread", "-Wl,-rpath,$ORIGIN");
  gcc("-o", "host", join(HERE, "host.c"), "-ldl");
  const output = join(folder, "moments");
  return {
    folder,
    lines: () => readFileSync(output, "latin1").trimEnd().split("\n"),
    run: (program, args, env = {}) =>
      new Promise((resolve) => {
        const all = {
          PATH: process.env.PATH ?? "",
          LD_PRELOAD: join(folder, "preload.so"),
          TEEMEM_OUT: output,
          FAKE_SHARED: join(folder, "shared"),
          ...env,
        };
        const child = spawn(join(folder, program), args, { env: all, stdio: ["ignore", "pipe", "pipe"] });
        const texts = { out: "", err: "" };
        child.stdout.on("data", (data) => (texts.out += data));
        child.stderr.on("data", (data) => (texts.err += data));
        child.once("close", (code, signal) => resolve({ ...texts, code, signal }));
      }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
