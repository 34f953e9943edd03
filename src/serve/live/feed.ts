// What of the watched systems is served: their states as text, and changes in batches, so that many readers cost what one does.
import type { Result } from "../../base/result.ts";

/** The systems that are watched; a `Fleet` is that. Everything in it can be written as JSON. */
export interface LiveSystems {
  readonly systems: readonly object[];
  /** Every change as it comes, until the returned function is called. */
  listen(hear: (change: object) => void): () => void;
  resetMaxima(system: string): Promise<Result<void>>;
  liveBlocks(system: string, heap: string): Promise<Result<object>>;
  silence(system: string, rule: string, heap: string, until: number | null): void;
}

/** Events of a stream, in the form that `EventSource` reads. */
interface LiveFeed {
  /** All states as JSON, as of now. */
  state(): string;
  /** A stream's beginning: the event `state` and the changes since. */
  beginning(): readonly Uint8Array[];
  /** Sends what has come and was not sent yet. */
  flush(): void;
  close(): void;
}

/** A change waits so long for others. */
const BATCH_MS = 100;
/** A beginning is told anew when the changes behind it are longer than it is, and than this many bytes. */
const LEAST_TAIL = 2 ** 18;

/** Follows the systems. `wanted` tells whether anybody reads; `send` takes batches of whole events. */
export function createFeed(live: LiveSystems, wanted: () => boolean, send: (batch: Uint8Array) => void): LiveFeed {
  let number = 0;
  let batch: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let text: { readonly at: number; readonly json: string } | null = null;
  let head: Uint8Array | null = null;
  let tail: Uint8Array[] = [];
  let tailBytes = 0;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length === 0) return;
    const bytes = Buffer.from(batch.join(""));
    batch = [];
    send(bytes);
    if (head === null) return;
    tail.push(bytes);
    tailBytes += bytes.length;
    if (tailBytes > Math.max(head.length, LEAST_TAIL)) forget();
  }
  function forget(): void {
    head = null;
    tail = [];
    tailBytes = 0;
  }
  function state(): string {
    if (text?.at !== number) text = { at: number, json: JSON.stringify(live.systems) };
    return text.json;
  }
  const stop = live.listen((change) => {
    number++;
    if (!wanted()) return forget();
    batch.push(event("change", number, JSON.stringify(change)));
    timer ??= setTimeout(flush, BATCH_MS);
  });
  return {
    state,
    beginning() {
      flush();
      head ??= Buffer.from(`retry: 2000\n${event("state", number, state())}`);
      return [head, ...tail];
    },
    flush,
    close() {
      stop();
      clearTimeout(timer);
    },
  };
}

/** JSON has no newline, so it is one line. */
function event(name: string, id: number, data: string): string {
  return `id: ${id}\nevent: ${name}\ndata: ${data}\n\n`;
}
