// Writes a file on the board, in parts, and compares its checksum.

import { createHash } from "node:crypto";
import { ok, type Result } from "../../../base/result.ts";
import { shellQuoted } from "../../../base/shell_word.ts";
import type { ShellLink } from "./link.ts";
import { failure, type PutOptions, type ShellFailure } from "./shell.ts";

/** Bytes of one part. */
const PART = 24_000;
const TIMEOUT = 60_000;

/** Writes a file through a new one beside it, which takes its place when it is whole. */
export async function putFile(
  link: ShellLink,
  path: string,
  data: Uint8Array,
  mode: number,
  { signal, progress }: PutOptions,
): Promise<Result<void, ShellFailure>> {
  const part = shellQuoted(`${path}.teemem-part`);
  const asked = async (command: string, input?: Uint8Array): Promise<Result<string, ShellFailure>> => {
    const answer = await link.ask(command, { signal, timeout: TIMEOUT, input });
    if (!answer.ok) return answer;
    const { code, out, err } = answer.value;
    const text = Buffer.from(out).toString("utf8");
    return code === 0 ? ok(text) : failure("refused", `cannot write ${path} on the board: ${(err || text).trim()}`);
  };
  await link.keep(part);
  try {
    const begun = await asked(`: >${part}`);
    if (!begun.ok) return begun;
    for (let at = 0; at < data.length; at += PART) {
      const written = await asked(`cat >>${part}`, data.subarray(at, at + PART));
      if (!written.ok) return written;
      progress?.(Math.min(at + PART, data.length));
    }
    const sum = await asked(`${sumOf(part)} && chmod ${mode.toString(8)} ${part}`);
    if (!sum.ok) return sum;
    const wanted = SUMS.map((hash) => createHash(hash).update(data).digest("hex"));
    if (!wanted.includes(sum.value.split(" ")[0] ?? ""))
      return failure("cut", `${path} arrived damaged on the board; try again`);
    const moved = await asked(`mv -f ${part} ${shellQuoted(path)}`);
    return moved.ok ? ok(undefined) : moved;
  } finally {
    await link.ask(`rm -f ${part}`, { timeout: TIMEOUT });
    await link.keep("");
  }
}

const SUMS = ["md5", "sha1", "sha256"] as const;

/** The checksum of a file by the first program that the board has. */
function sumOf(path: string): string {
  return SUMS.map((hash) => `${hash}sum ${path} 2>/dev/null`).join(" || ");
}
