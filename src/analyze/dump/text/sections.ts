// Puts the lines of a printed dump together, whatever stands between them.
import { type DumpLine, dumpLine, isSqueezed, lastWord } from "./dump_line.ts";
import { type GrowingSection, type PlacedBytes, type Section, sectionFrom } from "./section.ts";
import { addressIn, type GroupOrder, type TextForm } from "./text_form.ts";

interface Sections {
  readonly sections: readonly Section[];
  /** Lines that were used. */
  readonly lines: number;
  /** What the lines do not agree on, in words. */
  readonly doubts: readonly string[];
}

const HIGHEST = 2 ** 52;

/** Reads all lines of a text. A single line that fits nowhere is left out, and said to be. */
export function sectionsOf(texts: Iterable<Uint8Array>, form: TextForm, order: GroupOrder): Sections {
  const done: Section[] = [];
  const doubts: string[] = [];
  /** The section that grows, and a line that jumps: the next one says whether the dump goes on there. */
  const now: { open: GrowingSection | null; held: PlacedBytes | null } = { open: null, held: null };
  /** The last line of the usual length. */
  let like: DumpLine | null = null;
  let squeezed = false;
  let lines = 0;
  let number = 0;

  function place(line: PlacedBytes): void {
    lines++;
    if (now.open?.take(line, doubts)) return;
    if (now.open !== null) done.push(now.open.done());
    now.open = sectionFrom(line);
  }
  function take(line: PlacedBytes): void {
    const { open, held } = now;
    const goesOn = open === null || line.at === open.end() || line.at === open.last();
    if (held !== null && goesOn) doubts.push(`line ${held.number} fits nowhere and was left out`);
    else if (held !== null) place(held);
    const follows = held !== null && line.at === held.at + held.bytes.length;
    const sure = goesOn || follows || line.squeezed;
    if (sure) place(line);
    now.held = sure ? null : line;
  }

  for (const text of texts) {
    number++;
    if (isSqueezed(text)) {
      squeezed = true;
      continue;
    }
    const line = dumpLine(text, like);
    if (line === null || (line.address === null) !== (form.radix === null)) continue;
    if (line.bytes.length === form.length) like = line;
    const at = form.radix === null ? (now.open?.end() ?? 0) : addressIn(line.address ?? "", form.radix);
    if (!(at < HIGHEST)) continue;
    const alone = line.width === 0 ? at : aloneIn(text, line, form);
    if (alone !== null && now.open !== null && (alone === at || alone === now.open.end() || squeezed)) {
      if (now.held === null) now.open.finish(alone, squeezed);
    } else if (line.width > 0) take({ at, bytes: inMemoryOrder(line, form.length, order), squeezed, number });
    squeezed = false;
  }
  if (now.held !== null) place(now.held);
  if (now.open !== null) done.push(now.open.done());
  return { sections: distinct(done, doubts), lines, doubts };
}

/** The address that ends a dump, behind a number that looks like an address before a group; null if the line is longer. */
function aloneIn(text: Uint8Array, { bytes, width }: DumpLine, { radix, length }: TextForm): number | null {
  if (bytes.length !== width || bytes.length >= length || radix === null) return null;
  const address = addressIn(lastWord(text), radix);
  return address >= 0 ? address : null;
}

/** The bytes as they lie in memory; what a line has beyond the usual is its characters. */
function inMemoryOrder({ bytes, width }: DumpLine, length: number, order: GroupOrder): Uint8Array {
  const part = bytes.length > length ? bytes.subarray(0, length) : bytes;
  if (order !== "board" || width === 1) return part;
  for (let at = 0; at < part.length; at += width) part.subarray(at, at + width).reverse();
  return part;
}

/** Without those that say the same again. */
function distinct(sections: readonly Section[], doubts: string[]): Section[] {
  return sections.filter((section, n) => {
    const before = sections.slice(0, n).filter((other) => overlaps(other, section));
    if (before.some((other) => contains(other, section))) return false;
    if (before.length > 0)
      doubts.push(`the text gives 0x${section.base.toString(16)} twice, with different bytes; each is read for itself`);
    return true;
  });
}

function overlaps(a: Section, b: Section): boolean {
  return a.base < b.base + b.bytes.length && b.base < a.base + a.bytes.length;
}

function contains(a: Section, b: Section): boolean {
  const from = b.base - a.base;
  const part = a.bytes.subarray(Math.max(0, from), from + b.bytes.length);
  return from >= 0 && part.length === b.bytes.length && part.every((byte, n) => byte === b.bytes[n]);
}
