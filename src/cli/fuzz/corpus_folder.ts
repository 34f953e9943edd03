// A folder of inputs: what a session begins with, and where it keeps what reached something new.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { FuzzInput } from "../../fuzz/input.ts";
import { makeFolders } from "../../toolchain/folders/make_folders.ts";
import { writeReason } from "../outputs/file_reason.ts";
import { corpusText, readReproducer } from "./reproducer.ts";

/** The inputs of a folder, which is made where it is not there. */
export function readCorpus(folder: string): Result<FuzzInput[]> {
  try {
    makeFolders(folder);
  } catch (error) {
    return err(`${printable(folder)}: ${writeReason(error)}`);
  }
  const inputs: FuzzInput[] = [];
  for (const name of readdirSync(folder)
    .filter((one) => one.endsWith(".json"))
    .sort()) {
    const read = readReproducer(join(folder, name));
    if (!read.ok) return read;
    inputs.push(read.value.input);
  }
  return ok(inputs);
}

/** Keeps an input under a name that is made of it. */
export function keepInput(folder: string, uuid: string, ta: string, input: FuzzInput): void {
  const text = corpusText(uuid, ta, input);
  const path = join(folder, `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.json`);
  if (!existsSync(path)) writeFileSync(path, text);
}
