// Events of a system as frames; event_decoder.ts makes events of them again.
import { pickCounters } from "../malloc/counters.ts";
import type { LiveBlock } from "../malloc/foreach.ts";
import type { TaMoment } from "../tee/kernel/inspect.ts";
import type { EndedTa } from "../tee/kernel/ta_instance.ts";
import type { HeapKnown, KnownBlock, TeeEvent } from "../tee/monitor/event.ts";
import { ENTRY, type EventBody, HEAP, STEP } from "../wire/event_frames.ts";

/** Makes frames for one client; each text is sent once. */
export interface EventEncoder {
  /** Every frame is passed on in order. */
  event(event: TeeEvent, send: (body: EventBody) => void): void;
  /** An instance in a list, with its blocks where there are some to tell. */
  moment(moment: TaMoment, sequence: number, blocks: readonly LiveBlock[], send: (body: EventBody) => void): void;
}

/** An encoder whose client knows no text yet. */
export function createEventEncoder(): EventEncoder {
  const texts = new Map<string, number>();

  function textOf(text: string | null, send: (body: EventBody) => void): number {
    if (text === null) return 0;
    const known = texts.get(text);
    if (known !== undefined) return known;
    const id = texts.size + 1;
    texts.set(text, id);
    send({ kind: "text", id, text });
    return id;
  }
  function known({ sequence, heap, instance, base, stats, blocks }: HeapKnown, send: (body: EventBody) => void): void {
    const about = { heap: HEAP[heap], instance };
    send({ kind: "heap", sequence, ...about, base, blocks: blocks.length, ...pickCounters(stats) });
    for (const block of blocks) {
      const { file, line } = placeOf(block);
      const { at: pointer, bytes } = block;
      send({ kind: "block", ...about, pointer, bytes, size: 0, file: textOf(file, send), line });
    }
  }
  return {
    event(event, send) {
      const { sequence } = event;
      switch (event.kind) {
        case "known":
          return known(event, send);
        case "loaded": {
          const { instance, uuid, name } = event;
          return send({ kind: "instance", sequence, instance, uuid, name });
        }
        case "unloaded":
          return send(endedBody(event.last, sequence, event.instance));
        case "entered":
        case "left": {
          const { instance, session, command } = event;
          const step = event.kind === "left" ? STEP.LEFT : STEP.ENTERED;
          const code = event.kind === "left" ? event.code : 0;
          return send({ kind: "step", sequence, step, entry: ENTRY[event.entry], instance, session, command, code });
        }
        case "finding": {
          const { instance, session, command } = event;
          const finding = textOf(JSON.stringify(event.finding), send);
          return send({ kind: "finding", sequence, instance, session, command, finding });
        }
        case "heap": {
          const { instance, pointer, result, line, allocated } = event;
          const file = textOf(event.file, send);
          const [heap, op] = [HEAP[event.heap], event.op.charCodeAt(0)];
          const [size, arg] = [exact(event.size), exact(event.arg)];
          const about = { sequence, heap, instance };
          if (event.stack !== undefined) send({ kind: "stack", stack: textOf(event.stack, send) });
          return send({ kind: "operation", ...about, op, pointer, size, arg, result, file, line, allocated });
        }
      }
    },
    moment({ instance, uuid, name, sessions, panicked, busy, stats }, sequence, blocks, send) {
      send({ kind: "instance", sequence, instance, uuid, name });
      send({ kind: "status", instance, sessions, panicked: Number(panicked), busy: Number(busy) });
      const about = { heap: HEAP.ta, instance };
      send({ kind: "heap", sequence, ...about, base: 0, blocks: blocks.length, ...pickCounters(stats) });
      for (const { at: pointer, size, file, line } of blocks) {
        send({ kind: "block", ...about, pointer, bytes: 0, size, file: textOf(file, send), line });
      }
    },
  };
}

/** The frame of an instance that ended; in lists without a number. */
export function endedBody({ uuid, name, stats, panicked, when }: EndedTa, sequence = 0, instance = 0): EventBody {
  const { seconds, millis } = when;
  const figures = { panicked: Number(panicked), seconds, millis, ...pickCounters(stats) };
  return { kind: "ended", sequence, instance, uuid, ...figures, name };
}

/** Sizes beyond the range of the wire are sent as its largest number. */
function exact(size: number): number {
  return Math.min(size, Number.MAX_SAFE_INTEGER);
}

/** `file:line` in its two halves; a site without a line has 0. */
function placeOf({ site }: KnownBlock): { readonly file: string | null; readonly line: number } {
  const parts = /^(.*):(\d+)$/.exec(site ?? "");
  return parts ? { file: parts[1] ?? "", line: Number(parts[2]) } : { file: site, line: 0 };
}
