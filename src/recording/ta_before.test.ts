// Tests of ta_before.ts, with what a real TA gave.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { blocksBefore } from "./ta_before.ts";
import { readTaReplies, type TaEvent } from "./ta_reply.ts";

/** What is live after events: addresses and bytes of blocks, as the TA gave them. */
function live(events: readonly TaEvent[]): Map<number, number> {
  const blocks = new Map<number, number>();
  for (const { op, result, given, block } of events) {
    if (op === "F" || (op === "R" && result !== 0)) blocks.delete(given);
    if ("MCRA".includes(op) && result !== 0) blocks.set(result, block);
  }
  return new Map([...blocks].sort(([a], [b]) => a - b));
}

test.each(["aarch64-4.10.0", "arm-4.0.0-leak_headers"])(
  "%s: undone from any event on, the heap is what it was",
  (name) => {
    const bytes = gunzipSync(readFileSync(`test/fixtures/ta_object/captures/${name}.ring.gz`));
    const read = readTaReplies(new Uint8Array(bytes));
    if (!read.ok) throw new Error(read.error);
    const { replies } = read.value;
    const events = replies.flatMap((reply) => reply.events);
    const [head] = replies;
    if (head === undefined) throw new Error("no reply");
    const blocks = [...live(events)].map(([address, size]) => ({ address, bytes: size }));
    for (let from = 2; from <= events.length; from++) {
      const before = live(events.slice(0, from));
      const rest = events.slice(from);
      expect([...blocksBefore({ ...head, events: rest, blocks })]).toEqual([...before]);
      // Without a list: what the rest ends, and the table of pools.
      const known = blocksBefore({ ...head, events: rest, blocks: [] });
      for (const [address, size] of known) expect(before.get(address)).toBe(size);
      expect(known.size).toBeGreaterThan(0);
    }
  },
);
