// The system behind the socket of a daemon.
import { createEventDecoder } from "../../daemon/event_decoder.ts";
import type { Connection } from "../../daemon/remote_client.ts";
import { SUBSCRIBE } from "../../wire/event_frames.ts";
import type { TeeSystem } from "../client/tee_system.ts";
import { pushed } from "../event_queue.ts";
import type { HeapEvent } from "../source.ts";

/** The system that a connection leads to. `clock` gives milliseconds, ascending: events have the time of their arrival. */
export function daemonSystem(
  path: string,
  connection: Connection,
  clock: () => number = () => performance.now(),
): TeeSystem {
  const { version, release, profile, client, inspect } = connection;
  return {
    name: `unix:${path}`,
    version,
    release,
    profile,
    client,
    inspect,
    get lost() {
      return connection.lost;
    },
    events: () => pushed<HeapEvent>((push, end) => listen(connection, clock, push, end)),
    socket: async () => ({ ok: true, value: path }),
  };
}

function listen(
  connection: Connection,
  clock: () => number,
  push: (event: HeapEvent) => void,
  end: () => void,
): () => void {
  const decoder = createEventDecoder((event) => push({ time: clock(), event }));
  let lost = 0;
  connection.subscribe(SUBSCRIBE.STEPS + SUBSCRIBE.OPERATIONS, (body) => {
    decoder.feed(body);
    const count = decoder.lost - lost;
    lost = decoder.lost;
    if (count > 0) push({ time: clock(), event: { kind: "lost", count } });
  });
  void connection.ended.then(end);
  return () => connection.subscribe(0, () => {});
}
