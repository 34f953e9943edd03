// What OP-TEE prints when it ends a TA: its memory, region by region (formats of 1.x to 4.x, learnt from
// captures and from logs in public threads).
import { parseUuid } from "../abi/uuid.ts";
import { stackAddress } from "./core_stack.ts";
import { kindOf, type RegionKind, type RegionLine, readRegion, type TaRegion } from "./ta_region.ts";

/** The state of a TA that was ended. */
export interface TaDump {
  /** Lower case with dashes; as printed where it is none. */
  readonly uuid: string;
  /** Line in the log, from 1. */
  readonly line: number;
  /** File and line for people, where there are several files. */
  readonly at?: string;
  /** `aarch64`, `arm`; empty if not printed. */
  readonly arch: string;
  readonly regions: readonly TaRegion[];
  /** Regions that are not in the log, or whose line is damaged, or of which it is not clear whether they are the TA's. */
  readonly lost: number;
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
const STATUS = /Status of TA (\S{1,40})/i;
const ARCH = /\barch: (\w+)(?:\s+load address: 0x([\da-f]+))?/;
const CODE_AREA = /- code area *: 0x([\da-f]{1,16}) (\d{1,10})\s*$/;
const OLDEST_STACK = /- stack *: 0x([\da-f]{1,16}) stack:(\d{1,10})\s*$/;
const STACK = /\bstack: 0x([\da-f]{1,16}) \d+/;
const REGION = /\bregion\s{1,9}(\d{1,4}):\s{0,9}(.*)/;
const FILE = /\[(\d+)\] ([\da-f-]{36}) @ 0x([\da-f]+)/;
const VOICES = ["/TC:", "/LD:"];
/** A TA has a dozen libraries at most; a larger number is damage. */
const MOST_FILES = 64;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer M)[] ? M[] : T[K] };
type Growing = Mutable<Omit<TaDump, "regions" | "lost">> & {
  /** By their numbers; null where the line is damaged. */
  readonly lines: Map<number, RegionLine | null>;
  /** Before 2.5: the program, and the stack. */
  readonly areas: Map<RegionKind, TaRegion>;
  /** Before ldelf the stack was named by its address, in a line before the regions. */
  stack: number | undefined;
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
      const name = STATUS.exec(line)?.[1];
      if (name !== undefined) {
        const uuid = parseUuid(name);
        open = {
          uuid: uuid.ok ? uuid.value : name,
          line: number,
          arch: "",
          files: [],
          callStack: [],
          lines: new Map(),
          areas: new Map(),
          stack: undefined,
          panic,
          abort,
        };
        dumps.push(open);
        [panic, abort, calls] = [undefined, undefined, false];
        return;
      }
      const panicked = PANIC.exec(line);
      if (panicked !== null && !line.includes("user_ta_enter")) panic = hex(panicked[1]);
      const aborted = ABORT.exec(line);
      if (aborted !== null)
        abort = { kind: (aborted[1] ?? "").toLowerCase(), address: hex(aborted[2]), fault: aborted[3] ?? "" };
      if (open === undefined) return;
      if (line.includes("Call stack:") && isVoiced(line)) {
        calls = true;
        return;
      }
      const address = calls ? stackAddress(line, VOICES) : undefined;
      if (address !== undefined) open.callStack.push(address);
      else if (calls && open.callStack.length > 0 && isVoiced(line)) open = undefined;
      else addTo(open, line);
    },
    end: () => dumps.map(finished),
  };
}

/** Bytes of a dump by the kind of region. */
export function sizesOf({ regions }: TaDump): Readonly<Record<RegionKind, number>> {
  const none = { code: 0, data: 0, stack: 0, loader: 0, parameter: 0, kernel: 0, other: 0, unclear: 0 };
  const sizes: Record<RegionKind, number> = none;
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
  addArea(dump, "code", CODE_AREA.exec(line));
  const oldest = OLDEST_STACK.exec(line);
  addArea(dump, "stack", oldest);
  const stack = oldest === null ? STACK.exec(line) : null;
  if (stack !== null) dump.stack = hex(stack[1]);
  const file = FILE.exec(line);
  const nth = Number(file?.[1] ?? MOST_FILES);
  if (nth < MOST_FILES) {
    // Lines may be lost: then nothing is known of those between.
    while (dump.files.length < nth) dump.files.push({ uuid: "", address: 0 });
    dump.files[nth] = { uuid: file?.[2] ?? "", address: hex(file?.[3]) };
  }
  const region = REGION.exec(line);
  const text = region?.[2] ?? "";
  if (region === null || !(/^va\s/.test(text) || isVoiced(line))) return;
  const number = Number(region[1]);
  // The first that is not damaged counts, where a log has its lines twice.
  if (dump.lines.get(number) == null) dump.lines.set(number, readRegion(text) ?? null);
}

/** The core or the loader says so. */
function isVoiced(line: string): boolean {
  return VOICES.some((voice) => line.includes(voice));
}

function addArea({ areas }: Growing, kind: RegionKind, match: RegExpExecArray | null): void {
  if (match !== null) areas.set(kind, { address: hex(match[1]), size: Number(match[2]), flags: "", kind, file: -1 });
}

function finished({ lines, areas, stack, ...dump }: Growing): TaDump {
  const whole = [...lines.values()].filter((line) => line !== null);
  const regions = whole.map(({ tag: _tag, physical: _physical, ...region }, n): TaRegion => {
    return { ...region, kind: kindOf(whole[n] as RegionLine, stack) };
  });
  // Their numbers begin with 0 and have no gaps.
  const printed = lines.size === 0 ? 0 : Math.max(...lines.keys()) + 1;
  const unclear = regions.filter(({ kind }) => kind === "unclear").length;
  const halves = areas.size === 1 ? 1 : 0;
  return { ...dump, regions: [...areas.values(), ...regions], lost: printed - whole.length + unclear + halves };
}

function hex(text: string | undefined): number {
  return Number.parseInt(text ?? "0", 16);
}
