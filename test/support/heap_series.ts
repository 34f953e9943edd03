// Reads recorded heap series, and compares them.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { MallocContext } from "../../src/malloc/context.ts";
import { type HeapListener, listen } from "../../src/malloc/events.ts";
import type { Core } from "../../src/tee/kernel/core.ts";
import type { EntryObserver } from "../../src/tee/kernel/ta_instance.ts";

/** An operation on one of the two heaps; addresses in hexadecimal, "0" for none. */
export interface HeapRow {
  readonly heap: "core" | "ta";
  readonly op: string;
  readonly pointer: string;
  readonly size: number;
  readonly result: string;
  readonly allocated: number;
  readonly place: string;
}

/** UUID of optee_test's crypto TA, which the bundled one stands for. */
export const RECORDED_CRYPT = "cb3e5ba0-adf1-11e0-998b-0002a5d5c51b";

/** What was recorded under a mark ("regression-4003") of the core heap and a TA's, in the order of time. */
export function recordedRows(mark: string, uuid: string): HeapRow[] {
  const both = [...section("core", "core", mark), ...section("ta", `ta-${uuid}`, mark)];
  return both.sort((a, b) => a.time - b.time).map(({ row }) => row);
}

function section(heap: HeapRow["heap"], trace: string, mark: string): { time: number; row: HeapRow }[] {
  const file = new URL(`../../data/optee-4.0.0/${trace}.trace.gz`, import.meta.url);
  const text = gunzipSync(readFileSync(file)).toString().split(`# mark begin ${mark} `)[1] ?? "";
  const lines = text.split("# mark begin")[0]?.split("\n") ?? [];
  return lines.flatMap((line) => {
    const [, time, op = "", pointer = "", size, , result = "", allocated, , , place = ""] = line.split("\t");
    const row = { heap, op, pointer, size: Number(size), result, allocated: Number(allocated), place };
    return place === "" ? [] : [{ time: Number(time), row }];
  });
}

/** Notes from now on what happens on the core heap, and on those of TAs from their first entry point on. */
export function noteRows(core: Core): HeapRow[] {
  const rows: HeapRow[] = [];
  const note = (heap: HeapRow["heap"], { heap: { memory } }: MallocContext): HeapListener => {
    const address = (offset: number): string => (offset === 0 ? "0" : (memory.base + offset).toString(16));
    return (op, pointer, size, _arg, result, file, line, allocated) => {
      const place = `${file}:${line}`;
      rows.push({ heap, op, pointer: address(pointer), size, result: address(result), allocated, place });
    };
  };
  const nothing = (): void => {};
  const observer: EntryObserver = {
    entered: nothing,
    left: nothing,
    unloaded: nothing,
    loaded: ({ heap }) => void listen(heap, note("ta", heap)),
  };
  core.observers.add(observer);
  listen(core.heap, note("core", core.heap));
  return rows;
}

/** What a call of a client begins with: its first buffer, or its arguments. */
const CALL_BEGINS = ["core/arch/arm/mm/mobj_dyn_shm.c:317", "core/mm/tee_mm.c:19"];

/**
 * Rows as text, from the first command on that comes after an opened session. Addresses on the core heap depend on all that
 * happened since the boot, so its blocks have the number of their allocation instead, 0 for those that were there before,
 * and what is allocated is counted from the beginning.
 */
export function fromFirstCommand(rows: readonly HeapRow[]): string[] {
  const opened = rows.findIndex(({ place }) => place === "lib/libutee/user_ta_entry.c:233");
  const first = rows.findIndex(({ place }, n) => n > opened && CALL_BEGINS.includes(place));
  const base = rows[first - 1]?.allocated ?? 0;
  const blocks = new Map<string, number>();
  let count = 0;
  return rows.slice(first).map(({ heap, op, pointer, size, result, allocated, place }) => {
    if (heap === "ta") return [heap, op, pointer, size, result, allocated, place].join(" ");
    const old = blocks.get(pointer) ?? 0;
    blocks.delete(pointer);
    if (result !== "0") blocks.set(result, ++count);
    return [heap, op, old, size, result === "0" ? 0 : count, allocated - base, place].join(" ");
  });
}

/** Some rows around the first one that differs; null where none does. */
export function difference(
  got: readonly string[],
  expected: readonly string[],
): { got: string[]; expected: string[] } | null {
  const length = Math.max(got.length, expected.length);
  for (let n = 0; n < length; n++) {
    const from = Math.max(0, n - 5);
    if (got[n] !== expected[n]) return { got: got.slice(from, n + 5), expected: expected.slice(from, n + 5) };
  }
  return null;
}

/** Notes from now on every operation on the heaps of TAs, as lines: op, addresses, sizes, allocated bytes, place. */
export function noteTaLines(core: Core): string[] {
  const lines: string[] = [];
  const nothing = (): void => {};
  const observer: EntryObserver = {
    entered: nothing,
    left: nothing,
    unloaded: nothing,
    loaded({ heap }) {
      const { base } = heap.heap.memory;
      const address = (offset: number): string => (offset === 0 ? "0" : (base + offset).toString(16));
      listen(heap, (op, pointer, size, arg, result, file, line, allocated) =>
        lines.push([op, address(pointer), size, arg, address(result), allocated, `${file}:${line}`].join(" ")),
      );
    },
  };
  core.observers.add(observer);
  return lines;
}
