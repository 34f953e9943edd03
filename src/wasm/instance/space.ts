// The memory of an instance behind what its module needs: pages for what others share with the TA, and what it maps. It never
// grows.
import type { MapRequest } from "../../tee/kernel/address_space.ts";
import type { ByteSpan } from "./c_memory.ts";

/** Pages of 4096 bytes. */
export interface Space {
  /** Takes pages, all zero; their address, or 0 where there is no room. */
  take(bytes: number): number;
  /** Takes pages at an address, or where there is room before and behind them. */
  map(request: MapRequest): number;
  /** Gives back what was taken at an address. */
  give(at: number): void;
  /** Gives pages back, whatever they were taken with. */
  unmap(at: number, bytes: number): void;
}

const PAGE = 4096;

/** The space from an address on, up to a limit. */
export function createSpace(buffer: ArrayBufferLike, from: number, limit: number = buffer.byteLength): Space {
  /** What is taken, by address. */
  let spans: ByteSpan[] = [];
  const enter = (at: number, bytes: number): number => {
    const to = at + inPages(bytes);
    new Uint8Array(buffer, at, to - at).fill(0);
    spans = [...spans, { from: at, to }].sort((a, b) => a.from - b.from);
    return at;
  };
  const isFree = (at: number, to: number): boolean =>
    at >= from && to <= limit && !spans.some((span) => span.from < to && span.to > at);
  const map = ({ at, bytes, before, behind }: MapRequest): number => {
    if (at !== 0) return at % PAGE === 0 && isFree(at, at + inPages(bytes)) ? enter(at, bytes) : 0;
    const [pad, whole] = [inPages(before), inPages(before) + inPages(bytes) + inPages(behind)];
    const start = [from, ...spans.map(({ to }) => to)].map(inPages).find((one) => isFree(one, one + whole));
    return start === undefined ? 0 : enter(start + pad, bytes);
  };
  return {
    take: (bytes) => map({ at: 0, bytes: Math.max(1, bytes), before: 0, behind: 0 }),
    map,
    give(at) {
      spans = spans.filter((span) => span.from !== at);
    },
    unmap(at, bytes) {
      spans = spans.flatMap((span) => without(span, { from: at, to: at + inPages(bytes) }));
    },
  };
}

/** A space that tells of what is taken and given back. */
export function observed(
  space: Space,
  taken: (at: number, bytes: number) => void,
  gone: (at: number, bytes: number) => void,
): Space {
  const sizes = new Map<number, number>();
  const told = (at: number, bytes: number): number => {
    if (at === 0) return at;
    sizes.set(at, bytes);
    taken(at, bytes);
    return at;
  };
  return {
    take: (bytes) => told(space.take(bytes), bytes),
    map: (request) => told(space.map(request), request.bytes),
    give(at) {
      space.give(at);
      gone(at, sizes.get(at) ?? 0);
      sizes.delete(at);
    },
    unmap(at, bytes) {
      space.unmap(at, bytes);
      gone(at, bytes);
    },
  };
}

/** What of a span lies before and behind another one. */
export function without(span: ByteSpan, { from, to }: ByteSpan): ByteSpan[] {
  const parts = [
    { from: span.from, to: Math.min(span.to, from) },
    { from: Math.max(span.from, to), to: span.to },
  ];
  return parts.filter((part) => part.from < part.to);
}

/** Bytes of whole pages. */
function inPages(bytes: number): number {
  return Math.ceil(bytes / PAGE) * PAGE;
}
