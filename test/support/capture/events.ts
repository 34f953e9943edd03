// Heap events of an unpatched core, as a plugin of QEMU writes them: `SECONDS CPU OFFSET TOTAL ADDRESS`. OFFSET is that of the
// block's header (hexadecimal), TOTAL the bytes that are allocated then, ADDRESS the call into the allocator.

/** One event: a block is allocated, or freed. */
export interface CaptureEvent {
  readonly kind: "A" | "F";
  /** Number of the block, from 1. */
  readonly block: number;
  /** Of the block, with its headers. */
  readonly bytes: number;
  /** Of the block's header, from the start of the pool. */
  readonly offset: number;
  readonly address: string;
}

/** All events; that of the pool's table is the first. Throws where an event frees a block that is not there. */
export function readEvents(text: string): CaptureEvent[] {
  const live = new Map<string, CaptureEvent>();
  const events: CaptureEvent[] = [];
  let [before, blocks] = [0, 0];
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [, , offset = "", total, address = ""] = line.split(" ");
    const bytes = Number(total) - before;
    before = Number(total);
    const old = live.get(offset);
    if (bytes > 0) {
      const event: CaptureEvent = { kind: "A", block: ++blocks, bytes, offset: Number.parseInt(offset, 16), address };
      live.set(offset, event);
      events.push(event);
    } else {
      if (old?.bytes !== -bytes) throw new Error(`${line}: frees ${-bytes} bytes where ${old?.bytes ?? 0} are`);
      live.delete(offset);
      events.push({ ...old, kind: "F", address });
    }
  }
  return events;
}

/** Bytes of a block with a leak header in a 64-bit core: header, leak header, payload, footer, in steps of 16. */
export function bytesWithLeakHeader(payload: number): number {
  return 16 + Math.ceil((payload + 32 + 4) / 16) * 16;
}
