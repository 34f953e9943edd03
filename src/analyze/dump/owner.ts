// Tells whose heap it is: the core's, a TA's with its UUID, the loader's of a TA.
import { decodeUuid, UUID_BYTES } from "../../abi/uuid.ts";
import type { Memory } from "../../heap/memory.ts";
import type { StatePlace } from "./allocator_state.ts";
import { PAGE, type PageTable, pageIn, tablesFor } from "./physical.ts";
import type { FoundTable } from "./tables.ts";

/** Whose heap it is, as far as the bytes tell. */
export interface HeapOwner {
  readonly kind: "core" | "ta" | "loader" | "unknown";
  /** Of the TA; empty if it is not known. */
  readonly uuid: string;
  /** A pool for big numbers, which is a heap inside of other memory: its state follows its last byte. */
  readonly scratch: boolean;
}

/** A TA's own description of itself (upstream's struct ta_head), and where its address space has it. */
interface Head {
  readonly uuid: string;
  /** Pages from the start of its page table. */
  readonly page: number;
}

/** What stands behind the UUID: bytes of stack, flags, and 64 bits that are all set. */
const HEAD_BYTES = 32;
const LARGEST_STACK = 2 ** 24;
const LARGEST_FLAGS = 2 ** 16;

/** `core`: whether it is known to be the core's. `physical`: address of the image's first byte; null if unknown. */
export function ownerOf(
  m: Memory,
  { base: origin, pools }: FoundTable,
  place: StatePlace | null,
  core: boolean | null,
  physical: number | null,
): HeapOwner {
  const first = Math.min(...pools.map(({ at }) => at));
  const scratch = place !== null && pools.some(({ at, length }) => at + length === place.at);
  if (core !== false) return { kind: core === null ? "unknown" : "core", uuid: "", scratch };
  const length = Math.max(...pools.map((pool) => pool.at + pool.length)) - first;
  const tables = tablesFor(m.view, m.bytes.length, { origin, at: first, length });
  const heads = tables.filter(({ base }) => base === physical).flatMap((table) => headsIn(m, table));
  const [head] = heads;
  if (head === undefined || new Set(heads.map(({ uuid }) => uuid)).size > 1)
    return { kind: "unknown", uuid: "", scratch };
  // The loader lies below what it loads.
  const page = Math.floor((origin + first) / PAGE) % (tables[0]?.format.count ?? 1);
  return { kind: page < head.page ? "loader" : "ta", uuid: head.uuid, scratch };
}

/** The descriptions of TAs in the pages that a table maps. */
function headsIn(m: Memory, { at, format, base }: PageTable): Head[] {
  const found: Head[] = [];
  for (let page = 0; page < format.count; page++) {
    const physical = pageIn(m.view, at, format, page);
    const from = physical === null ? -1 : physical - base;
    if (from < 0 || from + PAGE > m.bytes.length) continue;
    for (let head = from; head + HEAD_BYTES <= from + PAGE; head += 4)
      if (isHead(m, head)) found.push({ uuid: decodeUuid(m.bytes.subarray(head, head + UUID_BYTES)), page });
  }
  return found;
}

function isHead({ view }: Memory, at: number): boolean {
  const word = (n: number): number => view.getUint32(at + UUID_BYTES + 4 * n, true);
  if (word(2) !== 0xffffffff || word(3) !== 0xffffffff) return false;
  const stack = word(0);
  // Version and variant of a UUID.
  const isUuid = view.getUint8(at + 7) >> 4 <= 8 && view.getUint8(at + 7) >> 4 > 0 && view.getUint8(at + 8) >> 6 === 2;
  return isUuid && stack >= 1024 && stack < LARGEST_STACK && stack % 4 === 0 && word(1) < LARGEST_FLAGS;
}
