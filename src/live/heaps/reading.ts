// What an answer says of heaps, one reading each, under keys that stay the same from answer to answer.
import type { PartialRecord, PartialStats, PartialTa } from "../../abi/record.ts";
import type { Answers } from "../../source/source.ts";

/** A heap in an answer. */
export interface Reading {
  readonly key: string;
  readonly kind: "pool" | "ta";
  readonly name: string;
  readonly uuid?: string;
  /** Without what is not known. */
  readonly stats: PartialStats;
  readonly sessions: number | null;
  readonly panicked: boolean;
}

/** `pool:Heap`. */
export function poolKey(name: string): string {
  return `pool:${name}`;
}

/** `ta:UUID#1`: the number is that of the instance, or where the system tells none its place among those of the TA. */
export function taKey(uuid: string, instance: number): string {
  return `ta:${uuid}#${instance}`;
}

/** Pools that this build has. */
export function poolReadings(pools: readonly PartialRecord[]): Reading[] {
  return pools
    .filter(({ name, size }) => name !== "" && size !== 0)
    .map(({ name, ...stats }) => ({ key: poolKey(name), kind: "pool", name, stats, sessions: null, panicked: false }));
}

/** TAs as `xtest --stats --ta` has them: one without a session, or that is busy, gives zeros, which say nothing. */
export function taReadings(tas: readonly PartialTa[]): Reading[] {
  const seen = new Map<string, number>();
  return tas.map(({ uuid, sessions, panicked = 0, heap: { name, ...stats } }) => {
    const number = (seen.get(uuid) ?? 0) + 1;
    seen.set(uuid, number);
    return {
      key: taKey(uuid, number),
      kind: "ta",
      name: name || uuid,
      uuid,
      stats: stats.size === 0 ? {} : stats,
      sessions: sessions ?? null,
      panicked: panicked !== 0,
    };
  });
}

/** TAs as a system tells them that knows their instances. */
export function momentReadings(moments: Answers["running"]): Reading[] {
  return moments.map(({ uuid, instance, name, stats, sessions, panicked }) => ({
    key: taKey(uuid, instance),
    kind: "ta",
    name: name || uuid,
    uuid,
    stats,
    sessions,
    panicked,
  }));
}
