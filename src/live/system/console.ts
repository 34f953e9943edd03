// The secure console of a system as clean lines, with those that report trouble marked.
import type { ConsoleFeed } from "../../source/console_feed.ts";
import { cleanLine } from "../../text/clean.ts";
import { fromUtf8, latin1 } from "../../text/latin1.ts";
import { createLineFeeder } from "../../text/line_feeder.ts";
import { createFactsReader } from "../../xtest/facts/reader.ts";
import type { ConsoleLineState } from "../state/state.ts";

/** Characters of a line that are kept: OP-TEE prints 256 at most. */
const LONGEST = 1024;

/** Hands over each line as it comes, until the returned function is called. */
export function hearConsole(feed: ConsoleFeed, now: () => number, hear: (line: ConsoleLineState) => void): () => void {
  const isTrouble = createTroubleFinder();
  const feeder = createLineFeeder((bytes, from, to) => {
    const raw = cleanLine(latin1(bytes, from, Math.min(to, from + 4 * LONGEST))).trimEnd();
    if (raw === "") return;
    hear({ time: now(), text: fromUtf8(raw).slice(0, LONGEST), trouble: isTrouble(raw) });
  });
  return feed.listen((bytes) => feeder.push(bytes));
}

/** True for a line that reports a failed allocation, a panic or damage. Lines come in their order: some need those before. */
function createTroubleFinder(): (line: string) => boolean {
  const reader = createFactsReader();
  let lines = 0;
  return (line) => {
    const before = reader.faults;
    reader.take(line, ++lines);
    return reader.faults > before;
  };
}
