// The rows of a recording that the events of one instance of a TA make.
import { OPERATIONS } from "../malloc/operation.ts";
import type { ConsolePiece } from "./console_rows.ts";
import type { Row } from "./rows.ts";
import { blocksBefore } from "./ta_before.ts";
import { findingText, taPlace } from "./ta_finding.ts";
import { MOVED_UNIT, type TaEvent, type TaHead, type TaReply } from "./ta_reply.ts";

/** An instance of a TA, reply by reply. */
export interface TaHistory {
  /** Events that are known to be missing so far. */
  readonly lost: number;
  /** The rows of the next reply, and what red zones found. What was read already gives none. */
  rowsOf(reply: TaReply): Generator<Row | ConsolePiece, void, undefined>;
}

/** Numbers of instances go up by this much where events are missing, as for a daemon that leaves some out. */
const ANEW = 1e6;
const MILLISECOND = 1000;
const WORD = 2 ** 32;
const ENTRIES: Readonly<Record<string, string>> = { c: "create", o: "open", i: "invoke", x: "close", d: "destroy" };
const LETTERS = ["M", "C", "R", "A", "F", "W"] as const;

/** Long: it shares what is known of the instance. `number` is its number among those of its TA, from 1. */
export function createTaHistory(head: TaHead, number: number): TaHistory {
  const { uuid, base, born, pool, poolBytes } = head;
  const heap = `ta-${uuid}`;
  const entered: string[] = [];
  let next = -1;
  let gaps = 0;
  let lost = 0;
  let allocated = 0;
  let time = born * MILLISECOND;
  let table = false;
  const at = (offset: number): number => (offset === 0 ? 0 : base + offset);
  const row = (rest: Row): Row => ({ heap, instance: number + gaps * ANEW, thread: "-", time, ...rest });

  /** The heap as it was before a reply, with the events before it missing. */
  function* anew(reply: TaReply): Generator<Row> {
    if (next >= 0) gaps++;
    lost += Math.max(reply.lost, reply.first - Math.max(0, next));
    entered.length = 0;
    allocated = 0;
    yield row({ op: "add_pool", pointer: at(pool), size: poolBytes, place: "unknown" });
    for (const [address, bytes] of blocksBefore(reply)) {
      allocated = bounded(allocated + bytes);
      yield row({ op: "found", size: bytes, result: at(address), allocated, place: "before" });
    }
  }

  function bounded(bytes: number): number {
    return Math.min(poolBytes, Math.max(0, bytes));
  }

  function operation({ op, detail, size, result, given, caller, block }: TaEvent): Row {
    const letter = LETTERS.find((one) => one === op) ?? "M";
    const passes = "RFW".includes(letter);
    // A block that is not allocated counts the other way round, in the allocator, too.
    if (letter === "F" || letter === "W") allocated = bounded(allocated - (block | 0));
    else if (result !== 0) allocated = bounded(allocated + block - (given !== 0 && passes ? detail * MOVED_UNIT : 0));
    const place = table ? "pool table" : taPlace(caller);
    table = false;
    return row({
      op: OPERATIONS[letter].name,
      pointer: passes ? at(given) : 0,
      arg: passes || letter === "M" ? 0 : given,
      size,
      result: at(result),
      allocated,
      place,
    });
  }

  function* turn({ op, detail, size, result, given }: TaEvent): Generator<Row> {
    time = (given * WORD + result) * MILLISECOND;
    const entry = ENTRIES[String.fromCharCode(detail & 255)] ?? "invoke";
    const name = entry === "invoke" ? `invoke ${size}` : entry;
    if (op === "<") {
      entered.push(name);
      yield row({ op: "enter", name });
    } else {
      const left = entered.pop();
      if (left !== undefined) yield row({ op: "leave", name: left });
    }
  }

  return {
    get lost() {
      return lost;
    },
    *rowsOf(reply) {
      const { first, events, blocks, wasOff } = reply;
      const end = first + events.length;
      const begins = next < 0 && events[0]?.op === "P" && first === 0;
      if (end <= next && !wasOff) return;
      if (!begins && (first !== next || wasOff)) {
        if (events.length + blocks.length === 0) return;
        yield* anew(reply);
      }
      next = end;
      for (const event of events) {
        if (event.op === "P") {
          table = true;
          yield row({ op: "add_pool", pointer: at(event.result), size: event.size, allocated, place: "unknown" });
        } else if (event.op === "<" || event.op === ">") yield* turn(event);
        else if (event.op === "!") yield { time, during: entered.at(-1) ?? "", text: findingText(uuid, event) };
        else yield operation(event);
      }
    },
  };
}
