// What lay in a TA's heap before the events of a reply, where those before them are missing.
import { MOVED_UNIT, type TaReply } from "./ta_reply.ts";

/**
 * The blocks that were live before the first event, by address: those that are live after the last one, with the events undone,
 * the last first. Without a list of live blocks only those are known that the events end, and the table of pools.
 */
export function blocksBefore(reply: TaReply): Map<number, number> {
  const { events, blocks } = reply;
  const live = new Map((blocks.length > 0 ? blocks : [tableOf(reply)]).map(({ address, bytes }) => [address, bytes]));
  for (const { op, detail, result, given, block } of events.toReversed()) {
    if ("MCRA".includes(op) && result !== 0) live.delete(result);
    if (op === "R" && result !== 0 && given !== 0) live.set(given, detail * MOVED_UNIT);
    if (op === "F" || op === "W") live.set(given, block);
  }
  return new Map([...live].sort(([a], [b]) => a - b));
}

const FOOTER = 4;

/** The table of the first pool: the allocator's first block, at the end of the pool before its sentinel. */
function tableOf({ pool, poolBytes, word, leakBytes }: TaReply): { address: number; bytes: number } {
  const header = 2 * word;
  const payload = 2 * word + (leakBytes > 0 ? FOOTER : 0);
  const bytes = Math.ceil((header + leakBytes + payload) / header) * header;
  return { address: pool + poolBytes - header - bytes + header + leakBytes, bytes };
}
