// What lay in a TA's heap before the events of a reply, where those before them are missing.
import { MOVED_UNIT, type TaReply } from "./ta_reply.ts";

/**
 * The blocks that were live before the first event, by address: those that are live after the last one, with the events undone,
 * the last first. Without a list of live blocks only those are known that the events end.
 */
export function blocksBefore({ events, blocks }: Pick<TaReply, "events" | "blocks">): Map<number, number> {
  const live = new Map(blocks.map(({ address, bytes }) => [address, bytes]));
  for (const { op, detail, result, given, block } of events.toReversed()) {
    if ("MCRA".includes(op) && result !== 0) live.delete(result);
    if (op === "R" && result !== 0 && given !== 0) live.set(given, detail * MOVED_UNIT);
    if (op === "F" || op === "W") live.set(given, block);
  }
  return new Map([...live].sort(([a], [b]) => a - b));
}
