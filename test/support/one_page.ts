// Recorded heap series as if each buffer of the client lay in one page.
import type { HeapRow } from "./heap_series.ts";

const REGISTERED = "core/arch/arm/mm/mobj_dyn_shm.c:317";
const PAGE_LIST = "core/kernel/msg_param.c:132";

/** Sizes of a registered buffer's block and of the list of its pages, for one page and for two. */
const BLOCK = { one: 80, two: 88 };
const LIST = { one: 8, two: 16 };
/** Bytes that a block for two pages takes more, as blocks are multiples of 16. */
const MORE = 16;

/**
 * Recorded rows as if each buffer of the client were in one page: `across` of them lay across two, as it happened in the
 * recorded client's memory. Here buffers begin at a page. For buffers of up to a page.
 */
export function onePageEach(rows: readonly HeapRow[]): { readonly rows: HeapRow[]; readonly across: number } {
  const live = new Set<string>();
  let across = 0;
  const told = rows.map((row): HeapRow => {
    if (row.heap !== "core") return row;
    const { place, size } = row;
    const block = place === REGISTERED && size === BLOCK.two;
    if (block) {
      live.add(row.result);
      across++;
    } else if (row.pointer !== "0") live.delete(row.pointer);
    const list = place === PAGE_LIST && size === LIST.two;
    const allocated = row.allocated - MORE * live.size;
    return { ...row, size: block ? BLOCK.one : list ? LIST.one : size, allocated };
  });
  return { rows: told, across };
}
