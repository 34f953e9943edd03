// One client of a daemon, whatever its bytes travel on.
import { TEE } from "../abi/errors.ts";
import { ORIGIN, PARAM_TYPE } from "../abi/ids.ts";
import { type Client, createClient } from "../tee/client.ts";
import type { Core } from "../tee/core.ts";
import type { Params } from "../tee/params.ts";
import { encodeFrame } from "../wire/codec.ts";
import { FAULT, type Frame } from "../wire/frames.ts";
import { layoutCode } from "../wire/layout_code.ts";
import { LIMITS, MAGIC, VERSION } from "../wire/limits.ts";
import { createSplitter, type Fault } from "../wire/splitter.ts";
import { NO_PARAMS, paramsOf, replyOf, type WireParams } from "../wire/wire_params.ts";
import { createEventFeed } from "./event_feed.ts";

/** The way back to a client. */
export interface Way {
  send(bytes: Uint8Array): void;
  /** Ends the connection once everything is sent. */
  end(): void;
  /** True while the client reads too slowly for events. */
  readonly jammed: boolean;
}

/** A client that is being served. */
export interface Peer {
  /** Takes bytes that came from it. */
  receive(bytes: Uint8Array): void;
  /** Says why it ends, and ends it. */
  dismiss(fault: Fault): void;
  /** It is gone: its calls are cancelled, and its sessions closed as soon as no call of it is inside any more. */
  gone(): Promise<void>;
}

type Request = Extract<Frame, { kind: "open" | "invoke" | "close" }>;
type Answer = { readonly code: number; readonly origin: number; readonly session: number; readonly params: WireParams };

/** Serves a client on a core. */
export function createPeer(core: Core, way: Way): Peer {
  const client = createClient(core);
  const splitter = createSplitter();
  const running = new Map<number, AbortController>();
  const answered = new Set<Promise<void>>();
  let greeted = false;
  let over = false;
  let sessions = 0;

  function send(frame: Frame): void {
    if (!over) way.send(encodeFrame(frame));
  }
  const feed = createEventFeed(
    core,
    () => way.jammed,
    (event) => send({ ...event, tag: 0 }),
  );

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
      case "invoke":
      case "close":
        return start(frame);
      case "cancel":
        return running.get(frame.tag)?.abort();
      case "subscribe":
        return feed.subscribe(frame.events);
      default:
        return dismiss({ reason: FAULT.ORDER, text: `a client sends no frame '${frame.kind}' here` });
    }
  }
  function greet(frame: Frame): void {
    if (frame.kind !== "hello" || frame.magic !== MAGIC)
      return dismiss({ reason: FAULT.ORDER, text: "the first frame is a hello with the magic word TEEM" });
    if (frame.version !== VERSION) {
      const text = `this daemon speaks version ${VERSION} of the protocol, not ${frame.version}`;
      return dismiss({ reason: FAULT.VERSION, text });
    }
    greeted = true;
    send({
      kind: "welcome",
      tag: frame.tag,
      version: VERSION,
      layout: layoutCode(core.release.layout),
      frameMax: LIMITS.frame,
      memrefMax: LIMITS.memref,
      sessionsMax: LIMITS.sessions,
      callsMax: LIMITS.calls,
      release: core.release.version,
      profile: core.profile.name,
    });
  }
  function start(request: Request): void {
    if (running.has(request.tag))
      return dismiss({ reason: FAULT.ORDER, text: `request ${request.tag} is not answered yet` });
    const busy = running.size >= LIMITS.calls || (request.kind === "open" && sessions >= LIMITS.sessions);
    const asked = request.kind === "close" ? NO_PARAMS : request.params;
    // Before any buffer is made: the size is only a number so far.
    const refusal = busy ? TEE.BUSY : tooLarge(asked) ? TEE.EXCESS_DATA : TEE.SUCCESS;
    if (refusal !== TEE.SUCCESS) return send({ kind: "reply", tag: request.tag, ...refused(refusal) });
    const given = paramsOf(asked);
    if (!given.ok) return dismiss({ reason: FAULT.MALFORMED, text: `frame '${request.kind}': ${given.error}` });
    const stop = new AbortController();
    running.set(request.tag, stop);
    if (request.kind === "open") sessions++;
    const done = perform(client, request, given.value, stop.signal).then((answer) => {
      answered.delete(done);
      running.delete(request.tag);
      if (request.kind === "open" && answer.session === 0) sessions--;
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
    async gone() {
      over = true;
      feed.subscribe(0);
      for (const stop of running.values()) stop.abort();
      // As under Linux: the sessions go when the last call has returned.
      await Promise.all(answered);
      await client.end();
    },
  };
}

async function perform(client: Client, request: Request, params: Params, signal: AbortSignal): Promise<Answer> {
  if (request.kind === "open") {
    const opened = await client.open(request.uuid, params, signal);
    return { ...opened, params: replyOf(params) };
  }
  if (request.kind === "close") return { ...(await client.close(request.session)), session: 0, params: NO_PARAMS };
  const outcome = await client.invoke(request.session, request.command, params, signal);
  return { ...outcome, session: 0, params: replyOf(params) };
}

/** A request that never reached the TEE: its parameters are as they were, which a reply without parameters says. */
function refused(code: number): Answer {
  return { code, origin: ORIGIN.COMMS, session: 0, params: NO_PARAMS };
}

function tooLarge(params: WireParams): boolean {
  return params.some(({ type, a }) => type >= PARAM_TYPE.MEMREF_INPUT && a > LIMITS.memref);
}
