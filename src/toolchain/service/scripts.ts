// The programs that `make` calls: one shell script under the names of gcc's tools, which asks the running build.
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolders } from "../folders/make_folders.ts";

/** What stands before each name: the value of CROSS_COMPILE is the folder and this. */
export const PREFIX = "teemem-";

/** The variable that tells a script where the build waits for calls. */
export const CALLS = "TEEMEM_CALLS";

/** Asks through a named pipe, so that a call costs a shell and one mkfifo. Descriptor 3 opens before it asks, so that the answer has a reader. */
const SCRIPT = `#!/bin/sh
# One call of a compiler tool, answered by the 'teemem ta build' that runs make.
: "\${${CALLS}:?this program runs inside of 'teemem ta build'}"
call=$${CALLS}/$$
rm -f "$call"
mkfifo "$call" || exit 1
exec 3<>"$call"
case " $* " in *" - "*) cat >"$call.in" ;; esac
printf '%s\\0' "\${0##*/}" "$PWD" "$@" >"$call.args"
printf '%s\\n' "$$" >>"$${CALLS}/calls"
read -r code out err <&3 || exit 1
[ "$out" = 0 ] || cat "$call.out"
[ "$err" = 0 ] || cat "$call.err" >&2
exit "$code"
`;

/** Writes the scripts into a folder, and gives CROSS_COMPILE. The folder stays the same, for make compares command lines. */
export function writeScripts(folder: string, tools: readonly string[]): string {
  makeFolders(folder);
  const script = join(folder, "tool");
  if (!holds(script)) {
    writeFileSync(script, SCRIPT);
    chmodSync(script, 0o755);
  }
  for (const tool of tools) link(join(folder, `${PREFIX}${tool}`));
  return join(folder, PREFIX);
}

/** The tool that a script's name stands for. */
export function toolOf(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

function holds(script: string): boolean {
  try {
    return readFileSync(script, "utf8") === SCRIPT;
  } catch {
    return false;
  }
}

function link(path: string): void {
  try {
    symlinkSync("tool", path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}
