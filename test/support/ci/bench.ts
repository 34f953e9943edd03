// What tests of CI work with: a project with a TA, and stand-ins for the programs of the machine of a CI.
import { chmodSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { needPrograms } from "../needs.ts";

/** The folder of this project, with a slash at its end. */
export const PROJECT = fileURLToPath(new URL("../../..", import.meta.url));

/** What a test has. */
export interface CiBench {
  /** The environment of a step in a folder. */
  settings(at: string): Record<string, string>;
  /** A new folder with a TA and its client, and budget.yaml with a limit for peaks of TAs; skips where they cannot be built. */
  project(context: TestContext, peak: string): string;
}

/** Puts the programs into `bin` of a folder. They write into `calls` what they were asked for. */
export function createBench(folder: string): CiBench {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const program = (name: string, text: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program("teemem", `exec "${process.execPath}" "${PROJECT}dist/cli/teemem.js" "$@"`);
  program("apt-get", "exit 0");
  program("npm", 'echo "npm $PWD $*" >>"$CALLS"');
  program("git", `echo "git $*" >>"$CALLS"; ln -s "${PROJECT}" .teemem`);
  // Answers with the number of an older comment, where there is one.
  program("gh", 'echo "gh $*" >>"$CALLS"; case "$*" in *--paginate*) echo "$OLD_COMMENT";; esac');
  const { PATH = "", HOME = folder } = process.env;
  return {
    settings: (at) => ({
      PATH: [bin, PATH].join(delimiter),
      HOME,
      XDG_CACHE_HOME: join(folder, "cache"),
      CALLS: join(at, "calls"),
      TEEMEM: PROJECT,
    }),
    project(context, peak) {
      needPrograms(context, "make, clang-19, lld-19, gcc", "make", "clang-19", "wasm-ld-19", "gcc");
      const at = mkdtempSync(join(folder, "project-"));
      const filter = (path: string): boolean => !path.endsWith("/out");
      cpSync(join(PROJECT, "examples/ta/bugs"), at, { recursive: true, filter });
      writeFileSync(join(at, "budget.yaml"), `heaps:\n  ta-*:\n    peak: ${peak}\n`);
      return at;
    },
  };
}
