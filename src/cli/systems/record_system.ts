import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "../../base/assert.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { createEventDecoder } from "../../daemon/event_decoder.ts";
import { startDaemon } from "../../daemon/server.ts";
import { nodeCrypto } from "../../node/crypto.ts";
import { BOX } from "../../tee/apps/box.ts";
import { type Client, createClient } from "../../tee/client.ts";
import type { ConsoleSink } from "../../tee/console.ts";
import { createCore } from "../../tee/create_core.ts";
import type { EventSink } from "../../tee/monitor/event.ts";
import { tapEvents } from "../../tee/monitor/tap.ts";
import { performSeries } from "../../tee/series.ts";
import { SUBSCRIBE } from "../../wire/event_body.ts";
import { choose } from "./embedded.ts";
import { stopSignal } from "./signals.ts";
import { type FoundDaemon, findDaemon, type SystemOptions } from "./system.ts";

/** A system whose events are recorded. */
export interface RecordedSystem {
  readonly name: string;
  readonly release: string;
  /** It boots when the recording begins. */
  readonly boots: boolean;
  readonly client: Client;
  /** Begins: what there is at the beginning has been told when it resolves. */
  begin(sink: EventSink): Promise<Result<void>>;
  /** The socket by which other programs find it. */
  socket(): Promise<Result<string>>;
  /** Waits for a signal of the user, or the system's end. */
  wait(): Promise<void>;
  /** Ends it, when all events have come. The error says what is missing. */
  end(): Promise<Result<void>>;
}

/** The daemon that is meant, or with a workload the embedded system. */
export async function openRecorded(
  words: readonly string[],
  options: SystemOptions,
  console: ConsoleSink,
): Promise<Result<RecordedSystem>> {
  const chosen = [options.cfg, options.optee, options.profile].some((option) => option !== undefined);
  if (options.on !== undefined || (words.length === 0 && !chosen)) {
    const daemon = await findDaemon(options.on, process.env);
    if (!daemon.ok) return daemon;
    if (daemon.value !== null) return ok(daemonSystem(daemon.value));
  }
  if (words.length > 0) return embeddedSystem(options, console);
  return err(
    "nothing to record: add -- and what to run, or start 'teemem boot', and record what other programs do there",
  );
}

/** The embedded system from the first pool on: it boots when the recording begins. */
function embeddedSystem(options: SystemOptions, console: ConsoleSink): Result<RecordedSystem> {
  const chosen = choose(options);
  if (!chosen.ok) return chosen;
  const created = createCore(chosen.value, { console, now: Date.now, apps: BOX, platform: { crypto: nodeCrypto() } });
  if (!created.ok) return created;
  const core = created.value;
  const client = createClient(core);
  const ends: (() => unknown)[] = [];
  return ok({
    name: "sim",
    release: core.version,
    boots: true,
    client,
    async begin(sink) {
      ends.push(tapEvents(core, sink));
      if (performSeries(core, core.profile.boot, [0])) return ok(undefined);
      return err(`the boot does not fit in a core heap of ${core.heap.size} bytes: set a larger CFG_CORE_HEAP_SIZE`);
    },
    async socket() {
      const folder = mkdtempSync(join(tmpdir(), "teemem-record-"));
      ends.push(() => rmSync(folder, { recursive: true, force: true }));
      const daemon = await startDaemon(core, join(folder, "tee.sock"));
      if (!daemon.ok) return daemon;
      ends.push(() => daemon.value.end());
      return ok(daemon.value.path);
    },
    async wait() {
      assert(false, "nobody waits for what only we can talk to");
    },
    async end() {
      await client.end();
      for (const end of ends.reverse()) await end();
      return ok(undefined);
    },
  });
}

function daemonSystem({ path, connection }: FoundDaemon): RecordedSystem {
  const over = new AbortController();
  let lost = (): number => 0;
  // An answer comes behind all events that were before its question.
  const fence = async (): Promise<void> => void (await connection.inspect.running());
  return {
    name: `unix:${path}`,
    release: connection.version,
    boots: false,
    client: connection.client,
    async begin(sink) {
      const decoder = createEventDecoder(sink);
      lost = () => decoder.lost;
      connection.subscribe(SUBSCRIBE.STEPS + SUBSCRIBE.OPERATIONS, decoder.feed);
      await fence();
      return connection.lost === "" ? ok(undefined) : err(connection.lost);
    },
    socket: async () => ok(path),
    async wait() {
      await Promise.race([stopSignal(over.signal), connection.ended]);
      over.abort();
    },
    async end() {
      await fence();
      const why = connection.lost;
      await connection[Symbol.asyncDispose]();
      if (why !== "") return err(why);
      const count = lost();
      return count === 0 ? ok(undefined) : err(`${count} events were lost on the way, as they came too fast`);
    },
  };
}
