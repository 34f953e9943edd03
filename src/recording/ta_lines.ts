// Heap events of TAs among the lines of a secure console (device/teemem_ta.h), as replies.
import type { LineReader } from "../xtest/blocks.ts";
import { readTaHead, TA_HEAD_BYTES, type TaEvent, type TaHead, type TaReply, taEvent } from "./ta_reply.ts";

/** Takes lines; those that are no events of a TA are passed over. */
interface TaLineReader extends LineReader {
  /** What came, cut where lines are missing. Call it after `end`. */
  replies(): readonly TaReply[];
  /** Lines with events that were read, and the first lines that should have been and were damaged. */
  readonly lines: number;
  readonly damaged: { count: number; readonly first: { line: number; text: string }[] };
}

const MARK = "~tm";
const FIRST_FEW = 5;
const HEX = /^[0-9a-f]+$/;

/** A reader of the lines of any number of instances. */
export function createTaLineReader(): TaLineReader {
  const heads = new Map<string, TaHead>();
  const open = new Map<string, { head: TaHead; first: number; events: TaEvent[] }>();
  const done: TaReply[] = [];
  const damaged: TaLineReader["damaged"] = { count: 0, first: [] };
  let lines = 0;

  function close(id: string): void {
    const one = open.get(id);
    open.delete(id);
    if (one !== undefined) done.push({ ...one.head, first: one.first, lost: 0, events: one.events, blocks: [] });
  }

  /** False where it is none. */
  function takeLine(text: string): boolean {
    const body = text.slice(0, -2);
    if (sumOf(body) !== Number.parseInt(text.slice(-2), 16)) return false;
    const [kind, id = "", ...fields] = body.trimEnd().split(" ");
    if (!fields.every((field) => HEX.test(field))) return false;
    return kind === "~tm@" ? takeHead(id, fields[0] ?? "") : kind === "~tm:" && takeEvent(id, fields);
  }

  function takeHead(id: string, digits: string): boolean {
    const bytes = Uint8Array.from({ length: digits.length / 2 }, (_, n) =>
      Number.parseInt(digits.substr(2 * n, 2), 16),
    );
    const head = bytes.length >= TA_HEAD_BYTES ? readTaHead(bytes) : "";
    if (typeof head === "string") return false;
    close(id);
    heads.set(id, head);
    return true;
  }

  function takeEvent(id: string, fields: readonly string[]): boolean {
    const [number = -1, ...words] = fields.map((field) => Number.parseInt(field, 16));
    const head = heads.get(id);
    const event = words.length === 6 && words.every((word) => word < 2 ** 32) ? taEvent(words) : null;
    if (head === undefined || event === null) return false;
    const known = open.get(id);
    if (known !== undefined && known.first + known.events.length !== number) close(id);
    const one = open.get(id) ?? { head, first: number, events: [] };
    open.set(id, one);
    one.events.push(event);
    return true;
  }

  return {
    damaged,
    get lines() {
      return lines;
    },
    take(line, number) {
      const from = line.indexOf(MARK);
      if (from < 0) return;
      if (takeLine(line.slice(from).trimEnd())) lines++;
      else if (damaged.count++ < FIRST_FEW) damaged.first.push({ line: number, text: line.slice(from) });
    },
    end() {
      for (const id of [...open.keys()]) close(id);
    },
    replies: () => done,
  };
}

/** The sum of all characters, modulo 256. */
function sumOf(text: string): number {
  let sum = 0;
  for (let n = 0; n < text.length; n++) sum += text.charCodeAt(n);
  return sum & 255;
}
