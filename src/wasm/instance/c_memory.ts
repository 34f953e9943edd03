// The memory of an instance as C sees it, with what of it the caller of the TA shares.
import { TaPanic } from "../../tee/kernel/panic.ts";
import type { CMemory } from "./memory.ts";

/** A part of memory: addresses from `from` up to before `to`. */
export interface ByteSpan {
  readonly from: number;
  readonly to: number;
}

/** What of the memory has an owner or rights of its own. */
interface MemoryRights {
  /** Buffers that the caller of the TA shares, while it is called. */
  readonly shared: ByteSpan[];
  /** What the TA has mapped so that it may pass it to others. */
  readonly shareable: readonly ByteSpan[];
  /** Constants. */
  readonly readOnly: readonly ByteSpan[];
  /** Nothing of the TA lies below this address. */
  readonly lowest: number;
  /** Nor at or above this one; default the end of the memory. */
  readonly limit?: number;
  /** Is notified of what the host touches on behalf of the TA. */
  /** Is notified of what the host may have written. */
  readonly written?: (at: number, length: number) => void;
  readonly touched?: (at: number, length: number, write: boolean) => void;
}

/** Puts C words over the bytes of an instance, whose memory never grows. Long: one entry for each way of touching it. */
export function createCMemory(buffer: ArrayBufferLike, word: 4 | 8, rights: MemoryRights): CMemory {
  const view = new DataView(buffer);
  const all = new Uint8Array(buffer, 0, rights.limit);
  const within = (at: number, length: number): number => {
    if (at >= rights.lowest && length >= 0 && at + length <= all.length) return at;
    throw new TaPanic(0, `data-abort: ${length} bytes at 0x${at.toString(16)} are not in memory`);
  };
  const touches = (spans: readonly ByteSpan[], at: number, length: number): boolean =>
    spans.some(({ from, to }) => at < to && at + length > from);
  const memory: CMemory = {
    word,
    u8: (at) => view.getUint8(within(at, 1)),
    u32: (at) => view.getUint32(within(at, 4), true),
    setU32(at, value) {
      view.setUint32(within(at, 4), value, true);
      rights.written?.(at, 4);
    },
    u64: (at) => view.getUint32(within(at, 8), true) + view.getUint32(at + 4, true) * 2 ** 32,
    setU64(at, value) {
      view.setUint32(within(at, 8), value % 2 ** 32, true);
      view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
      rights.written?.(at, 8);
    },
    size: word === 8 ? (at) => memory.u64(at) : (at) => memory.u32(at),
    setSize: word === 8 ? (at, value) => memory.setU64(at, value) : (at, value) => memory.setU32(at, value),
    bytes(at, length) {
      const bytes = all.subarray(within(at, length), at + length);
      rights.written?.(at, length);
      return bytes;
    },
    text(at, length) {
      const end = length === undefined ? all.indexOf(0, within(at, 1)) : within(at, length) + length;
      return new TextDecoder().decode(all.slice(at, end < 0 ? all.length : end));
    },
    own: (at, length) => !touches(rights.shared, at, length) && !touches(rights.shareable, at, length),
    touched: (at, length, write) => rights.touched?.(at, length, write),
    writable: (at, length) => !touches(rights.readOnly, at, length),
  };
  return memory;
}
