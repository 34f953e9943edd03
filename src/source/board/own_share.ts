// What an answer of --alloc owes to the question itself, stated, and left out where it is known.
import type { PartialRecord } from "../../abi/record.ts";
import { grouped } from "../../base/format.ts";
import { heldRange, questionCost, TA_QUESTION_PEAK } from "../../release/question_cost.ts";
import { poolNamed } from "../../release/releases.ts";
import type { OwnShare } from "../source.ts";
import type { LeakHeaders } from "./board.ts";

/** The share of a question in its answer. */
interface Share {
  readonly own: OwnShare;
  /** The pools without it. Maxima stay: whether a question made one is not known. */
  without<P extends PartialRecord>(pools: readonly P[]): readonly P[];
}

/** For a release, and a core with leak headers, without, or with nobody knows what. */
export function ownShare(version: string, leakHeaders: LeakHeaders | undefined, asksTas: boolean): Share {
  const tas = asksTas ? ` --ta takes about ${grouped(TA_QUESTION_PEAK)} bytes of it for a moment.` : "";
  const cost = leakHeaders && questionCost(version, leakHeaders.there);
  if (leakHeaders === undefined || cost === undefined) {
    const [least, most] = heldRange();
    const measured = questionCost(version, true) ?? questionCost(version, false);
    const how = leakHeaders === undefined && measured !== undefined ? "; --leak-headers yes or no leaves them out" : "";
    const text = `Allocated bytes of the core heap include the session of the question itself, ${least} to ${most} bytes in the builds that were measured${how}.${tas}`;
    return { own: { text }, without: (pools) => pools };
  }
  const { held, peak, operations } = cost;
  const known = ` The core has ${leakHeaders.there ? "" : "no "}leak headers, as ${leakHeaders.says} says.`;
  return {
    own: {
      held,
      text: `Asking takes ${held} bytes of the core heap, which are left out here; its peak may be up to ${grouped(peak)} bytes higher for it (${operations} operations a question).${known}${tas}`,
    },
    without: (pools) => pools.map((pool) => (isHeap(pool) ? lessen(pool, held) : pool)),
  };
}

function isHeap({ name }: PartialRecord): boolean {
  return poolNamed(name)?.role === "heap";
}

function lessen<P extends PartialRecord>(pool: P, held: number): P {
  const { allocated } = pool;
  return allocated === undefined || allocated < held ? pool : { ...pool, allocated: allocated - held };
}
