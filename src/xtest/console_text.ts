// Reads all that a text has in one pass: statistics, leak lists, and what other readers look for.
import type { Line } from "../text/line.ts";
import { createTextReader, type TextShape } from "../text/text_reader.ts";
import type { LineReader } from "./blocks.ts";
import { type ConsoleLog, type ConsoleOptions, createConsoleReader } from "./console_log.ts";
import { leftOut } from "./left_out.ts";
import { LINE_GRAMMAR } from "./line_grammar.ts";
import { createMangledReader, type Mangled } from "./mangled.ts";
import { CLIPPED } from "./rules.ts";
import { createStatsReader, type Found } from "./scan.ts";

/** What was found, but for what was handed on. */
interface TextFound {
  readonly shape: TextShape;
  readonly leaks: ConsoleLog;
  /** Lines that OP-TEE printed, leak lines included, and tests of xtest that began. */
  readonly printed: number;
  readonly tests: number;
  /** Lines that nearly look like one of those that are known. */
  readonly mangled: Mangled;
}

/** Who takes what a text has. */
interface TextTakers extends ConsoleOptions {
  /** Is given each report of statistics, or fault in one, and what stood before its first line. */
  readonly onFound: (found: Found, before: string) => void;
  /** Are given each line that is no leak line. */
  readonly readers?: readonly LineReader[];
}

/** Takes a text in pieces of any size. */
interface ConsoleTextReader {
  push(piece: Uint8Array): void;
  /** Call it once. */
  end(): TextFound;
}

/** Characters of a line that are looked at: OP-TEE prints 256 at most, and xtest fewer. */
const LONGEST = 1024;

/** A report has fewer lines, so what stood before its first is still known when it is complete. */
const REMEMBERED = 4096;

/** A line of another form matters to statistics only so close behind one of theirs: a blank one, a figure that was broken off. */
const NEAR = 8;

const STAR = 42;
/** Seen in captures of xtest of 4.0.0 to 4.10.0. */
const TEST = /^\* \w+_\d{4}/;

/** Starts to read a text. */
export function createConsoleText({ onFound, readers = [], ...options }: TextTakers): ConsoleTextReader {
  const leaks = createConsoleReader(options);
  const mangled = createMangledReader();
  let printed = 0;
  let tests = 0;
  /** The text ended within the last line. */
  let torn = false;
  /** Lines since one that the reader of statistics knows. */
  let since = NEAR;
  /** By the number of the line, the latest last. */
  const befores = new Map<number, string>();
  const stats = createStatsReader((found) => onFound(found, befores.get(found.from) ?? ""));

  function remember({ number, before }: Line): void {
    if (before === "") return;
    befores.set(number, before);
    if (befores.size <= REMEMBERED) return;
    const [oldest = 0] = befores.keys();
    befores.delete(oldest);
  }
  function take(line: Line): void {
    torn = line.cut;
    const isPrinted = LINE_GRAMMAR.startsAt(line.bytes, line.from, line.to);
    if (isPrinted) printed++;
    if (!line.clipped) mangled.take(line, isPrinted);
    const missing = leftOut(line.before) || (isPrinted ? 0 : leftOut(line.text));
    if (missing > 0) leaks.leaveOut(missing);
    const isFigure = line.anchored && !isPrinted;
    // A line of statistics is none of a list; of it only that it stands there is of interest.
    const torso = line.cut || line.clipped;
    if (leaks.takeLine(line.bytes, line.from, isFigure ? line.from : line.to, line.number, torso)) return;
    if (line.bytes[line.from] === STAR && TEST.test(line.text)) tests++;
    const text =
      line.text.length > LONGEST ? line.text.slice(0, LONGEST) : `${line.text}${line.clipped ? CLIPPED : ""}`;
    since = isFigure ? 0 : since + 1;
    if (!isPrinted && since <= NEAR) {
      remember(line);
      stats.take(text, line.number, line.before);
    }
    if (line.clipped) return;
    for (const reader of readers) reader.take(text, line.number, line.before);
  }
  const text = createTextReader(LINE_GRAMMAR, take);
  return {
    push: text.push,
    end() {
      const shape = text.end();
      stats.end(torn);
      for (const reader of readers) reader.end();
      return { shape, leaks: leaks.end(), printed, tests, mangled: mangled.end() };
    },
  };
}
