// Reads who asked for a block of a running heap, from its leak header and the file names beside the heap.
import { pathsIn } from "../../analyze/dump/paths.ts";
import type { Memory } from "../../heap/memory.ts";
import { leakHeaderSize, readLeakHeader, releaseOfLeakHeader } from "../../malloc/leak_header.ts";

/** Who asked for a block. */
interface Site {
  /** Offset of what was given out, from the first pool. */
  readonly payload: number;
  /** Bytes asked for; without a leak header, what the block has room for. */
  readonly size: number;
  /** null if unknown. */
  readonly file: string | null;
  readonly line: number;
}

/** `origin`: address of the memory's first byte; `first`: offset of the first pool. Names are looked up once. */
export function createSiteReader(
  m: Memory,
  origin: number,
  first: number,
  leakHeaders: boolean,
): (block: number, size: number) => Site {
  const paths = pathsIn(m, origin);
  const names = new Map<number, string>();
  const nameAt = (address: number): string => {
    const known = names.get(address) ?? paths(address);
    names.set(address, known);
    return known;
  };
  return (block, size) => {
    const header = block + m.geometry.header;
    const release = leakHeaders ? releaseOfLeakHeader(m, header) : null;
    if (release === null) return { payload: header - first, size: size - m.geometry.header, file: null, line: 0 };
    const { name, line, size: asked } = readLeakHeader(m, header, release.allocator.leakLayout[m.geometry.word]);
    const payload = header + leakHeaderSize(m) - first;
    return { payload, size: asked, file: name === 0 ? null : nameAt(name), line };
  };
}
