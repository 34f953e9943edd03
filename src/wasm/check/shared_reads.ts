// What a TA reads of its client's memory in one call. The client may change it meanwhile: who reads a byte twice may see two values.
import type { CodeStack } from "./code_stack.ts";

/** Bytes that were read at one place. */
interface SharedRead {
  from: number;
  to: number;
  /** Bytes of its last access: a loop has equal ones. */
  readonly step: number;
  /** Where; looked up when it is asked for. */
  readonly place: () => CodeStack;
  known: CodeStack | null;
}

/** Reads of a call that are remembered; those behind them are not judged. */
const MOST_READS = 512;

/** Reads of a call whose lines are compared with others: to find a line takes long, and a loop may never end. */
const MOST_JUDGED = 4096;

/** A byte that was read at two places. */
interface DoubleFetch {
  readonly first: CodeStack;
  readonly second: CodeStack;
  readonly from: number;
}

interface SharedReads {
  /**
   * Bytes are read; what was read before at another line of the TA. Null for nothing. `here` remembers where the TA is, and gives
   * what finds its line: both take their time, and a loop needs neither.
   */
  read(at: number, length: number, here: () => () => CodeStack): DoubleFetch | null;
  /** The TA writes these itself: what it reads there is its own. */
  written(at: number, length: number): void;
  clear(): void;
  /** What was told may be told again. */
  forget(): void;
}

export function createSharedReads(): SharedReads {
  let reads: SharedRead[] = [];
  let judged = 0;
  const told = new Set<string>();
  const knownOf = (read: SharedRead): CodeStack => {
    read.known ??= read.place();
    return read.known;
  };
  return {
    read(at, length, here) {
      const last = reads.at(-1);
      const before = reads.filter(({ from, to }) => at < to && at + length > from);
      if (before.length === 0) {
        // A loop goes on.
        if (last !== undefined && last.to === at && last.step === length) last.to = at + length;
        else if (reads.length < MOST_READS)
          reads.push({ from: at, to: at + length, step: length, place: here(), known: null });
        return null;
      }
      if (judged++ >= MOST_JUDGED) return null;
      const second = here()();
      const line = lineOf(second);
      for (const one of before) {
        const first = knownOf(one);
        // A function of a library looks at a byte more than once; so does a line that is one read in C.
        if (lineOf(first) === line || told.has(lineOf(first))) continue;
        told.add(lineOf(first));
        return { first, second, from: Math.max(at, one.from) };
      }
      return null;
    },
    written(at, length) {
      reads = reads.flatMap((read) => {
        if (at >= read.to || at + length <= read.from) return [read];
        const parts = [
          { ...read, to: Math.min(read.to, at) },
          { ...read, from: Math.max(read.from, at + length) },
        ];
        return parts.filter(({ from, to }) => from < to);
      });
    },
    forget: () => told.clear(),
    clear() {
      reads = [];
      judged = 0;
    },
  };
}

function lineOf({ stack }: CodeStack): string {
  return stack.slice(0, stack.indexOf("\n") < 0 ? stack.length : stack.indexOf("\n"));
}
