import { err, type Result } from "../base/result.ts";
import { readConsoleLog } from "../xtest/console_log.ts";
import type { LeakList } from "../xtest/leak_lists.ts";
import { imported } from "./imported.ts";
import type { Recording } from "./recording.ts";
import type { Row } from "./row_batch.ts";

/** Heaps by who prints their lists. The list does not say which trusted application it is. */
const CONTEXTS: ReadonlyMap<string, string> = new Map([
  ["TC", "core"],
  ["TA", "ta"],
  ["LD", "ldelf"],
]);
const FIRST_ADDRESS = 0x1000;
const STEP = 16;

/**
 * Takes the leak lists out of a log of the secure console: each list is an instance of its heap, with the blocks that were
 * found. The log has no addresses, no pool and no times: blocks lie one behind the other in a pool that they fill, blocks
 * of one place share its bytes evenly, and the time is the line where the list begins.
 */
export async function importConsole(bytes: Uint8Array, origin: string): Promise<Result<Recording>> {
  const { lists } = readConsoleLog(bytes);
  if (lists.length === 0) return err("no leak list in this log");
  const counts = new Map<string, number>();
  return imported({ origin, version: "" }, (writer) => {
    for (const list of lists) {
      const heap = CONTEXTS.get(list.from) ?? list.from;
      const instance = (counts.get(heap) ?? 0) + 1;
      counts.set(heap, instance);
      for (const row of rowsOf(list)) writer.add({ heap, instance, thread: "-", time: list.first, ...row });
    }
  });
}

function rowsOf({ sites }: LeakList): Row[] {
  const found: Row[] = [];
  let address = FIRST_ADDRESS;
  let allocated = 0;
  for (const { site, blocks, bytes } of sites) {
    for (let n = 0; n < blocks; n++) {
      const size = Math.floor(bytes / blocks) + (n < bytes % blocks ? 1 : 0);
      allocated += size;
      found.push({ op: "found", size, result: address, allocated, place: site });
      address += Math.max(STEP, Math.ceil(size / STEP) * STEP);
    }
  }
  return [{ op: "add_pool", pointer: FIRST_ADDRESS, size: address - FIRST_ADDRESS, place: "unknown" }, ...found];
}
