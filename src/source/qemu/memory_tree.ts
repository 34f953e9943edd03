// Reads QEMU's `info mtree -f`: which RAM each processor sees, in which world.

/** RAM at addresses of a machine. */
export interface RamRange {
  /** Physical address of its first byte. */
  readonly from: number;
  readonly length: number;
  /** Its RAM block, as `info ramblock` calls it. */
  readonly block: string;
  /** Where in the block it begins. */
  readonly offset: number;
}

const SPACE = /^ AS "([^"]{1,200})"/;
const RAM = /^ {2}([\da-f]{16})-([\da-f]{16}) \(prio -?\d+, ram\): (\S{1,200})(?: @([\da-f]{16}))?(?: |$)/;

/** RAM that only processors in the secure world see, by address. Empty where the machine has no TrustZone memory. */
export function secureRam(tree: string): RamRange[] {
  const secure = new Map<string, RamRange>();
  const open = new Set<string>();
  let spaces: string[] = [];
  for (const line of tree.split(/\r?\n/)) {
    if (line.startsWith("FlatView")) spaces = [];
    const space = SPACE.exec(line)?.[1];
    if (space !== undefined) spaces.push(space);
    const range = rangeOf(line);
    if (range === null) continue;
    const key = `${range.block} ${range.offset} ${range.length}`;
    if (spaces.length > 0 && spaces.every(isSecure)) secure.set(key, range);
    else open.add(key);
  }
  return [...secure].flatMap(([key, range]) => (open.has(key) ? [] : [range])).sort((a, b) => a.from - b.from);
}

/** QEMU calls them cpu-secure-memory-0 and so on. */
function isSecure(space: string): boolean {
  return space.startsWith("cpu-secure-memory");
}

function rangeOf(line: string): RamRange | null {
  const match = RAM.exec(line);
  if (match === null) return null;
  const [, first = "", last = "", block = "", offset = "0"] = match;
  const from = Number.parseInt(first, 16);
  return { from, length: Number.parseInt(last, 16) - from + 1, block, offset: Number.parseInt(offset, 16) };
}
