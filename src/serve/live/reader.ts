// One reader of a stream: it gets no more than it takes.

/** Where bytes go: the answer to a request. */
export interface ReaderSink {
  /** False where the reader has to be waited for. */
  write(bytes: Uint8Array): boolean;
  on(event: "drain" | "close", call: () => void): unknown;
  destroy(): unknown;
}

/** A reader. */
export interface Reader {
  /** Hands over bytes that all readers share. One for which too much waits is sent nothing until it has taken that; then comes `ready`. */
  send(bytes: Uint8Array): void;
  /** Sends something whole, after which all that is sent later makes sense. */
  begin(whole: readonly Uint8Array[]): void;
  /** Called at intervals: closes a reader that takes nothing. True where it has taken everything. */
  check(): boolean;
}

/** What is written at once: a reader that has taken so much is moving. */
const SLICE = 65536;
/** Bytes that may wait behind what is being sent. */
const MOST_WAITING = 2 ** 20;
/** For so many checks it may take nothing, and for so many it may be late. */
const STILL = 2;
const LATE = 8;

/** A reader behind a sink. `ready`: it had been sent too much, and wants something whole. `over`: it has left. */
export function createStreamReader(sink: ReaderSink, ready: () => void, over: () => void): Reader {
  let whole: Uint8Array[] = [];
  let outbox: Uint8Array[] = [];
  let waiting = 0;
  /** What is left of the part that is being written. */
  let rest = new Uint8Array();
  let blocked = false;
  let behind = false;
  let still = 0;
  let late = 0;

  function next(): Uint8Array | undefined {
    const begun = whole.shift();
    if (begun !== undefined) return begun;
    const sent = outbox.shift();
    waiting -= sent?.length ?? 0;
    return sent;
  }
  function pump(): void {
    while (!blocked) {
      if (rest.length === 0) {
        const part = next();
        if (part === undefined) break;
        rest = new Uint8Array(part.buffer, part.byteOffset, part.length) as Uint8Array<ArrayBuffer>;
      }
      const slice = rest.subarray(0, SLICE);
      rest = rest.subarray(slice.length);
      blocked = !sink.write(slice);
    }
    if (blocked) return;
    late = 0;
    if (behind) ready();
  }
  sink.on("drain", () => {
    blocked = false;
    still = 0;
    pump();
  });
  sink.on("close", over);
  return {
    send(bytes) {
      if (behind) return;
      outbox.push(bytes);
      waiting += bytes.length;
      pump();
      if (waiting <= MOST_WAITING) return;
      behind = true;
      outbox = [];
      waiting = 0;
    },
    begin(parts) {
      behind = false;
      whole = [...parts];
      pump();
    },
    check() {
      if (!blocked) return true;
      still++;
      late++;
      if (still > STILL || late > LATE) sink.destroy();
      return false;
    },
  };
}
