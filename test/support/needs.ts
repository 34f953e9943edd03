// What a test needs that may be missing: it is skipped with a note then. Where CI=true is set, only the notes of the whole sets of
// data, of real boards and of Debian's packages of OP-TEE are taken (scripts/summary_reporter.ts): everything else that is missing fails.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import type { TestContext } from "vitest";
import { shared } from "./shared.ts";

/** The note of a test that needs the whole sets of golden and reference data (shared.ts). */
export const NO_SHARED = "TEEMEM_SHARED names no whole sets";

/** The note of a test that needs a real board. */
export const NO_BOARD = "neither BOARD nor TEEMEM_QEMU_BOARD names a board";

/** What the note of a test begins with that needs Debian's packages of OP-TEE. */
export const NO_DEBIAN = "Debian's OP-TEE cannot be had: ";

/** Goes on if programs of others are installed. `debian` names the packages that have them. */
export function needPrograms(context: TestContext, debian: string, ...programs: readonly string[]): void {
  const missing = programs.filter((program) => spawnSync(program, ["--version"]).error !== undefined);
  if (missing.length > 0) miss(context, `${missing.join(", ")}: not installed; Debian has it in ${debian}`);
}

/** Goes on if a file of the system is there. */
export function needFile(context: TestContext, path: string): void {
  if (!existsSync(path)) miss(context, `there is no ${path} here`);
}

/** A file or folder of the whole sets; without them the test is skipped. */
export function needShared(context: TestContext, path: string): URL {
  return shared(path) ?? context.skip(NO_SHARED);
}

/** Ends a test that lacks something: skipped, or failed where CI=true is set. */
export function miss(context: TestContext, what: string): never {
  if (process.env.CI === "true") throw new Error(what);
  return context.skip(what);
}
