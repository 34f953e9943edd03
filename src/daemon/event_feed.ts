import type { Core } from "../tee/core.ts";
import type { EventBody } from "../wire/frames.ts";
import { tap } from "./tap.ts";

/** Feeds one subscriber. */
export interface EventFeed {
  /** Subscribes to a sum of `SUBSCRIBE`, in place of what was subscribed before; 0 to nothing. */
  subscribe(events: number): void;
}

/** A feed that leaves out what does not get through while `jammed`, and says how much that was. */
export function createEventFeed(core: Core, jammed: () => boolean, send: (event: EventBody) => void): EventFeed {
  let stop = (): void => {};
  let lost = 0;
  return {
    subscribe(events) {
      stop();
      stop = (): void => {};
      lost = 0;
      if (events === 0) return;
      stop = tap(core, events, (event, lossy) => {
        if (lossy && jammed()) {
          lost++;
          return;
        }
        if (lossy && lost > 0) {
          send({ kind: "lost", count: lost });
          lost = 0;
        }
        send(event);
      });
    },
  };
}
