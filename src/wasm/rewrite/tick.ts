// A count at the head of each loop, so that a TA that loops for ever comes back to its host.
import type { ModuleWriter } from "./module_writer.ts";

/** What the count needs of its module. */
export interface TickPlaces {
  /** Index of the global that counts down. */
  readonly global: number;
  /** Index of the type of a function that takes and gives nothing. */
  readonly type: number;
  /** Where in the table the host puts its function. */
  readonly slot: number;
  readonly wideTable: boolean;
}

/** Loops that are run through between two calls of the host. */
export const TICKS_PER_CALL = 2 ** 18;

/** Counts down; at 0 begins anew and calls the host. Leaves the stack as it was. `mark` is called before that call. */
export function writeTick(out: ModuleWriter, { global, type, slot, wideTable }: TickPlaces, mark: () => void): void {
  const withGlobal = (op: number): void => {
    out.u8(op);
    out.uleb(global);
  };
  withGlobal(0x23);
  out.u8(0x41, 0x7f, 0x6a);
  withGlobal(0x24);
  withGlobal(0x23);
  out.u8(0x45, 0x04, 0x40, 0x41);
  out.sleb(TICKS_PER_CALL);
  withGlobal(0x24);
  out.u8(wideTable ? 0x42 : 0x41);
  out.sleb(slot);
  mark();
  out.u8(0x11);
  out.uleb(type);
  out.u8(0x00, 0x0b);
}
