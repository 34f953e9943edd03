// The system in this process.
import { titleOfPlatform } from "../../platform/needs.ts";
import { createClient } from "../../tee/kernel/client.ts";
import type { Core } from "../../tee/kernel/core.ts";
import { inspectorOf } from "../../tee/kernel/inspector.ts";
import { tapEvents } from "../../tee/monitor/tap.ts";
import type { TeeSystem } from "../client/tee_system.ts";
import { pushed } from "../event_queue.ts";
import type { HeapEvent } from "../source.ts";

/** The system in this process, with a client of its own. `clock` gives milliseconds, ascending, for events. */
export function systemOf(core: Core, clock: () => number = () => performance.now()): TeeSystem {
  const { version, release, platform } = core;
  return {
    name: "sim",
    version,
    release,
    profile: titleOfPlatform(platform, release),
    client: createClient(core),
    inspect: inspectorOf(core),
    events: () => pushed<HeapEvent>((push) => tapEvents(core, (event) => push({ time: clock(), event }))),
  };
}
