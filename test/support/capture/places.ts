// Call sites of addresses, learned from pairs of an operation and its event.
import type { HeapStep } from "../../../src/platform/platform.ts";
import type { Pair } from "./align.ts";

/** A book of addresses. */
export interface Places {
  learn(pair: Pair): void;
  /**
   * Call sites of an address: none; one; or several, where a function ends with its call, so that the address is that of the call
   * before it.
   */
  of(address: string): readonly string[];
  /** Operation of a call site. */
  opOf(place: string): HeapStep["op"] | undefined;
  /** Bytes that a call site asks for where its block has so many. */
  sizeAt(place: string, bytes: number): number | undefined;
  /** Where a block of a call site is freed by a call at an address. */
  endOf(from: string, address: string): string | undefined;
}

export function createPlaces(): Places {
  const places = new Map<string, Set<string>>();
  const ops = new Map<string, HeapStep["op"]>();
  const sizes = new Map<string, number>();
  const ends = new Map<string, string>();
  return {
    learn([{ kind, step, place, from }, { address, bytes }]) {
      places.set(address, (places.get(address) ?? new Set()).add(place));
      ops.set(place, step.op);
      if (kind === "A") sizes.set(`${place} ${bytes}`, step.size);
      else ends.set(`${from} ${address}`, place);
    },
    of: (address) => [...(places.get(address) ?? [])],
    opOf: (place) => ops.get(place),
    sizeAt: (place, bytes) => sizes.get(`${place} ${bytes}`),
    endOf: (from, address) => ends.get(`${from} ${address}`),
  };
}
