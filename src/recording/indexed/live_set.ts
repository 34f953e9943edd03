// The live blocks of a heap, kept up to date operation by operation.
import { asksMemory, OP } from "../../malloc/operation.ts";
import { createAddressTable } from "../../replay/address_table.ts";

/** A live block, in numbers alone. */
export interface KeptBlock {
  readonly address: number;
  /** Bytes asked for, and bytes that it takes. */
  readonly size: number;
  readonly taken: number;
  /** Indexes of its call site and thread. */
  readonly site: number;
  readonly thread: number;
  /** The row that made it, in the recording and in its heap. */
  readonly position: number;
  readonly row: number;
  /** When it was made, and when it was first allocated; in microseconds. */
  readonly time: number;
  readonly born: number;
}

/** What an operation says of its caller. */
export type BlockMaker = Pick<KeptBlock, "site" | "thread" | "position" | "row" | "time">;

/** Live blocks of one heap. */
export interface LiveSet {
  readonly size: number;
  /** Bytes allocated after the last operation. */
  readonly allocated: number;
  /** Enters an operation. */
  operate(op: number, pointer: number, size: number, result: number, allocated: number, by: BlockMaker): void;
  /** Ascending by address. */
  blocks(): KeptBlock[];
}

/** A set of blocks after an operation that left so many bytes allocated. */
export function createLiveSet(known: readonly KeptBlock[] = [], before = 0): LiveSet {
  const byAddress = createAddressTable();
  const blocks: (KeptBlock | undefined)[] = [];
  const free: number[] = [];
  let allocatedBefore = before;

  function put(block: KeptBlock): void {
    const slot = free.pop() ?? blocks.length;
    blocks[slot] = block;
    byAddress.set(block.address, slot);
  }
  for (const block of known) put(block);
  return {
    get size() {
      return byAddress.size;
    },
    get allocated() {
      return allocatedBefore;
    },
    operate(op, pointer, size, result, allocated, by) {
      let taken = allocated - allocatedBefore;
      allocatedBefore = allocated;
      if (op === OP.P) return;
      let born = by.time;
      // A request that fails ends no block.
      if (pointer !== 0 && (result !== 0 || !asksMemory(op))) {
        const slot = byAddress.take(pointer);
        if (slot >= 0) {
          const old = blocks[slot] as KeptBlock;
          taken += old.taken;
          born = old.born;
          blocks[slot] = undefined;
          free.push(slot);
        }
      }
      if (result === 0) return;
      // An address that is given twice: the older block is gone, though no row says so.
      const other = byAddress.take(result);
      if (other >= 0) {
        blocks[other] = undefined;
        free.push(other);
      }
      const { site, thread, position, row, time } = by;
      put({ address: result, size, taken: Math.max(0, taken), site, thread, position, row, time, born });
    },
    blocks: () => blocks.filter((block) => block !== undefined).sort((a, b) => a.address - b.address),
  };
}
