// Decodes the frames of a subscription into events.
import { pickCounters } from "../malloc/counters.ts";
import { letterOf } from "../malloc/operation.ts";
import type { EndedTa, Entry } from "../tee/kernel/ta_instance.ts";
import type { EventSink, HeapId, HeapKnown, KnownBlock } from "../tee/monitor/event.ts";
import { FINDING_KINDS, type Finding } from "../tee/monitor/finding.ts";
import { ENTRY, type EventBody, HEAP, STEP } from "../wire/event_frames.ts";

/** Turns frames of a subscription into the events that the daemon had, with their numbers. */
export interface EventDecoder {
  /** Takes the next frame of a feed, in order. */
  feed(body: EventBody): void;
  /** Events that the daemon left out because we read too slowly. */
  readonly lost: number;
}

/** A heap whose blocks are still coming. */
interface Coming {
  readonly known: HeapKnown;
  readonly blocks: KnownBlock[];
  readonly count: number;
}

const HEAPS: ReadonlyMap<number, HeapId> = reversed(HEAP);
const ENTRIES: ReadonlyMap<number, Entry> = reversed(ENTRY);

/**
 * A decoder for everything that there is to hear: what it does not know, as of a later version, it leaves out.
 * Long: one table with a row for each kind of event.
 */
export function createEventDecoder(sink: EventSink): EventDecoder {
  const texts = new Map<number, string>();
  let coming: Coming | null = null;
  /** Of the next operation. */
  let stack: string | undefined;
  let lost = 0;

  function arrived(): void {
    if (coming === null || coming.blocks.length < coming.count) return;
    const { known } = coming;
    coming = null;
    sink(known);
  }
  function introduce(body: Extract<EventBody, { kind: "heap" }>): void {
    const heap = HEAPS.get(body.heap);
    if (heap === undefined) return;
    const { sequence, instance, base, blocks: count } = body;
    const blocks: KnownBlock[] = [];
    coming = {
      known: { kind: "known", sequence, heap, instance, base, stats: pickCounters(body), blocks },
      blocks,
      count,
    };
    arrived();
  }
  function operated(body: Extract<EventBody, { kind: "operation" }>): void {
    const heap = HEAPS.get(body.heap);
    const op = letterOf(body.op);
    if (heap === undefined || op === undefined) return;
    const { sequence, instance, pointer, size, arg, result, line, allocated } = body;
    const file = texts.get(body.file) ?? null;
    const done = { sequence, heap, instance, op, pointer, size, arg, result, file, line, allocated } as const;
    sink(stack === undefined ? { kind: "heap", ...done } : { kind: "heap", ...done, stack });
    stack = undefined;
  }
  function stepped(body: Extract<EventBody, { kind: "step" }>): void {
    const entry = ENTRIES.get(body.entry);
    if (entry === undefined) return;
    const { sequence, instance, session, command, code } = body;
    if (body.step === STEP.ENTERED) sink({ kind: "entered", sequence, instance, entry, session, command });
    if (body.step === STEP.LEFT) sink({ kind: "left", sequence, instance, entry, session, command, code });
  }
  function found({ sequence, instance, session, command, finding }: Extract<EventBody, { kind: "finding" }>): void {
    const known = readFinding(texts.get(finding) ?? "");
    if (known !== null) sink({ kind: "finding", sequence, instance, session, command, finding: known });
  }
  return {
    get lost() {
      return lost;
    },
    feed(body) {
      switch (body.kind) {
        case "text":
          return void texts.set(body.id, body.text);
        case "heap":
          return introduce(body);
        case "block":
          coming?.blocks.push({ at: body.pointer, bytes: body.bytes, site: siteOf(texts.get(body.file), body.line) });
          return arrived();
        case "stack":
          stack = texts.get(body.stack);
          return;
        case "operation":
          return operated(body);
        case "instance": {
          const { sequence, instance, uuid, name } = body;
          return sink({ kind: "loaded", sequence, instance, uuid, name });
        }
        case "step":
          return stepped(body);
        case "finding":
          return found(body);
        case "ended":
          return sink({
            kind: "unloaded",
            sequence: body.sequence,
            instance: body.instance,
            last: endedOf(body),
          });
        case "lost":
          lost += body.count;
          coming = null;
          stack = undefined;
          return;
        case "status":
          return;
      }
    },
  };
}

/** What a daemon sends; null for a kind that we do not know. */
function readFinding(text: string): Finding | null {
  try {
    const finding = JSON.parse(text) as Finding;
    return Object.hasOwn(FINDING_KINDS, finding.kind) && typeof finding.stack === "string" ? finding : null;
  } catch {
    return null;
  }
}

/** What is remembered of an instance that ended. */
export function endedOf(body: Extract<EventBody, { kind: "ended" }>): EndedTa {
  const { uuid, name, panicked, seconds, millis } = body;
  return { uuid, name, stats: pickCounters(body), panicked: panicked !== 0, when: { seconds, millis } };
}

function siteOf(file: string | undefined, line: number): string | null {
  if (file === undefined) return null;
  return line === 0 ? file : `${file}:${line}`;
}

function reversed<Name extends string>(table: Readonly<Record<Name, number>>): Map<number, Name> {
  return new Map((Object.keys(table) as Name[]).map((name) => [table[name], name]));
}
