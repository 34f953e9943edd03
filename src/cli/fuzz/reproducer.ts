// Files of a bug that the fuzzer found: the input as JSON, which can be played again, and a client in C.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { callStackLine } from "../../base/call_stack.ts";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { shellWord } from "../../base/shell_word.ts";
import { clientText } from "../../fuzz/client_text.ts";
import type { FuzzBug } from "../../fuzz/fuzz.ts";
import { type FuzzInput, inputFromJson, inputToJson } from "../../fuzz/input.ts";
import { FINDING_KINDS } from "../../tee/monitor/finding.ts";
import { makeFolders } from "../../toolchain/folders/make_folders.ts";
import { readFailure } from "../inputs/read_failure.ts";
import { packagePath } from "../package/package_path.ts";

/** What marks such a file. */
const FORMAT = "teemem fuzz input 1";

/** A file with an input. */
interface Reproducer {
  /** The TA's; empty where the file does not say. */
  readonly uuid: string;
  readonly input: FuzzInput;
}

/** Writes both files of a bug into a folder; the path of the first. */
export function writeReproducer(folder: string, uuid: string, ta: string, { finding, input }: FuzzBug): string {
  makeFolders(folder);
  const { title } = FINDING_KINDS[finding.kind];
  const where = callStackLine(finding.stack.split("\n", 1)[0] ?? "");
  const name = freeName(folder, finding.kind);
  const path = join(folder, `${name}.json`);
  const found = { kind: finding.kind, where, detail: finding.detail };
  writeFileSync(path, `${JSON.stringify({ format: FORMAT, ta, uuid, found, calls: inputToJson(input) }, null, 2)}\n`);
  const words = [
    `${title}${where === "" ? "" : ` in ${where}`}`,
    `TA: ${ta}`,
    "To run it:",
    "  teemem device build libteec -o teec",
    `  cc -I ${shellWord(packagePath("device/libteec"))} ${name}.c -L teec -lteec -o ${name}`,
    `  teemem exec --memcheck --ta FOLDER -- ./${name}`,
  ];
  writeFileSync(
    join(folder, `${name}.c`),
    clientText(
      uuid,
      input,
      words.map((line) => printable(line)),
    ),
  );
  return path;
}

function freeName(folder: string, kind: string): string {
  for (let n = 1; ; n++) if (!existsSync(join(folder, `${kind}-${n}.json`))) return `${kind}-${n}`;
}

/** Reads a file with an input, one of a bug or one of a corpus. */
export function readReproducer(path: string): Result<Reproducer> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return err(`${printable(path)}: ${readFailure(error)}`);
  }
  try {
    const { format, uuid = "", calls } = JSON.parse(text) as { format?: unknown; uuid?: unknown; calls?: unknown };
    const input = inputFromJson(calls);
    if (format === FORMAT && input !== null) return ok({ uuid: String(uuid), input });
  } catch {
    // Said below.
  }
  return err(`${printable(path)} is no input of teemem fuzz: 'teemem fuzz -o FOLDER' writes such files`);
}

/** The file of an input of a corpus. */
export function corpusText(uuid: string, ta: string, input: FuzzInput): string {
  return `${JSON.stringify({ format: FORMAT, ta, uuid, calls: inputToJson(input) })}\n`;
}
