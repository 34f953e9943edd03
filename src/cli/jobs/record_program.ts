// Runs a program while its system is recorded.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { suggest } from "../outputs/nearest.ts";
import { STOPPING } from "../systems/signals.ts";
import { WORKLOADS } from "./workload.ts";

/** Our own programs, which need not be installed to be run. */
const OWN: Readonly<Record<string, string>> = { teemem: "../teemem.js", xtest: "../xtest.js" };

/** How a program ended: its exit code, or the signal that ended it. */
type ProgramEnd = Result<{ readonly code: number | null; readonly signal: string | null }>;

/**
 * Runs a program that finds the system by TEEMEM_SOCKET, and teemem's libteec in these folders, on our own streams, to its end.
 * A signal to us is the program's to answer: we wait for its end. An error if it cannot be started.
 */
export async function runRecorded(
  words: readonly string[],
  socket: string,
  libraries: readonly string[] = [],
): Promise<ProgramEnd> {
  const [name = "", ...args] = words;
  const own = OWN[name];
  const [file, all] =
    own === undefined ? [name, args] : [process.execPath, [fileURLToPath(new URL(own, import.meta.url)), ...args]];
  const found = [...libraries, process.env.LD_LIBRARY_PATH ?? ""].filter((folder) => folder !== "");
  const path = libraries.length === 0 ? {} : { LD_LIBRARY_PATH: found.join(":") };
  const child = spawn(file, all, { stdio: "inherit", env: { ...process.env, ...path, TEEMEM_SOCKET: socket } });
  // A terminal's Ctrl-C reaches the program by itself, other signals do not.
  const pass = (signal: NodeJS.Signals): void => void (signal !== "SIGINT" && child.kill(signal));
  for (const signal of STOPPING) process.on(signal, pass);
  const end = await new Promise<ProgramEnd>((resolve) => {
    child.once("error", (error) => resolve(err(unstarted(name, error))));
    child.once("close", (code, signal) => resolve(ok({ code, signal })));
  });
  for (const signal of STOPPING) process.off(signal, pass);
  return end;
}

function unstarted(name: string, error: Error): string {
  const code = "code" in error ? String(error.code) : error.message;
  const names = Object.keys(WORKLOADS);
  const shown = printable(name);
  if (code === "EACCES") return `no permission to run '${shown}'`;
  if (code !== "ENOENT") return `cannot run '${shown}' (${code})`;
  return `no program '${shown}'${suggest(name, names) || `; the workloads are ${names.join(", ")}`}`;
}
