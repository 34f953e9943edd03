// What the secure console of a recording told of memory: trouble, leak lists, dumps of TAs, call stacks, each with its time.
import { counted, grouped } from "../base/format.ts";
import type { ConsoleContent, ConsoleMoment } from "../recording/console_content.ts";
import { summaryText, type TextSummary } from "../recording/text_summary.ts";
import { isTrouble } from "../xtest/facts/reader.ts";
import { doubtIn, type LeakList } from "../xtest/leak_lists.ts";
import { sizesOf, type TaDump } from "../xtest/ta_dump.ts";

/** Something that a console told. Time in microseconds on the recording's clock. */
interface ConsoleEvent extends ConsoleMoment {
  readonly kind: "trouble" | "leak list" | "dump" | "call stack";
  /** Line of the console, from 1. */
  readonly line: number;
  readonly text: string;
}

/** A console, and what it told. */
export interface ConsoleReport {
  readonly name: string;
  readonly read: TextSummary;
  /** The same in a line. */
  readonly said: string;
  /** In the order of their lines; of each kind of trouble the first and the last 16. */
  readonly events: readonly ConsoleEvent[];
}

const SENDERS: Readonly<Record<string, string>> = { TC: "the core", TA: "a TA", LD: "the loader" };

/** Reports on a console. With a mark or question, only on what came during it. */
export function consoleReport({ name, content, momentOf }: ConsoleContent, during?: string): ConsoleReport {
  const { console, leaks, summary } = content;
  const trouble = new Map(console.facts.filter(({ kind }) => isTrouble(kind)).map((fact) => [fact.line, fact.text]));
  const told: readonly (readonly [ConsoleEvent["kind"], number, string])[] = [
    ...[...trouble].map(([line, text]) => ["trouble", line, text] as const),
    ...leaks.lists.map((list) => ["leak list", list.first, listText(list)] as const),
    ...console.dumps.map((dump) => ["dump", dump.line, dumpText(dump)] as const),
    ...console.stacks.map(
      ({ line, addresses, why }) =>
        ["call stack", line, `${counted(addresses.length, "address", "addresses")} of ${why || "the core"}`] as const,
    ),
  ];
  const events = told
    .map(([kind, line, text]) => ({ ...momentOf(line), kind, line, text }))
    .filter((event) => during === undefined || event.during === during)
    .sort((a, b) => a.line - b.line);
  return { name, read: summary, said: summaryText(summary), events };
}

function listText(list: LeakList): string {
  const { uncertain } = doubtIn(list);
  const doubt = uncertain === 0 ? "" : `, ${counted(uncertain, "block")} not sure`;
  const cut = list.complete ? "" : ", cut";
  return `${counted(list.blocks, "block")}, ${grouped(list.bytes)} bytes of ${SENDERS[list.from] ?? list.from}${doubt}${cut}`;
}

function dumpText(dump: TaDump): string {
  const { uuid, panic, abort } = dump;
  const { code, data, stack } = sizesOf(dump);
  const why =
    panic !== undefined
      ? `panicked with 0x${panic.toString(16)}`
      : abort === undefined
        ? "was ended"
        : `${abort.kind} abort at 0x${abort.address.toString(16)}`;
  return `TA ${uuid} ${why}: ${grouped(code)} bytes of code, ${grouped(data)} of data and heap, ${grouped(stack)} of stack`;
}
