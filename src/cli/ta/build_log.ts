// What make says: compilers' words go to standard error at once; the names of files only if somebody wants them.
import { printableLines } from "../../base/printable.ts";
import type { Io } from "../outputs/outcome.ts";

interface BuildLog {
  /** Shows text as it comes, without make's lines of progress. */
  say(text: string): void;
  /** Keeps text for the case that all fails. */
  keep(text: string): void;
  /** The last lines of what was kept. */
  tail(): string;
  end(): void;
}

/** `  CC      out/x.o`, as OP-TEE's Makefiles tell what they do. */
const PROGRESS = /^ {2}(?:[A-Z]+|[A-Z]+ [A-Z]+) +\S/;

const LINES = 40;

export function buildLog(io: Io, verbose: boolean): BuildLog {
  let rest = "";
  let kept: string[] = [];
  const show = (lines: readonly string[]): void => {
    const seen = verbose ? lines : lines.filter((line) => !PROGRESS.test(line));
    if (seen.length > 0) io.err.write(printableLines(`${seen.join("\n")}\n`));
    io.err.flush().catch(() => {});
  };
  const whole = (text: string): string[] => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    return lines;
  };
  return {
    say: (text) => show(whole(text)),
    keep(text) {
      const lines = whole(text);
      if (verbose) show(lines);
      else kept = [...kept, ...lines.filter((line) => !PROGRESS.test(line))].slice(-LINES);
    },
    tail: () => kept.map((line) => `${line}\n`).join(""),
    end() {
      if (rest !== "") show([rest]);
      rest = "";
    },
  };
}
