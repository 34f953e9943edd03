// What a console says about memory: facts, dumps of TAs and call stacks, out of the lines of a text.
import { ok, type Result } from "../base/result.ts";
import { fromUtf8 } from "../text/latin1.ts";
import type { LineReader } from "./blocks.ts";
import type { ConsoleLog } from "./console_log.ts";
import { createConsoleText } from "./console_text.ts";
import { type CoreStack, createStackReader } from "./core_stack.ts";
import type { Facts } from "./facts/fact.ts";
import { createFactsReader } from "./facts/reader.ts";
import { createDumpReader, type TaDump } from "./ta_dump.ts";

/** What a console log tells. */
export interface ConsoleFacts extends Facts {
  readonly dumps: readonly TaDump[];
  readonly stacks: readonly CoreStack[];
  /** Leak lines, damaged ones included. */
  readonly leaks: number;
  readonly lines: number;
}

/** Takes clean lines, one after the other. */
interface FactsCollector extends LineReader {
  /** What they tell; `leaks` are those of the same text, whose lines did not come here. */
  facts(lines: number, leaks: ConsoleLog): ConsoleFacts;
}

/** Collects what a console says. */
export function createFactsCollector(): FactsCollector {
  const facts = createFactsReader();
  const dumps = createDumpReader();
  const stacks = createStackReader();
  return {
    take(text, line, before) {
      stacks.take(text, line);
      dumps.take(text, line);
      facts.take(text, line, before);
    },
    end() {},
    facts(lines, { blocks, lost }) {
      const { facts: found, unread, ...rest } = facts.end();
      return {
        ...rest,
        facts: found.map(readable),
        unread: { ...unread, first: unread.first.map(readable) },
        dumps: dumps.end(),
        stacks: stacks.end().map((stack) => ({ ...stack, why: fromUtf8(stack.why) })),
        leaks: blocks + lost,
        lines,
      };
    },
  };
}

/** Lines are read with one character a byte; people read what it says in UTF-8. */
function readable<L extends { readonly text: string }>(line: L): L {
  return { ...line, text: fromUtf8(line.text) };
}

/** What two or more texts tell together. */
export function joinedFacts([first, ...others]: readonly [ConsoleFacts, ...ConsoleFacts[]]): ConsoleFacts {
  return others.reduce((all, one) => {
    const counts = new Map(all.counts);
    for (const [kind, count] of one.counts) counts.set(kind, count + (counts.get(kind) ?? 0));
    return {
      facts: [...all.facts, ...one.facts],
      counts,
      faults: all.faults + one.faults,
      read: all.read + one.read,
      unread: { count: all.unread.count + one.unread.count, first: [...all.unread.first, ...one.unread.first] },
      voices: new Set([...all.voices, ...one.voices]),
      dumps: [...all.dumps, ...one.dumps],
      stacks: [...all.stacks, ...one.stacks],
      leaks: all.leaks + one.leaks,
      lines: all.lines + one.lines,
    };
  }, first);
}

/** Reads a console log as a whole. */
export function readConsoleFacts(bytes: Uint8Array): Result<ConsoleFacts> {
  const collector = createFactsCollector();
  const reader = createConsoleText({ onFound() {}, readers: [collector] });
  reader.push(bytes);
  const { shape, leaks } = reader.end();
  return ok(collector.facts(shape.lines, leaks));
}
