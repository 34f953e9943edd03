// Call stacks of the core in a console log.
import { voiceOf } from "./facts/voice.ts";

/** A call stack of the core, as it prints one with a panic or a failed allocation. */
export interface CoreStack {
  /** Line of its first address in the log, from 1. */
  readonly line: number;
  /** The last line before it that says why; empty if there is none. */
  readonly why: string;
  /** Where the core was loaded; `undefined` if it is not printed. */
  readonly load: number | undefined;
  readonly addresses: readonly number[];
}

/** Before 3.7 the core printed the memory of a TA that it ended, and then the call stack of the TA. */
const TA_STATUS = "Status of TA ";
const OF_TA = /Status of TA |\barch: |\bstack: |\bregion +\d|\[\d+\] |- (?:load addr|code area)/;
const LOAD = /TEE load address @ 0x([\da-f]+)/;
const HEX = /^0x([\da-f]+)$/;

/** Takes a console log line by line. */
interface StackReader {
  take(line: string, number: number): void;
  end(): CoreStack[];
}

/** Finds all call stacks of the core in a console log, in order. */
export function findCoreStacks(lines: readonly string[]): CoreStack[] {
  const reader = createStackReader();
  for (const [i, line] of lines.entries()) reader.take(line, i + 1);
  return reader.end();
}

/** Finds call stacks of the core while a log is read. */
export function createStackReader(): StackReader {
  const stacks: { line: number; why: string; load: number | undefined; addresses: number[] }[] = [];
  let open: (typeof stacks)[number] | undefined;
  let load: number | undefined;
  let why = "";
  let ofTa = false;
  return {
    take(line, number) {
      const address = open === undefined ? undefined : stackAddress(line, ["/TC:"]);
      const loaded = LOAD.exec(line);
      if (loaded !== null) load = Number.parseInt(loaded[1] ?? "", 16);
      else if (follows(line, "/TC:", "Call stack:") && ofTa) {
        ofTa = false;
        open = undefined;
      } else if (follows(line, "/TC:", "Call stack:")) {
        open = { line: number + 1, why, load, addresses: [] };
        stacks.push(open);
      } else if (open !== undefined && address !== undefined) open.addresses.push(address);
      // Another program's lines may stand between.
      else if (voiceOf(line) !== undefined) {
        open = undefined;
        if (line.includes(TA_STATUS)) ofTa = line.includes("/TC:");
        else if (ofTa && isOther(line)) ofTa = false;
        if (line.includes("E/TC:")) why = line.trim();
      }
    },
    end: () => stacks.filter(({ addresses }) => addresses.length > 0),
  };
}

/** The address that a line of a call stack ends with; who prints it stands one or two words before it. */
export function stackAddress(line: string, voices: readonly string[]): number | undefined {
  if (!line.includes("0x")) return undefined;
  const words = line.trim().split(/\s+/);
  const digits = HEX.exec(words.at(-1) ?? "")?.[1];
  if (digits === undefined) return undefined;
  const before = words.slice(0, -1).slice(-2);
  return before.some((word) => voices.some((voice) => word.includes(voice))) ? Number.parseInt(digits, 16) : undefined;
}

/** The core has something else to say. */
function isOther(line: string): boolean {
  const at = line.indexOf("E/TC:");
  return at >= 0 && !OF_TA.test(line) && /[a-z]{3}/i.test(line.slice(at + "E/TC:".length));
}

function follows(line: string, first: string, second: string): boolean {
  const at = line.indexOf(first);
  return at >= 0 && line.includes(second, at + first.length);
}
