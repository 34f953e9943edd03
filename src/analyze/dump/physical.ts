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

const PAGE = 4096;
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
    for (const base of FORMATS.flatMap((format) => basesFor(view, bytes.length, one, format))) {
      const distances = votes.get(base) ?? new Set();
      votes.set(base, distances.add(modulo(one.origin, REACH)));
    }
  const [first, second] = [...votes].sort(([, a], [, b]) => b.size - a.size);
  return first === undefined || first[1].size < 2 || first[1].size === second?.[1].size ? null : first[0];
}

/** What tables say in which the pages of a mapping stand one behind the other. */
function basesFor(view: DataView, length: number, { origin, at, length: bytes }: Mapped, format: Format): number[] {
  const first = Math.ceil((origin + at) / PAGE);
  const pages = Math.min(MOST_PAGES, Math.floor((origin + at + bytes) / PAGE) - first);
  const found = new Set<number>();
  if (pages < LEAST_PAGES) return [];
  for (let table = 0; table + format.entry * format.count <= length; table += format.entry * format.count) {
    let base: number | null = null;
    let same = 0;
    for (let n = 0; n < pages; n++) {
      const entry = table + format.entry * modulo(first + n, format.count);
      const low = view.getUint32(entry, true);
      if ((low & format.page) !== format.kind) break;
      const high = format.entry === 8 ? view.getUint32(entry + 4, true) & format.high : 0;
      const here = high * 2 ** 32 + (low & ~(PAGE - 1)) - ((first + n) * PAGE - origin);
      const physical = low < 0 || (low & ~(PAGE - 1)) < 0 ? here + 2 ** 32 : here;
      if (base !== null && physical !== base) break;
      base = physical;
      same++;
    }
    if (same === pages && base !== null && base >= 0) found.add(base);
  }
  return [...found];
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
