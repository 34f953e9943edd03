// What a secure console says about memory: one row for each kind of line, as OP-TEE 3.x and 4.x print them (from captures and
// from logs in the public threads that are named in analyze/triage_*.ts).
import { ok, type Result } from "../base/result.ts";
import type { LineReader } from "./blocks.ts";
import type { ConsoleLog } from "./console_log.ts";
import { createConsoleText } from "./console_text.ts";
import { type CoreStack, createStackReader } from "./core_stack.ts";
import { createDumpReader, type TaDump } from "./ta_dump.ts";

/** Kinds of lines that report trouble. */
export type FactKind = (typeof FORMS)[number]["kind"];

/** A line that reports trouble. */
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
  readonly unread: {
    readonly count: number;
    readonly first: readonly { readonly line: number; readonly text: string }[];
  };
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

const VOICE = /(?:^|[\s\]*])([DEIFM]\/(?:TC|TA|LD)):/;

/** A line that is none of a `Form` has none of these words, and there are many such lines. */
const HINT =
  /\/[TL][CAD]:|page tab|xlat|pgdir|Panic|ldelf|session|Decomp|tee_ta_|assert|Failed|RPMB|mdbg|Stack|canary/i;
/** No form has fewer characters. */
const SHORTEST = 11;
/** Lines that report trouble are kept with their text. */
const MAX_FACTS = 2 ** 17;

/** Takes clean lines, one after the other. */
interface FactsCollector extends LineReader {
  /** What they tell; `leaks` are those of the same text, whose lines did not come here. */
  facts(lines: number, leaks: ConsoleLog): ConsoleFacts;
}

/** Collects what a console says. */
export function createFactsCollector(): FactsCollector {
  const facts: Fact[] = [];
  const voices = new Set<string>();
  const dumps = createDumpReader();
  const stacks = createStackReader();
  return {
    take(text, line) {
      stacks.take(text, line);
      dumps.take(text, line);
      const voice = VOICE.exec(text)?.[1];
      if (voice !== undefined) voices.add(voice);
      if (text.length < SHORTEST || !HINT.test(text)) return;
      for (const form of FORMS) {
        const match = matchForm(form, text);
        if (match === null) continue;
        const groups = match.slice(1).map((group) => group ?? "");
        if (facts.length < MAX_FACTS) facts.push({ kind: form.kind, line, text: text.trim(), groups });
      }
    },
    end() {},
    facts: (lines, { blocks, lost }) => ({
      facts,
      unread: { count: 0, first: [] },
      voices,
      dumps: dumps.end(),
      stacks: stacks.end(),
      leaks: blocks + lost,
      lines,
    }),
  };
}

/** Reads a console log as a whole. Errors: more leak lists than anybody can read. */
export function readConsoleFacts(bytes: Uint8Array): Result<ConsoleFacts> {
  const collector = createFactsCollector();
  const reader = createConsoleText({ onFound() {}, readers: [collector] });
  reader.push(bytes);
  const { shape, leaks } = reader.end();
  return ok(collector.facts(shape.lines, leaks));
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
