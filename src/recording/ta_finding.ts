// What red zones found in a TA, in the words that the object itself prints on the secure console: those of memcheck.
import type { TaEvent } from "./ta_reply.ts";

/** By the letters of TEEMEM_TA_FINDINGS. */
const WORDS: Readonly<Record<string, string>> = {
  d: "Double free of",
  o: "Invalid write after",
  u: "Invalid write before",
  w: "Use after free: write to",
};

/** A call site that no elf file was asked for: the return address, counted from the beginning of the TA's code. */
export function taPlace(caller: number): string {
  return caller === 0 ? "unknown" : `TA+0x${caller.toString(16)}`;
}

/** The line of a finding, with its end: the same as on the console. */
export function findingText(uuid: string, { detail, size, given, caller, block }: TaEvent): string {
  const what = WORDS[String.fromCharCode(detail & 255)] ?? "damage to";
  const freed = block === 0 ? "" : `, freed at ${taPlace(block)}`;
  const seen = caller === 0 ? "the end of the command" : taPlace(caller);
  const ta = uuid.split("-")[0] ?? "";
  return `teemem ${ta}: ${what} a block of ${size} bytes: allocated at ${taPlace(given)}${freed}, seen at ${seen}\n`;
}

/** True for such a line, as far as its words go. */
export function isFinding(line: string): boolean {
  return FINDING.test(line);
}

const FINDING = /^teemem [\da-f]{8}: [A-Za-z: ]{1,30} a block of \d{1,10} bytes: allocated at /;
