// Inspects the system of a daemon over its socket.
import { TEE } from "../abi/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import { pickCounters, zeroCounters } from "../malloc/counters.ts";
import type { LiveBlock } from "../malloc/foreach.ts";
import type { TaMoment } from "../tee/kernel/inspect.ts";
import type { Inspector } from "../tee/kernel/inspector.ts";
import type { EndedTa } from "../tee/kernel/ta_instance.ts";
import { LIST } from "../wire/event_frames.ts";
import { endedOf } from "./event_decoder.ts";
import type { Link, List } from "./link.ts";

/** An instance with its blocks, as far as its frames have come. */
type Found = TaMoment & { readonly blocks: LiveBlock[] };

/** An inspector of a daemon's system. */
export function createRemoteInspector(link: Link): Inspector {
  async function ask<T>(what: number, which: string, read: (list: List) => T): Promise<Result<T>> {
    const list = await link.list(what, which);
    if (list === null) return err(link.lost || "the daemon went away");
    return list.end.code === TEE.SUCCESS ? ok(read(list)) : err(list.end.text);
  }
  return {
    running: (which = "") =>
      ask(LIST.RUNNING, which, (list) => foundIn(list).map(({ blocks: _none, ...moment }) => moment)),
    leaks: (which = "") => ask(LIST.LEAKS, which, foundIn),
    ended: (which = "") => ask(LIST.ENDED, which, endedIn),
  };
}

function endedIn({ bodies }: List): EndedTa[] {
  return bodies.flatMap((body) => (body.kind === "ended" ? [endedOf(body)] : []));
}

function foundIn({ bodies, texts }: List): Found[] {
  const found = new Map<number, Found>();
  const put = (instance: number, more: Partial<Found>): void => {
    const before = found.get(instance) ?? { ...UNKNOWN, instance, blocks: [] };
    found.set(instance, { ...before, ...more });
  };
  for (const body of bodies) {
    if (body.kind === "instance") put(body.instance, { uuid: body.uuid, name: body.name });
    else if (body.kind === "status") {
      const { sessions, panicked, busy } = body;
      put(body.instance, { sessions, panicked: panicked !== 0, busy: busy !== 0 });
    } else if (body.kind === "heap") put(body.instance, { stats: pickCounters(body) });
    else if (body.kind === "block") {
      const { pointer: at, size, line } = body;
      found.get(body.instance)?.blocks.push({ at, size, file: texts.get(body.file) ?? "unknown", line });
    }
  }
  return [...found.values()];
}

const UNKNOWN = {
  uuid: "",
  name: "",
  sessions: 0,
  panicked: false,
  busy: false,
  stats: zeroCounters(),
};
