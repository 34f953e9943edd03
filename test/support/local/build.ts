// Compiles the libteec that stands in for a board (libteec.c beside this file) into a folder.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { miss, needPrograms } from "../needs.ts";

const REPLIES = fileURLToPath(new URL("../../fixtures/local/", import.meta.url));

/** A libteec with its folder. */
export interface FakeLibteec {
  readonly library: string;
  at(name: string): string;
  /** Lets it answer as a board of this release did; forgets everything else. */
  answerAs(version: string): void;
  remove(): void;
}

/** Compiles it; without a compiler there is none, and `needLibteec` says so. */
export function buildLibteec(): FakeLibteec {
  const folder = mkdtempSync(join(tmpdir(), "teemem-local-"));
  const at = (name: string): string => join(folder, name);
  const flags = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", `-DFOLDER="${folder}"`];
  const source = fileURLToPath(new URL("libteec.c", import.meta.url));
  try {
    execFileSync("gcc", [...flags, source, "-o", at("libteec.so.2")], { stdio: "pipe" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  return {
    library: at("libteec.so.2"),
    at,
    answerAs(version) {
      for (const name of ["init", "open", "hang", "calls"]) rmSync(at(name), { force: true });
      for (const kind of ["alloc", "tas"]) {
        const reply = `${REPLIES}${version}.${kind}`;
        rmSync(at(kind), { force: true });
        if (existsSync(reply)) copyFileSync(reply, at(kind));
      }
      writeFileSync(at("calls"), "");
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Goes on if it could be compiled and loaded. */
export function needLibteec(context: TestContext): void {
  needPrograms(context, "gcc", "gcc");
  try {
    createRequire(import.meta.url).resolve("koffi");
  } catch {
    miss(context, "koffi is not installed here");
  }
}
