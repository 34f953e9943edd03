// Feeds one subscriber with events, and drops events when it reads too slowly.
import type { TeeEvent } from "../tee/monitor/event.ts";
import { type EventBody, SUBSCRIBE } from "../wire/event_frames.ts";
import type { EventEncoder } from "./event_encoder.ts";

/** Feeds one subscriber. */
interface EventFeed {
  /** Subscribes to a sum of `SUBSCRIBE`, in place of what was subscribed before; 0 to nothing. */
  subscribe(events: number): void;
  /** Says now what was left out so far: called before anything else is sent, which the subscriber may take for the end. */
  tell(): void;
  /** Nothing waits for the subscriber any more: after a gap, the full state is resent. */
  drained(): void;
}

/** Taps a system; the first events come at once and describe the current state. Returns a function that ends the tap. */
type Tap = (sink: (event: TeeEvent) => void) => () => void;

/**
 * A feed that sends nothing from the first event on that comes while the subscriber is `jammed`, until it has drained: so
 * no more waits for a slow reader than what may wait, one event, and the current state at a beginning.
 */
export function createEventFeed(
  tap: Tap,
  encoder: EventEncoder,
  jammed: () => boolean,
  send: (body: EventBody) => void,
): EventFeed {
  let wanted = 0;
  let stop = (): void => {};
  let lost = 0;
  let gap = false;

  function begin(): void {
    stop();
    stop = (): void => {};
    gap = false;
    if (wanted === 0) return;
    // What there is at the beginning is passed on in any case: without it nothing behind it can be read.
    let beginning = true;
    stop = tap((event) => {
      if (!isWanted(event, wanted)) return;
      if (beginning || !(gap || jammed())) return encoder.event(event, send);
      gap = true;
      lost++;
    });
    beginning = false;
  }
  function tell(): void {
    if (lost > 0) send({ kind: "lost", count: lost });
    lost = 0;
  }
  return {
    subscribe(events) {
      wanted = events;
      lost = 0;
      begin();
    },
    tell,
    drained() {
      if (!gap) return;
      tell();
      begin();
    },
  };
}

/** Instances come and go for every subscriber; the rest is for those who asked for it. */
function isWanted({ kind }: TeeEvent, wanted: number): boolean {
  if (kind === "known" || kind === "heap") return (wanted & SUBSCRIBE.OPERATIONS) !== 0;
  if (kind === "entered" || kind === "left") return (wanted & SUBSCRIBE.STEPS) !== 0;
  return true;
}
