// Finds OP-TEE's allocator in a program: the functions that begin an operation, and where its counter is, by debug information.
import { err, ok, type Result } from "../../base/result.ts";
import type { ElfFile, ElfSymbol } from "../../debug_info/elf_file.ts";
import { AT, type DebugEntry, type DebugUnit, readUnits, TAG } from "../../debug_info/entries.ts";

/** A range of link addresses, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A function that begins an operation. */
interface Entry extends Span {
  /** As in a heap trace; X: the arguments tell; T: a function of the TA API, whose caller is the call site. */
  readonly kind: "M" | "C" | "R" | "A" | "F" | "W" | "P" | "X" | "T";
  /** A letter for each argument: see `ROLES`. */
  readonly roles: string;
}

interface Allocator {
  /** Link address of the counter of allocated bytes. */
  readonly counter: number;
  /** Of the lock; a TA has none. */
  readonly lock?: number;
  /** Bytes of a leak header, and where name and line are in it; only in a build that has them. */
  readonly leak?: { readonly size: number; readonly name: number; readonly line: number };
  /** The allocator's own functions, and those that release its lock. */
  readonly code: readonly Span[];
  readonly entries: readonly Entry[];
}

/** What an argument is, by the name that every release gives it. */
const ROLES: Readonly<Record<string, string>> = {
  ptr: "p",
  size: "s",
  pl_size: "s",
  nmemb: "n",
  pl_nmemb: "n",
  alignment: "a",
  flags: "g",
  buf: "b",
  len: "e",
};
/** Functions of the TA API (GlobalPlatform TEE Internal Core API) that stand before the allocator. */
const WRAPPERS = /^TEE_(?:Malloc|Realloc|Free)$/;
const UNLOCK = /spin_unlock/;
const CONTEXT = "malloc_ctx";

/** Finds the allocator. The error says what the program lacks, and how it is built with it. */
export function findAllocator(elf: ElfFile): Result<Allocator> {
  const context = elf.symbols.find(({ name }) => name === CONTEXT);
  if (context === undefined) return err("it has no symbol malloc_ctx: take the ELF file that was not stripped");
  const unit = unitOf(elf);
  if (unit === undefined)
    return err("it has no debug information of OP-TEE's allocator: take the ELF file that was not stripped");
  const offsets = offsetsIn(unit);
  if (offsets === undefined)
    return err("its allocator keeps no counters: build OP-TEE with CFG_WITH_STATS=y (for a TA also CFG_TA_STATS=y)");
  const functions = functionsOf(unit);
  const externals = new Set(functions.filter(({ external }) => external).map(({ name }) => name));
  const parameters = new Map(functions.map(({ name, parameters }) => [name, parameters]));
  const symbols = elf.symbols.filter(({ func, size }) => func && size > 0);
  const entries = symbols.flatMap((symbol) => {
    if (WRAPPERS.test(symbol.name)) return [{ ...spanOf(symbol), kind: "T" as const, roles: "-" }];
    const given = symbol.global && externals.has(symbol.name) ? parameters.get(symbol.name) : undefined;
    const kind = given && kindOf(symbol.name, given);
    return given && kind ? [{ ...spanOf(symbol), kind, roles: rolesOf(given) }] : [];
  });
  if (!entries.some(({ kind }) => kind === "F" || kind === "W"))
    return err("no function that frees was found in its allocator: this release of OP-TEE is not known");
  const debug = functions.some(({ parameters }) => parameters.includes("fname"));
  const code = [...spansOf(unit), ...symbols.filter(({ name, global }) => global && UNLOCK.test(name)).map(spanOf)];
  return ok({
    counter: context.address + offsets.counter,
    ...(offsets.lock === undefined ? {} : { lock: context.address + offsets.lock }),
    ...(debug && offsets.leak ? { leak: offsets.leak } : {}),
    code: merged(code),
    entries,
  });
}

function spanOf({ address, size }: ElfSymbol): Span {
  return { from: address, to: address + size };
}

/** The unit that the allocator's context is a variable of. */
function unitOf(elf: ElfFile): DebugUnit | undefined {
  for (const unit of readUnits(elf))
    if (unit.top.children.some((entry) => entry.tag === TAG.variable && nameOf(entry) === CONTEXT)) return unit;
  return undefined;
}

interface Function {
  readonly name: string;
  readonly external: boolean;
  readonly parameters: readonly string[];
}

function functionsOf({ top }: DebugUnit): Function[] {
  return top.children
    .filter((entry) => entry.tag === TAG.function && nameOf(entry) !== "")
    .map((entry) => ({
      name: nameOf(entry),
      external: entry.values.has(AT.external),
      parameters: entry.children.filter(({ tag }) => tag === TAG.parameter).map(nameOf),
    }));
}

/** What a function does, by its arguments; undefined if it is none that begins an operation. */
function kindOf(name: string, parameters: readonly string[]): Entry["kind"] | undefined {
  const has = (role: string): boolean => parameters.some((parameter) => ROLES[parameter] === role);
  if (has("b") && has("e")) return /add_pool/.test(name) ? "P" : undefined;
  if (has("s")) return has("g") ? "X" : has("p") ? "R" : has("a") ? "A" : has("n") ? "C" : "M";
  if (has("p") && /free/.test(name)) return /wipe/.test(name) ? "W" : "F";
  return undefined;
}

function rolesOf(parameters: readonly string[]): string {
  return parameters.map((parameter) => ROLES[parameter] ?? "-").join("");
}

function offsetsIn(unit: DebugUnit): Pick<Allocator, "lock" | "leak" | "counter"> | undefined {
  const structures = [...unit.entries.values()].filter(({ tag }) => tag === TAG.structure);
  const find = (name: string): DebugEntry | undefined =>
    structures.find((one) => nameOf(one) === name && one.children.length > 0);
  const offset = (structure: string, member: string): number | undefined => {
    const found = find(structure)?.children.find((one) => one.tag === TAG.member && nameOf(one) === member);
    return found && numberOf(found, AT.offset);
  };
  const poolset = offset(CONTEXT, "poolset");
  const total = offset("bpoolset", "totalloc");
  if (poolset === undefined || total === undefined) return undefined;
  const lock = offset(CONTEXT, "spinlock");
  const header = find("mdbg_hdr");
  const [name, line] = [offset("mdbg_hdr", "fname"), offset("mdbg_hdr", "line")];
  const leak =
    header && name !== undefined && line !== undefined ? { size: numberOf(header, AT.size), name, line } : undefined;
  return { counter: poolset + total, ...(lock === undefined ? {} : { lock }), ...(leak ? { leak } : {}) };
}

/** All functions that were compiled from the allocator's file. */
function spansOf({ entries }: DebugUnit): Span[] {
  return [...entries.values()].flatMap((entry) => {
    const from = entry.tag === TAG.function ? numberOf(entry, AT.low) : 0;
    const high = numberOf(entry, AT.high);
    return from === 0 ? [] : [{ from, to: entry.length ? from + high : high }];
  });
}

/** In order; those that touch are one. */
function merged(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  return sorted.reduce<Span[]>((done, span) => {
    const last = done.at(-1);
    if (last === undefined || span.from > last.to + 16) done.push(span);
    else done[done.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    return done;
  }, []);
}

function nameOf({ values }: DebugEntry): string {
  const name = values.get(AT.name);
  return typeof name === "string" ? name : "";
}

function numberOf({ values }: DebugEntry, attribute: number): number {
  const value = values.get(attribute);
  return typeof value === "number" ? value : 0;
}
