// Finds the physical address of an image's first byte from the page tables in it (Arm's long and short descriptors).
import type { Memory } from "../../heap/memory.ts";

/** Memory at consecutive addresses. */
interface Mapped {
  /** Virtual address of the image's first byte, as this memory has it; may be negative. */
  readonly origin: number;
  /** Offset in the image. */
  readonly at: number;
  readonly length: number;
}

export const PAGE = 4096;
/** Pages that are looked up for one heap. */
const MOST_PAGES = 32;
const LEAST_PAGES = 2;
/** Page tables of one level map so much. */
const REACH = 2 ** 21;

/** A format of page tables: bytes of an entry, entries of a table, the bits that say page, and the address in an entry. */
const FORMATS = [
  { entry: 8, count: 512, page: 3, kind: 3, high: 0xffff },
  { entry: 4, count: 256, page: 2, kind: 2, high: 0 },
] as const;
type Format = (typeof FORMATS)[number];

/**
 * The address that most of some mappings agree on, if at least two with different distances between address and offset do: a
 * table of other content can fit one of them by chance. null if none is found.
 */
export function physicalBase({ view, bytes }: Memory, mapped: readonly Mapped[]): number | null {
  const votes = new Map<number, Set<number>>();
  for (const one of mapped)
    for (const base of new Set(tablesFor(view, bytes.length, one).map((table) => table.base))) {
      const distances = votes.get(base) ?? new Set();
      votes.set(base, distances.add(modulo(one.origin, REACH)));
    }
  const [first, second] = [...votes].sort(([, a], [, b]) => b.size - a.size);
  return first === undefined || first[1].size < 2 || first[1].size === second?.[1].size ? null : first[0];
}

/** A page table in an image that maps some memory. */
export interface PageTable {
  /** Offset of the table. */
  readonly at: number;
  readonly format: Format;
  /** Physical address of the image's first byte, if the memory lies where the table says. */
  readonly base: number;
}

/** Tables in which the pages of a mapping stand one behind the other. */
export function tablesFor(view: DataView, length: number, { origin, at, length: bytes }: Mapped): PageTable[] {
  const first = Math.ceil((origin + at) / PAGE);
  const pages = Math.min(MOST_PAGES, Math.floor((origin + at + bytes) / PAGE) - first);
  if (pages < LEAST_PAGES) return [];
  return FORMATS.flatMap((format) => {
    const found: PageTable[] = [];
    for (let table = 0; table + format.entry * format.count <= length; table += format.entry * format.count) {
      const base = baseFor(view, table, { format, first, pages, origin });
      if (base !== null) found.push({ at: table, format, base });
    }
    return found;
  });
}

interface Wanted {
  readonly format: Format;
  readonly first: number;
  readonly pages: number;
  readonly origin: number;
}

/** What a table says of the base, if all pages agree. */
function baseFor(view: DataView, table: number, { format, first, pages, origin }: Wanted): number | null {
  let base: number | null = null;
  for (let n = 0; n < pages; n++) {
    const page = pageIn(view, table, format, modulo(first + n, format.count));
    if (page === null) return null;
    const physical = page - ((first + n) * PAGE - origin);
    if (physical < 0 || (base !== null && physical !== base)) return null;
    base = physical;
  }
  return base;
}

/** The physical address that an entry of a table maps; null if none. */
export function pageIn(view: DataView, table: number, format: Format, entry: number): number | null {
  const at = table + format.entry * entry;
  const low = view.getUint32(at, true);
  if ((low & format.page) !== format.kind) return null;
  const high = format.entry === 8 ? view.getUint32(at + 4, true) & format.high : 0;
  return high * 2 ** 32 + low - (low % PAGE);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
