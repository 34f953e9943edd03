// Reads a text that a person or a board gave, for every command in the same way: counters, leak lists, what a console says.

import { fromUtf8 } from "../text/latin1.ts";
import { type ConsoleFacts, createFactsCollector } from "../xtest/console_facts.ts";
import type { ConsoleLog, ConsoleOptions } from "../xtest/console_log.ts";
import { createConsoleText } from "../xtest/console_text.ts";
import type { CallFailure } from "../xtest/print.ts";
import type { Found } from "../xtest/scan.ts";
import type { PrintedRecord, PrintedTa } from "../xtest/stat_lines.ts";
import { createTaLineReader } from "./ta_lines.ts";
import type { TaReply } from "./ta_reply.ts";
import { createSampleTaker, type TextSamples } from "./text_samples.ts";
import type { TextSummary } from "./text_summary.ts";

/** All that a text has. */
export interface TextContent {
  readonly counters: TextSamples;
  readonly leaks: ConsoleLog;
  readonly console: ConsoleFacts;
  /** The last report of each kind. */
  readonly pools: readonly PrintedRecord[] | undefined;
  readonly tas: readonly PrintedTa[] | undefined;
  /** Calls of `xtest --stats` that failed, the first of them. */
  readonly refused: readonly CallFailure[];
  /** Heap events of TAs. */
  readonly events: readonly TaReply[];
  readonly summary: TextSummary;
}

/** Takes a text in pieces of any size, in bounded memory. */
interface ContentReader {
  push(piece: Uint8Array): void;
  /** Call it once. `cut` if the text ended too early. */
  end(cut?: boolean): TextContent;
}

const MOST_REFUSED = 64;
const FIRST_FEW = 5;

/** A reader for the text of a file; messages call it `name`. */
export function createContentReader(name: string, options: ConsoleOptions = {}): ContentReader {
  const taker = createSampleTaker();
  const facts = createFactsCollector();
  const events = createTaLineReader();
  const refused: CallFailure[] = [];
  const unread: { readonly line: number; readonly text: string }[] = [];
  let pools: TextContent["pools"];
  let tas: TextContent["tas"];

  function onFound(found: Found, before: string): void {
    taker.take(found, before);
    if (found.kind === "alloc") pools = found.value;
    else if (found.kind === "ta") tas = found.value;
    else if (found.kind === "failure" && refused.length < MOST_REFUSED) refused.push(found.value);
    else if (found.kind === "fault" && unread.length < FIRST_FEW)
      unread.push({
        line: found.value.line,
        text: fromUtf8(`expected ${found.value.expected}, found ${found.value.found}`),
      });
  }
  const reader = createConsoleText({ ...options, onFound, readers: [taker.times, facts, events] });
  return {
    push: reader.push,
    end(cut = false) {
      const { shape, leaks, printed, tests, mangled } = reader.end();
      const counters = taker.end();
      const console = facts.facts(shape.lines, leaks);
      const { lines, encoding, prefixed, joined, column, clipped, doubled, doubtful } = shape;
      const isRead = console.facts.some(({ line }) => line === doubtful?.line);
      const firstUnread = [
        ...unread,
        ...console.unread.first,
        ...events.damaged.first,
        ...mangled.first.map(({ line, text }) => ({ line, text: fromUtf8(text) })),
      ]
        .sort((a, b) => a.line - b.line)
        .slice(0, FIRST_FEW);
      const summary = {
        name,
        lines,
        encoding,
        prefixed,
        joined,
        pools: counters.pools,
        tas: counters.tas,
        reports: counters.reports,
        thinned: counters.thinned,
        printed,
        tests,
        leakLines: console.leaks,
        leakLists: leaks.series.reduce((sum, { lists }) => sum + lists, 0),
        faults: console.faults + console.dumps.length + refused.length,
        told: console.read,
        unread: counters.faults + leaks.lost + console.unread.count + events.damaged.count + mangled.count,
        firstUnread,
        column,
        clipped,
        ...(doubtful === undefined || isRead ? {} : { doubtful: doubtful.line }),
        cut,
        ...(doubled ? { doubled: true as const } : {}),
        ...(events.lines > 0 ? { events: events.lines } : {}),
      };
      return { counters, leaks, console, pools, tas, refused, events: events.replies(), summary };
    },
  };
}
