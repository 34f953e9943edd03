// Adds up the memory of TAs from their dumps on the secure console.
import { sizesOf, type TaDump } from "../../xtest/ta_dump.ts";

/** The memory of a TA that was ended, in bytes. */
export interface TaMemory {
  readonly uuid: string;
  /** How many dumps of it there were; the figures are the last one's. */
  readonly dumps: number;
  readonly code: number;
  /** Variables and the heap, of the TA and its libraries. */
  readonly data: number;
  readonly stack: number;
  /** All secure memory: the loader's, too, but no parameters of the client and no pages of the core. */
  readonly all: number;
  /** Regions that could not be read: the figures are the least that it was. */
  readonly lost: number;
}

/** Adds up the regions of the last dump of each TA that has any. */
export function taMemory(dumps: readonly TaDump[]): TaMemory[] {
  const told = dumps.filter(({ regions }) => regions.length > 0);
  const last = new Map(told.map((dump) => [dump.uuid, dump]));
  return [...last].map(([uuid, dump]) => {
    const { code, data, stack, loader, other } = sizesOf(dump);
    const count = dumps.filter((one) => one.uuid === uuid).length;
    return { uuid, dumps: count, code, data, stack, all: code + data + stack + loader + other, lost: dump.lost };
  });
}
