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

/** Words far apart are looked for one after the other, as `.*` between them takes the square of a line's length. */
interface Form {
  readonly kind: string;
  /** Such a line has none of this. */
  readonly unless?: string;
  /** `form` stands behind the first match of this. */
  readonly after?: RegExp;
  readonly form: RegExp;
  /** The first group of `form`, which is global, matches this. */
  readonly about?: RegExp;
}

const FORMS = [
  { kind: "core-oom", after: /\/TC:/, form: /Memory allocation failed: size (\d+)/ },
  { kind: "page-tables", form: /\b(\d+) page tables not available|[Pp]age tables are not available/ },
  { kind: "xlat-tables", form: /xlat tables exhausted|Failed to spread pgdir on small tables/ },
  { kind: "pager-memory", form: /Panic 'Impossible memory alignment'/ },
  {
    kind: "load-step",
    after: /\/LD:/,
    form: /\b(sys_(?:map_zi|remap|map_ta_bin|open_ta_bin|copy_from_ta_bin|set_prot))\b/,
  },
  { kind: "load-failed", form: /ldelf failed with res: 0x([\da-f]+)|init session failed 0x([\da-f]+)/ },
  { kind: "decompress", form: /read_compressed:\d+ Decompression error/ },
  {
    kind: "call-failed",
    form: /tee_ta_(?:invoke_command|open_session):\d+ (?:Failed\. Return e|E)rror:? (?:0x)?([\da-f]{8})(?: of (\d))?/,
  },
  {
    kind: "core-object",
    unless: "/TC:",
    after: /\b[EM]\/TA:/,
    form: /\b(TEE_\w+)/g,
    about: /^TEE_(?:Allocate|Generate|Copy|Derive|Digest|Cipher|MAC|AE|Asymmetric|Set|Populate|Create|Open|Write)\w/,
  },
  { kind: "ta-malloc", after: /\bE\/TA:/, form: /\b(TEE_Malloc|TEE_Realloc|malloc|calloc|realloc)\b/ },
  {
    kind: "heap-smashed",
    about: /MDBG_HEADER_MAGIC|bh\.bsize|prevfree|ql\.[fb]link/i,
    form: /assertion '([^']*)' failed/gi,
  },
  { kind: "storage-buffer", form: /Failed to allocate (?:plaintext|ciphertext|\w+) buffer/ },
  { kind: "rpmb-full", form: /RPMB: No space left/ },
  { kind: "rpmb-key", after: /rpmb/i, form: /key not (?:burned|set|programmed)|not yet programmed/i },
  { kind: "no-mdbg", form: /undefined reference to [`'"]?mdbg_\w+/ },
  { kind: "stack-overflow", form: /Stack pointer out of range|stack canary|Dead canary/i },
] as const satisfies readonly Form[];

/** Characters of a line that are looked at: OP-TEE prints 256 at most. */
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
    for (const form of FORMS) {
      const match = matchForm(form, text);
      if (match !== null)
        facts.push({
          kind: form.kind,
          line: i + 1,
          text: text.trim(),
          groups: match.slice(1).map((group) => group ?? ""),
        });
    }
  }
  const { lists, lost } = readConsoleLog(bytes);
  const leaks = lists.reduce((sum, { blocks }) => sum + blocks, lost);
  return { facts, dumps: findTaDumps(lines), stacks: findCoreStacks(lines), leaks, voices, lines: lines.length };
}

function matchForm({ unless, after, form, about }: Form, text: string): RegExpExecArray | null {
  if (unless !== undefined && text.includes(unless)) return null;
  const before = after?.exec(text);
  if (before === null) return null;
  const rest = before === undefined ? text : text.slice(before.index + before[0].length);
  if (about === undefined) return form.exec(rest);
  for (const match of rest.matchAll(form)) if (about.test(match[1] ?? "")) return match;
  return null;
}

const PIECE = 8192;

function latin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return pieces.join("");
}
