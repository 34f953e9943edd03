// What lay at an address over time.
import { asksMemory, OP } from "../../malloc/operation.ts";
import type { IndexedRecording, RowPart } from "../../recording/indexed/indexed_recording.ts";
import { nameOfSite } from "../held_blocks.ts";
import type { Watching } from "./indexed_range.ts";

/** A block that covered the address. Microseconds; bytes asked for. */
interface AddressLife {
  readonly address: number;
  readonly size: number;
  readonly site: string;
  readonly made: number;
  /** Call site of whoever freed it, and when; empty and null while it lives. */
  readonly freedAt: string;
  readonly gone: number | null;
}

/** The last lives, oldest first, and how many there were in all. */
export interface AddressHistory {
  readonly count: number;
  readonly lives: readonly AddressLife[];
}

/** A stretch of memory of a heap. */
interface AddressQuery {
  readonly heap: number;
  readonly address: number;
  /** Bytes. */
  readonly size: number;
}

/** Reads all rows of the heap; keeps at most `most` lives. Payloads count: a header alone is nobody's. */
export async function addressHistory(
  recording: IndexedRecording,
  { heap, address, size }: AddressQuery,
  most: number,
  { signal, progress }: Watching = {},
): Promise<AddressHistory> {
  const { from = 0, to = 0 } = recording.heaps[heap] ?? {};
  const lives: AddressLife[] = [];
  /** Lives that have not ended, by address; few, as they cover one stretch. */
  const open = new Map<number, AddressLife>();
  let count = 0;
  const put = (life: AddressLife): void => {
    lives.push(life);
    if (lives.length > most) lives.shift();
  };
  const take = (part: RowPart, at: number): void => {
    const op = part.op[at] as number;
    const given = part.pointer[at] as number;
    const made = part.result[at] as number;
    const time = part.time[at] as number;
    if (op === OP.P) return;
    const site = nameOfSite(recording.sites[part.site[at] as number]);
    const old = open.get(given);
    if (old !== undefined && (made !== 0 || !asksMemory(op))) {
      open.delete(given);
      put({ ...old, gone: time, freedAt: site });
    }
    const asked = part.size[at] as number;
    if (made === 0 || made >= address + size || made + Math.max(1, asked) <= address) return;
    count++;
    open.set(made, { address: made, size: asked, site, made: time, freedAt: "", gone: null });
  };
  for await (const part of recording.rows({ heap, from, to }, signal)) {
    for (let at = 0; at < part.length; at++) take(part, at);
    progress?.(((part.time[part.length - 1] ?? from) - from) / Math.max(1, to - from));
  }
  for (const life of open.values()) put(life);
  return { count, lives };
}
