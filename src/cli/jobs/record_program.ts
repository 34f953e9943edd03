// Runs a program while its system is recorded.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { suggest } from "../outputs/nearest.ts";
import { programWords } from "../package/package_path.ts";
import { STOPPING } from "../systems/signals.ts";

/** How a program ended: its exit code, or the signal that ended it. */
type ProgramEnd = Result<{ readonly code: number | null; readonly signal: string | null }>;

/** Where a program's standard output goes: our own, or our standard error, where our own has data. */
export type ProgramOutput = 1 | 2;

/**
 * Runs a program that finds the system by TEEMEM_SOCKET, and teemem's libteec in these folders, on our own streams, to its end.
 * `known` are names that the user may have meant where it is not there. A signal to us is the program's to answer: we wait for its end. An error if it cannot be started.
 */
export async function runRecorded(
  words: readonly string[],
  socket: string,
  libraries: readonly string[] = [],
  known: readonly string[] = [],
  stdout: ProgramOutput = 1,
): Promise<ProgramEnd> {
  const [name = "", ...args] = words;
  // Our own programs need not be installed to be run.
  const own = name === "teemem" || name === "xtest" ? programWords(name) : undefined;
  const [file, all] = own === undefined ? [name, args] : [process.execPath, [...own, ...args]];
  const found = [...libraries, process.env.LD_LIBRARY_PATH ?? ""].filter((folder) => folder !== "");
  const path = libraries.length === 0 ? {} : { LD_LIBRARY_PATH: found.join(":") };
  const child = spawn(file, all, {
    stdio: ["inherit", stdout, "inherit"],
    env: { ...process.env, ...path, TEEMEM_SOCKET: socket },
  });
  // A terminal's Ctrl-C reaches the program by itself, other signals do not.
  const pass = (signal: NodeJS.Signals): void => void (signal !== "SIGINT" && child.kill(signal));
  for (const signal of STOPPING) process.on(signal, pass);
  const end = await new Promise<ProgramEnd>((resolve) => {
    child.once("error", (error) => resolve(err(unstarted(name, error, known))));
    child.once("close", (code, signal) => resolve(ok({ code, signal })));
  });
  for (const signal of STOPPING) process.off(signal, pass);
  return end;
}

function unstarted(name: string, error: Error, known: readonly string[]): string {
  const code = "code" in error ? String(error.code) : error.message;
  const shown = printable(name);
  if (code === "EACCES") return `no permission to run '${shown}'`;
  if (code !== "ENOENT") return `cannot run '${shown}' (${code})`;
  if (name.includes("/") && !existsSync(name)) return `no such file: '${shown}'`;
  const workloads = known.length === 0 ? "" : `; the workloads are ${known.join(", ")}`;
  return `no program '${shown}'${suggest(name, known) || workloads}`;
}
