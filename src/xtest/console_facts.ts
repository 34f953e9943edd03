// What a secure console says about memory: one row for each kind of line, as OP-TEE 3.x and 4.x print them (from captures and
// from logs in the public threads that are named in analyze/triage_*.ts).
import { readConsoleLog } from "./console_log.ts";
import { type CoreStack, findCoreStacks } from "./core_stack.ts";
import { splitLines } from "./fault.ts";
import { findTaDumps, type TaDump } from "./ta_dump.ts";

/** Kinds of lines that tell of trouble. */
export type FactKind = (typeof FORMS)[number]["kind"];

/** A line that tells of trouble. */
export interface Fact {
  readonly kind: FactKind;
  /** Line in the log, from 1. */
  readonly line: number;
  readonly text: string;
  /** What the row's groups matched. */
  readonly groups: readonly string[];
}

/** What a console log tells. */
export interface ConsoleFacts {
  readonly facts: readonly Fact[];
  readonly dumps: readonly TaDump[];
  readonly stacks: readonly CoreStack[];
  /** Leak lines, damaged ones included. */
  readonly leaks: number;
  /** Levels and senders of the log's lines: `E/TC`, `I/TA` … */
  readonly voices: ReadonlySet<string>;
  readonly lines: number;
}

const FORMS = [
  { kind: "core-oom", form: /\/TC:.*Memory allocation failed: size (\d+)/ },
  { kind: "page-tables", form: /(?:(\d+) page tables not available|[Pp]age tables are not available)/ },
  { kind: "xlat-tables", form: /xlat tables exhausted|Failed to spread pgdir on small tables/ },
  { kind: "pager-memory", form: /Panic 'Impossible memory alignment'/ },
  { kind: "load-step", form: /\/LD:.*\b(sys_(?:map_zi|remap|map_ta_bin|open_ta_bin|copy_from_ta_bin|set_prot))\b/ },
  { kind: "load-failed", form: /ldelf failed with res: 0x([\da-f]+)|init session failed 0x([\da-f]+)/ },
  { kind: "decompress", form: /read_compressed:\d+ Decompression error/ },
  {
    kind: "call-failed",
    form: /tee_ta_(?:invoke_command|open_session):\d+ (?:Failed\. Return e|E)rror:? (?:0x)?([\da-f]{8})(?: of (\d))?/,
  },
  {
    kind: "core-object",
    form: /^(?!.*\/TC:).*\b[EM]\/TA:.*\b(TEE_(?:Allocate|Generate|Copy|Derive|Digest|Cipher|MAC|AE|Asymmetric|Set|Populate|Create|Open|Write)\w+)/,
  },
  { kind: "ta-malloc", form: /\bE\/TA:.*\b(TEE_Malloc|TEE_Realloc|malloc|calloc|realloc)\b/ },
  {
    kind: "heap-smashed",
    form: /assertion '([^']*(?:MDBG_HEADER_MAGIC|bh\.bsize|prevfree|bh\.prevfree|ql\.[fb]link)[^']*)' failed/i,
  },
  { kind: "storage-buffer", form: /Failed to allocate (?:plaintext|ciphertext|\w+) buffer/ },
  { kind: "rpmb-full", form: /RPMB: No space left/ },
  { kind: "rpmb-key", form: /rpmb.*(?:key not (?:burned|set|programmed)|not yet programmed)/i },
  { kind: "no-mdbg", form: /undefined reference to [`'"]?mdbg_\w+/ },
  { kind: "stack-overflow", form: /Stack pointer out of range|stack canary|Dead canary/i },
] as const;

/** Characters of a line that are looked at: OP-TEE prints 256 at most, and a pattern may take the square of the length. */
const LONGEST = 1024;

const VOICE = /(?:^|[\s\]*])([DEIFM]\/(?:TC|TA|LD)):/;

/** Reads a console log as a whole. */
export function readConsoleFacts(bytes: Uint8Array): ConsoleFacts {
  const lines = splitLines(latin1(bytes)).map((line) => line.slice(0, LONGEST));
  const facts: Fact[] = [];
  const voices = new Set<string>();
  for (const [i, text] of lines.entries()) {
    const voice = VOICE.exec(text)?.[1];
    if (voice !== undefined) voices.add(voice);
    for (const { kind, form } of FORMS) {
      const match = form.exec(text);
      if (match !== null)
        facts.push({ kind, line: i + 1, text: text.trim(), groups: match.slice(1).map((group) => group ?? "") });
    }
  }
  const { lists, lost } = readConsoleLog(bytes);
  const leaks = lists.reduce((sum, { blocks }) => sum + blocks, lost);
  return { facts, dumps: findTaDumps(lines), stacks: findCoreStacks(lines), leaks, voices, lines: lines.length };
}

const PIECE = 8192;

function latin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return pieces.join("");
}
