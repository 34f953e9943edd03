// The functions that are at an address: the one whose code it is, and those that the compiler put into it.
import { countLeading } from "../base/bisect.ts";
import { AT, type DebugEntry, type DebugUnit, readUnits, TAG } from "./entries.ts";
import { readFileNames } from "./line_header.ts";
import type { DebugProgram } from "./program.ts";
import { rangesOf } from "./ranges.ts";

/** A function at an address. */
interface FunctionAt {
  /** Empty where the program does not say. */
  readonly name: string;
  /** `file:line` of the call that was replaced by its body; empty for the function whose code it is. */
  readonly call: string;
  /** The line of its name in its source; 0 where the program does not say. */
  readonly line: number;
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly unit: DebugUnit;
  readonly entry: DebugEntry;
}

/** Gives the functions at an address, the innermost first; none where the program does not say. */
type FunctionsAt = (address: number) => readonly FunctionAt[];

/** Reads where the functions of a program are. */
export function readFunctions(program: DebugProgram): FunctionsAt {
  const files = new Map<DebugUnit, readonly string[]>();
  const pieces = [...readUnits(program)].flatMap((unit) => piecesOf(program, unit));
  pieces.sort((a, b) => a.from - b.from);

  function callOf(unit: DebugUnit, { values }: DebugEntry): string {
    const names = files.get(unit) ?? readFileNames(program, Number(unit.top.values.get(AT.lines) ?? -1));
    files.set(unit, names);
    const file = names[Number(values.get(AT.callFile))] ?? "";
    return file === "" ? "" : `${file}:${Number(values.get(AT.callLine) ?? 0)}`;
  }
  return (address) => {
    const piece = pieces[countLeading(pieces.length, (n) => (pieces[n] as Piece).from <= address) - 1];
    if (piece === undefined || address >= piece.to) return [];
    const { unit, entry } = piece;
    const found: FunctionAt[] = [{ ...nameOf(unit, entry), call: "" }];
    for (const inner of inlinedAt(program, unit, entry, address))
      found.unshift({ ...nameOf(unit, inner), call: callOf(unit, inner) });
    return found;
  };
}

/** The functions of a unit that have code of their own. They stand in the unit, or in namespaces and types. */
function piecesOf(program: DebugProgram, unit: DebugUnit): Piece[] {
  return [...unit.entries.values()]
    .filter(({ tag }) => tag === TAG.function)
    .flatMap((entry) => rangesOf(program, unit, entry).map((range) => ({ ...range, unit, entry })));
}

/** What was put into a function at an address, from the outside in. Blocks between them have no entry of their own here. */
function inlinedAt(program: DebugProgram, unit: DebugUnit, { children }: DebugEntry, address: number): DebugEntry[] {
  for (const child of children) {
    if (child.tag === TAG.function) continue;
    const ranges = rangesOf(program, unit, child);
    const within = ranges.some(({ from, to }) => address >= from && address < to);
    if (child.tag === TAG.inlined && within) return [child, ...inlinedAt(program, unit, child, address)];
    // A block without code of its own may still have functions in it.
    const inner =
      child.tag === TAG.inlined || (ranges.length > 0 && !within) ? [] : inlinedAt(program, unit, child, address);
    if (inner.length > 0) return inner;
  }
  return [];
}

/** The name of a function and the line of it, or of what it was made of. */
function nameOf(unit: DebugUnit, entry: DebugEntry, deep = 0): Pick<FunctionAt, "name" | "line"> {
  const name = entry.values.get(AT.name);
  if (typeof name === "string") return { name, line: Number(entry.values.get(AT.declLine) ?? 0) };
  const from = entry.values.get(AT.origin) ?? entry.values.get(AT.specification);
  const origin = typeof from === "number" ? unit.entries.get(from) : undefined;
  return origin === undefined || deep > 8 ? { name: "", line: 0 } : nameOf(unit, origin, deep + 1);
}
