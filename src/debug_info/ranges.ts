// Where the code of an entry lies: one piece, or a list of them (DWARF 5, chapters 2.17 and 7.25; version 4, chapter 2.17.3).
import { createCursor } from "./cursor.ts";
import { AT, type DebugEntry, type DebugUnit } from "./entries.ts";
import type { UnitShape } from "./forms.ts";
import { type DebugProgram, sectionBytes } from "./program.ts";

/** Addresses from `from` to before `to`. */
interface CodeRange {
  readonly from: number;
  readonly to: number;
}

/** Codes of the entries of a list in version 5: DW_RLE_…. */
const END = 0;
const BASE_INDEX = 1;
const BASE = 5;

/** The pieces of an entry's code; none where it has none. */
export function rangesOf(program: DebugProgram, { top, shape }: DebugUnit, entry: DebugEntry): CodeRange[] {
  const list = entry.values.get(AT.ranges);
  const low = numberIn(entry, AT.low);
  if (typeof list === "number") {
    const base = numberIn(top, AT.low) ?? 0;
    return shape.version >= 5 ? newList(program, shape, list, base) : oldList(program, shape, list, base);
  }
  const high = numberIn(entry, AT.high);
  if (low === undefined || high === undefined) return [];
  return [{ from: low, to: entry.length ? low + high : high }];
}

function numberIn({ values }: DebugEntry, name: number): number | undefined {
  const value = values.get(name);
  return typeof value === "number" ? value : undefined;
}

function oldList(program: DebugProgram, { address }: UnitShape, at: number, first: number): CodeRange[] {
  const cursor = createCursor(sectionBytes(program, ".debug_ranges"), at);
  const highest = 2 ** (8 * address) - 1;
  const found: CodeRange[] = [];
  for (let base = first; cursor.at < cursor.end; ) {
    const [from, to] = [cursor.sized(address), cursor.sized(address)];
    if (from === 0 && to === 0) break;
    // The largest word there is does not fit into a double exactly.
    if (from >= highest) base = to;
    else found.push({ from: base + from, to: base + to });
  }
  return found;
}

function newList(program: DebugProgram, { address, addresses }: UnitShape, at: number, first: number): CodeRange[] {
  const cursor = createCursor(sectionBytes(program, ".debug_rnglists"), at);
  const table = sectionBytes(program, ".debug_addr");
  const word = (): number => cursor.sized(address);
  const indexed = (): number => createCursor(table, addresses + cursor.uleb() * address).sized(address);
  const span = (from: number, length: number): CodeRange => ({ from, to: from + length });
  let base = first;
  const pieces: Readonly<Record<number, () => CodeRange>> = {
    2: () => ({ from: indexed(), to: indexed() }),
    3: () => span(indexed(), cursor.uleb()),
    4: () => ({ from: base + cursor.uleb(), to: base + cursor.uleb() }),
    6: () => ({ from: word(), to: word() }),
    7: () => span(word(), cursor.uleb()),
  };
  const found: CodeRange[] = [];
  for (let code = cursor.u8(); code !== END && cursor.at < cursor.end; code = cursor.u8()) {
    if (code === BASE_INDEX) base = indexed();
    else if (code === BASE) base = word();
    else {
      const piece = pieces[code]?.();
      if (piece === undefined) break;
      found.push(piece);
    }
  }
  return found;
}
