// One client of a daemon, whatever its bytes travel on.
import { TEE } from "../abi/errors.ts";
import { titleOfPlatform } from "../platform/needs.ts";
import { wireCode } from "../release/releases.ts";
import { createClient } from "../tee/kernel/client.ts";
import type { Core } from "../tee/kernel/core.ts";
import type { SiteBook } from "../tee/monitor/site_book.ts";
import { tapEvents } from "../tee/monitor/tap.ts";
import { encodeFrame } from "../wire/codec.ts";
import type { EventBody } from "../wire/event_frames.ts";
import { FAULT, type Frame } from "../wire/frames.ts";
import { LIMITS, MAGIC, VERSION } from "../wire/limits.ts";
import { createSplitter, type Fault } from "../wire/splitter.ts";
import { NO_PARAMS, paramsOf } from "../wire/wire_params.ts";
import { createEventEncoder } from "./event_encoder.ts";
import { createEventFeed } from "./event_feed.ts";
import { sendList } from "./lists.ts";
import { perform, type Request, refused, tooLarge } from "./requests.ts";

/** The way back to a client. */
interface Way {
  send(bytes: Uint8Array): void;
  /** Ends the connection once everything is sent. */
  end(): void;
  /** True while the client reads too slowly for events; `drained` of its peer says when it has caught up. */
  readonly jammed: boolean;
}

/** A client that is being served. */
export interface Peer {
  /** Takes bytes that came from it. */
  receive(bytes: Uint8Array): void;
  /** It has read everything. */
  drained(): void;
  /** Says why it ends, and ends it. */
  dismiss(fault: Fault): void;
  /** The client has disconnected: its calls are cancelled, loops without an end are ended, and its sessions are closed when its last call returns. */
  gone(): Promise<void>;
}

/**
 * Serves a client on a core; the book knows what was allocated before it listens.
 * Long: one state of a client, which all of its requests change.
 */
export function createPeer(core: Core, book: SiteBook, way: Way): Peer {
  const left = new AbortController();
  const client = createClient(core, left.signal);
  const splitter = createSplitter();
  const running = new Map<number, AbortController>();
  const answered = new Set<Promise<void>>();
  let greeted = false;
  let over = false;
  let sessions = 0;

  const encoder = createEventEncoder();
  const feed = createEventFeed(
    (sink) => tapEvents(core, sink, book),
    encoder,
    () => way.jammed,
    (body) => put({ ...body, tag: 0 }),
  );
  function put(frame: Frame): void {
    if (!over) way.send(encodeFrame(frame));
  }
  function send(frame: Frame): void {
    feed.tell();
    put(frame);
  }

  function dismiss(fault: Fault): void {
    if (over) return;
    send({ kind: "fault", tag: 0, ...fault });
    over = true;
    feed.subscribe(0);
    way.end();
  }
  function take(frame: Frame): void {
    if (!greeted) return greet(frame);
    switch (frame.kind) {
      case "open":
      case "login":
      case "invoke":
      case "close":
        return start(frame);
      case "cancel":
        return running.get(frame.tag)?.abort();
      case "subscribe":
        return feed.subscribe(frame.events);
      case "list":
        return list(frame);
      default:
        return dismiss({ reason: FAULT.ORDER, text: `a client sends no frame '${frame.kind}' here` });
    }
  }
  function greet(frame: Frame): void {
    if (frame.kind !== "hello" || frame.magic !== MAGIC)
      return dismiss({ reason: FAULT.ORDER, text: "the first frame is a hello with the magic word TEEM" });
    if (frame.version !== VERSION) {
      const text = `this daemon speaks version ${VERSION} of the protocol, not version ${frame.version}`;
      return dismiss({ reason: FAULT.VERSION, text });
    }
    greeted = true;
    send({
      kind: "welcome",
      tag: frame.tag,
      version: VERSION,
      layout: wireCode(core.release),
      frameMax: LIMITS.frame,
      memrefMax: LIMITS.memref,
      sessionsMax: LIMITS.sessions,
      callsMax: LIMITS.calls,
      release: core.version,
      profile: titleOfPlatform(core.platform, core.release),
    });
  }
  /** False, and the end of it, where the tag of a request is in use. */
  function isNew({ tag }: Frame): boolean {
    if (running.has(tag)) dismiss({ reason: FAULT.ORDER, text: `request ${tag} is not answered yet` });
    return !over;
  }
  function list(request: Extract<Frame, { kind: "list" }>): void {
    const { tag, what, which } = request;
    if (!isNew(request)) return;
    const busy = "too many requests are not answered yet";
    if (running.size >= LIMITS.calls) return send({ kind: "listed", tag, code: TEE.BUSY, text: busy });
    running.set(tag, new AbortController());
    // Behind all that has arrived: so it counts among the requests, and no more than those are answered at once.
    const done = Promise.resolve().then(() => {
      answered.delete(done);
      running.delete(tag);
      // Texts are everybody's, so they belong to no request.
      const each = (body: EventBody): void => send({ ...body, tag: body.kind === "text" ? 0 : tag });
      send({ kind: "listed", tag, ...sendList(core, what, which, encoder, each) });
    });
    answered.add(done);
  }
  function start(request: Request): void {
    if (!isNew(request)) return;
    const opens = request.kind === "open" || request.kind === "login";
    const busy = running.size >= LIMITS.calls || (opens && sessions >= LIMITS.sessions);
    const asked = request.kind === "close" ? NO_PARAMS : request.params;
    // Before any buffer is made: the size is only a number so far.
    const refusal = busy ? TEE.BUSY : tooLarge(asked) ? TEE.EXCESS_DATA : TEE.SUCCESS;
    if (refusal !== TEE.SUCCESS) return send({ kind: "reply", tag: request.tag, ...refused(refusal) });
    const given = paramsOf(asked);
    if (!given.ok) return dismiss({ reason: FAULT.MALFORMED, text: `frame '${request.kind}': ${given.error}` });
    const stop = new AbortController();
    running.set(request.tag, stop);
    if (opens) sessions++;
    const done = perform(core, client, request, given.value, stop.signal).then((answer) => {
      answered.delete(done);
      running.delete(request.tag);
      if (opens && answer.session === 0) sessions--;
      if (request.kind === "close" && answer.code === TEE.SUCCESS) sessions--;
      send({ kind: "reply", tag: request.tag, ...answer });
    });
    answered.add(done);
  }
  return {
    receive(bytes) {
      for (const read of splitter.push(bytes)) {
        if (over) return;
        if (!read.ok) dismiss(read.error);
        else take(read.value);
      }
    },
    dismiss,
    drained: () => feed.drained(),
    async gone() {
      over = true;
      feed.subscribe(0);
      left.abort();
      for (const stop of running.values()) stop.abort();
      // As under Linux: the sessions go when the last call has returned.
      await Promise.all(answered);
      await client.end();
    },
  };
}
