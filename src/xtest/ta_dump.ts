// What OP-TEE prints when it ends a TA: its memory, region by region (formats of 3.5 to 4.x, learnt from
// captures and from logs in public threads).
import { stackAddress } from "./core_stack.ts";

/** What a region of a TA is for. */
export type RegionKind = "code" | "data" | "stack" | "loader" | "parameter" | "other";

export interface TaRegion {
  /** Virtual address and bytes. */
  readonly address: number;
  readonly size: number;
  /** As printed: `rw-s`. */
  readonly flags: string;
  /** The heap lies in the `data` of the TA, as do its variables. */
  readonly kind: RegionKind;
  /** Which of the dump's `files` it is of; -1 if of none. */
  readonly file: number;
}

/** The state of a TA that was ended. */
export interface TaDump {
  readonly uuid: string;
  /** Line in the log, from 1. */
  readonly line: number;
  /** `aarch64`, `arm`; empty if not printed. */
  readonly arch: string;
  readonly regions: readonly TaRegion[];
  /** The TA and its libraries, with the address each was loaded to. */
  readonly files: readonly { readonly uuid: string; readonly address: number }[];
  readonly callStack: readonly number[];
  /** Code of the panic before it, if one was printed. */
  readonly panic: number | undefined;
  /** The abort before it, if one was printed. */
  readonly abort: { readonly kind: string; readonly address: number; readonly fault: string } | undefined;
}

const PANIC = /TA panicked with code 0x([\da-f]+)/;
const ABORT = /User (?:mode|TA) (\w+)-abort at address 0x([\da-f]+) \(([^()]*)\)/i;
const STATUS = /Status of TA ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/i;
const ARCH = /\barch: (\w+)(?:\s+load address: 0x([\da-f]+))?/;
const OLD_STACK = /\bstack: 0x([\da-f]+) \d+/;
const REGION = /\bregion +\d+: (va .*)/;
const HEX = /^0x([\da-f]+)$/;
const FLAGS = /^[rwxRWXs-]+$/;
const TAG = /^\(\w+\)|^\[\d+\]/;
const FILE = /\[(\d+)\] ([\da-f-]{36}) @ 0x([\da-f]+)/;
const CONTINUES = /\/(?:LD|TC):/;
const NAMED: ReadonlyMap<string, RegionKind> = new Map([
  ["(ldelf)", "loader"],
  ["(stack)", "stack"],
  ["(param)", "parameter"],
]);
/** A TA has a dozen libraries at most; a larger number is damage. */
const MOST_FILES = 64;

type Growing = { -readonly [K in keyof TaDump]: TaDump[K] extends readonly (infer T)[] ? T[] : TaDump[K] } & {
  /** Before ldelf the stack was named by its address, in a line before the regions; -1 if it is not known so. */
  stackAt: number;
};

/** Takes a console log line by line. */
interface DumpReader {
  take(line: string, number: number): void;
  end(): TaDump[];
}

/** Finds all dumps of a console log, in order. Other lines may stand between. */
export function findTaDumps(lines: readonly string[]): TaDump[] {
  const reader = createDumpReader();
  for (const [i, line] of lines.entries()) reader.take(line, i + 1);
  return reader.end();
}

/** Finds dumps while a log is read. */
export function createDumpReader(): DumpReader {
  const dumps: Growing[] = [];
  let open: Growing | undefined;
  let panic: number | undefined;
  let abort: TaDump["abort"];
  let calls = false;
  return {
    take(line, number) {
      const uuid = STATUS.exec(line)?.[1];
      if (uuid !== undefined) {
        const nothing = { arch: "", regions: [], files: [], callStack: [], stackAt: -1 };
        open = { uuid, line: number, ...nothing, panic, abort };
        dumps.push(open);
        [panic, abort, calls] = [undefined, undefined, false];
        return;
      }
      const panicked = PANIC.exec(line);
      if (panicked !== null && !line.includes("user_ta_enter")) panic = hex(panicked[1]);
      const aborted = ABORT.exec(line);
      if (aborted !== null)
        abort = { kind: (aborted[1] ?? "").toLowerCase(), address: hex(aborted[2]), fault: aborted[3] ?? "" };
      if (open === undefined || !CONTINUES.test(line)) return;
      if (line.includes("Call stack:")) {
        calls = true;
        return;
      }
      const address = calls ? stackAddress(line, ["/TC:", "/LD:"]) : undefined;
      if (address !== undefined) open.callStack.push(address);
      else if (calls && open.callStack.length > 0) open = undefined;
      else addTo(open, line);
    },
    end: () => dumps.map(({ stackAt: _, ...dump }) => dump),
  };
}

/** Bytes of a dump by the kind of region. */
export function sizesOf({ regions }: TaDump): Readonly<Record<RegionKind, number>> {
  const sizes: Record<RegionKind, number> = { code: 0, data: 0, stack: 0, loader: 0, parameter: 0, other: 0 };
  for (const { kind, size } of regions) sizes[kind] += size;
  return sizes;
}

/** How far below the stack the abort was, in bytes, where it was less than 64 KiB: then the stack was too small. */
export function belowStack({ regions, abort }: TaDump): number | undefined {
  const stack = regions.find(({ kind }) => kind === "stack");
  if (stack === undefined || abort === undefined) return undefined;
  const below = stack.address - abort.address;
  return below > 0 && below <= 65536 ? below : undefined;
}

function addTo(dump: Growing, line: string): void {
  const arch = ARCH.exec(line);
  if (arch !== null) dump.arch = arch[1] ?? "";
  const stack = OLD_STACK.exec(line);
  if (stack !== null) dump.stackAt = hex(stack[1]);
  const file = FILE.exec(line);
  const nth = Number(file?.[1] ?? MOST_FILES);
  if (nth < MOST_FILES) {
    // Lines may be lost: then nothing is known of those between.
    while (dump.files.length < nth) dump.files.push({ uuid: "", address: 0 });
    dump.files[nth] = { uuid: file?.[2] ?? "", address: hex(file?.[3]) };
  }
  const words = REGION.exec(line)?.[1]?.split(/\s+/);
  if (words === undefined) return;
  const [, va = "", pa, , size, length = "", name, flags = "", last = ""] = words;
  if (pa !== "pa" || size !== "size" || name !== "flags" || !FLAGS.test(flags)) return;
  if (!HEX.test(va) || !HEX.test(length)) return;
  const tag = TAG.exec(last)?.[0] ?? "";
  const address = hex(va);
  const number = /\d+/.exec(tag)?.[0];
  const kind = dump.stackAt === address ? "stack" : kindOf(tag, flags);
  dump.regions.push({ address, size: hex(length), flags, kind, file: number === undefined ? -1 : Number(number) });
}

function kindOf(tag: string, flags: string): RegionKind {
  const named = NAMED.get(tag);
  if (named !== undefined) return named;
  if (!tag.startsWith("[")) return "other";
  return flags[2] === "x" ? "code" : "data";
}

function hex(text: string | undefined): number {
  return Number.parseInt(text ?? "0", 16);
}
