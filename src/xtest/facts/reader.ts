// Reads the facts of a console log line by line: the words of all rows are looked for first, then the rows that have them.
import { type LineOutcome, outcomeOf } from "./codes.ts";
import type { Fact, Facts } from "./fact.ts";
import { createKeeper } from "./keeper.ts";
import { decides, matchRow } from "./match.ts";
import type { FactRow, Speaker } from "./row.ts";
import { type FactKind, ROWS } from "./rows.ts";
import { createUnread } from "./unread.ts";
import { voiceOf } from "./voice.ts";
import { createWordFinder } from "./word_finder.ts";

/** Takes clean lines of a log, one after the other. */
export interface FactsReader {
  /** `text` is one line without its end; `line` its number from 1; `before` what stood before its words, if that was cut off. */
  take(text: string, line: number, before?: string): void;
  /** Lines so far that report trouble. */
  readonly faults: number;
  /** Ends the text, and returns all that it said. */
  end(): Facts;
}

/** Characters of a line that are looked at: OP-TEE prints 256 at most. */
const LONGEST = 1024;
/** No row reads less. */
const SHORTEST = 8;
const TEST = /^[*o] (\w+_\d{4}(?:\.\d+)*)/;
const SENDERS = { core: "TC", ta: "TA", loader: "LD" } as const;
/** Kinds that report no trouble, but tell of the system around it. */
const CONTEXT: ReadonlySet<FactKind> = new Set([
  "self-test-oom",
  "pager-on",
  "map-overlap",
  "map-size",
  "version",
  "ta-named",
  "ta-trace",
  "pkcs11-named",
  "setting",
  "call-worked",
  "ta-stats-asked",
  "thread-sleeps",
  "thread-wakes",
  "tests-passed",
  "tests-failed",
]);
/** True for a kind of line that reports trouble. */
export function isTrouble(kind: FactKind): boolean {
  return !CONTEXT.has(kind);
}

const TABLE: readonly (FactRow & { readonly kind: FactKind })[] = ROWS;

/** A reader that keeps what matters, in bounded memory. */
export function createFactsReader(): FactsReader {
  const find = createWordFinder(TABLE.map(({ words }) => words));
  const hits = new Uint8Array(TABLE.length);
  const keeper = createKeeper();
  const unread = createUnread();
  const voices = new Set<string>();
  let understood = 0;
  let faults = 0;
  let level = "";
  let speaker: Speaker | undefined;
  let ta = "";
  let test = "";
  return {
    get faults() {
      return faults;
    },
    take(whole, line, before = "") {
      if (whole.length < SHORTEST) return;
      const text = whole.length > LONGEST ? whole.slice(0, LONGEST) : whole;
      const voice = voiceOf(text);
      if (voice !== undefined) {
        if (voice.level !== level || voice.speaker !== speaker) voices.add(`${voice.level}/${SENDERS[voice.speaker]}`);
        ({ level, speaker } = voice);
      }
      if (voice === undefined && (text.startsWith("* ") || text.startsWith("o "))) test = TEST.exec(text)?.[1] ?? test;
      let read = false;
      let trouble = false;
      if (find(text, hits)) {
        const words = voice === undefined ? text : text.slice(voice.end);
        let outcome: LineOutcome | undefined;
        for (let i = hits.indexOf(1); i >= 0; i = hits.indexOf(1, i + 1)) {
          const row = TABLE[i] as (typeof TABLE)[number];
          if (row.otherwise === true && read) continue;
          const match = matchRow(row, voice, words);
          if (match === null) continue;
          outcome ??= outcomeOf(words);
          const decided = decides(row, outcome);
          // A line with another code is read, too: it tells of another failure.
          read ||= decided || outcome.code !== undefined;
          if (!decided) continue;
          trouble ||= isTrouble(row.kind);
          const groups = match.slice(1).map((group) => group ?? "");
          if (row.kind === "tests-passed" || row.kind === "tests-failed") test = "";
          if (row.kind === "ta-named") ta = groups[0]?.toLowerCase() ?? "";
          const fact: Fact = { kind: row.kind, line, text: text.trim(), before, groups, ta, test, ...outcome };
          keeper.add(fact);
        }
        hits.fill(0);
      }
      if (read) understood++;
      if (trouble) faults++;
      if (!read && voice?.level === "E") unread.take(text, voice.end, line);
    },
    end: () => ({
      facts: keeper.facts(),
      counts: keeper.counts(),
      faults,
      read: understood,
      unread: unread.end(),
      voices,
    }),
  };
}
