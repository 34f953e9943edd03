// A region of a TA's memory, as OP-TEE prints it when it ends the TA.

/**
 * What a region of a TA is for. The heap lies in the `data` of the TA, as do its variables. `kernel`: pages of the core that the
 * TA cannot use; `parameter`: the client's memory; `unclear`: the stack or a parameter.
 */
export type RegionKind = "code" | "data" | "stack" | "loader" | "parameter" | "kernel" | "other" | "unclear";

/** A range of a TA's memory, as a panic lists it. */
export interface TaRegion {
  /** Virtual address and bytes. */
  readonly address: number;
  readonly size: number;
  /** As printed: `rw-s`. */
  readonly flags: string;
  readonly kind: RegionKind;
  /** Which of the dump's `files` it is of; -1 if of none. */
  readonly file: number;
}

/** A line of a region before it is known what the region is for. */
export interface RegionLine extends Omit<TaRegion, "kind"> {
  /** `(stack)`, `[0]`; empty where nothing stands there. */
  readonly tag: string;
  readonly physical: number;
}

/** A line with flags of the core's own access came from the core itself, before 3.7; then ldelf prints `s` for secure memory. */
const CORE_FLAGS = /^[rwx-]{3}[RWX-]{3}$/;
const FLAGS = /^[rwx-]{3}(?:[s-]|[RWX-]{3})$/;
const HEX = /^0x[\da-f]{1,16}$/;
/** C's `%#` prints 0 without its prefix: a page of the pager. */
const NUMBER = /^(?:0x[\da-f]{1,16}|0)$/;
const TAG = /^(?:\(\w+\)|\[\d{1,4}\])$/;
const NAMED: ReadonlyMap<string, RegionKind> = new Map([
  ["(ldelf)", "loader"],
  ["(stack)", "stack"],
  ["(param)", "parameter"],
]);
const PAGE = 4096;

/** Reads what follows `region N:`; undefined where it is damaged. */
export function readRegion(text: string): RegionLine | undefined {
  const [va, address = "", pa, physical = "", size, length = "", name, flags = "", tag = ""] = text.trim().split(/\s+/);
  if (va !== "va" || pa !== "pa" || size !== "size" || name !== "flags") return undefined;
  if (!HEX.test(address) || !NUMBER.test(physical) || !HEX.test(length) || !FLAGS.test(flags)) return undefined;
  const known = TAG.test(tag) ? tag : "";
  const file = known.startsWith("[") ? Number(known.slice(1, -1)) : -1;
  return { address: Number(address), size: Number(length), flags, file, tag: known, physical: Number(physical) };
}

/** What a region is for; `stack` is the address of the stack where the dump names it in a line of its own, else undefined. */
export function kindOf({ address, flags, tag, physical }: RegionLine, stack: number | undefined): RegionKind {
  if (flags.startsWith("---")) return "kernel";
  const named = NAMED.get(tag);
  if (named !== undefined) return named;
  if (tag !== "") return flags[2] === "x" ? "code" : "data";
  if (!CORE_FLAGS.test(flags)) return flags.endsWith("s") ? "other" : "parameter";
  if (address === stack) return "stack";
  return stack !== undefined || physical % PAGE !== 0 ? "parameter" : "unclear";
}
