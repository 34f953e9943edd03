// What has arrived over a channel and was not taken yet.

/** The bytes that wait, in the order of their arrival. */
export interface Inbox {
  /** True once nothing more will come. */
  readonly over: boolean;
  /** What waits, without taking it. Valid until something is awaited. */
  peek(): Uint8Array;
  /** Takes so many bytes from the beginning. */
  take(count: number): Uint8Array;
  /** Resolves when more has come or nothing will, or at the signal. */
  more(signal: AbortSignal): Promise<void>;
}

/** Reads a stream to its end from now on, whoever waits for it or not. */
export function createInbox(incoming: AsyncIterable<Uint8Array>): Inbox {
  let bytes = new Uint8Array(4096);
  let from = 0;
  let to = 0;
  let over = false;
  let wake = (): void => {};

  function add(chunk: Uint8Array): void {
    if (to + chunk.length > bytes.length) {
      const held = bytes.subarray(from, to);
      const room = new Uint8Array(2 * (held.length + chunk.length));
      room.set(held);
      bytes = room;
      to -= from;
      from = 0;
    }
    bytes.set(chunk, to);
    to += chunk.length;
    wake();
  }
  async function pump(): Promise<void> {
    try {
      for await (const chunk of incoming) add(chunk);
    } catch {
      // A stream that breaks has ended; the channel says why.
    }
    over = true;
    wake();
  }
  void pump();
  return {
    get over() {
      return over;
    },
    peek: () => bytes.subarray(from, to),
    take(count) {
      const taken = bytes.slice(from, from + count);
      from += taken.length;
      return taken;
    },
    async more(signal) {
      if (over || signal.aborted) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          signal.removeEventListener("abort", done);
          wake = () => {};
          resolve();
        };
        wake = done;
        signal.addEventListener("abort", done);
      });
    },
  };
}

/** A line that begins with a mark. */
interface Marked {
  readonly before: Uint8Array;
  /** What stands behind the mark in its line. */
  readonly rest: string;
}

/** Takes everything up to and with the line of a mark, which may begin with a newline. Null at the end of the stream or the signal. */
export async function takeMarked(inbox: Inbox, mark: string, signal: AbortSignal): Promise<Marked | null> {
  const wanted = Buffer.from(mark, "latin1");
  let searched = 0;
  for (;;) {
    const held = Buffer.from(inbox.peek().buffer, inbox.peek().byteOffset, inbox.peek().length);
    const at = held.indexOf(wanted, searched);
    const end = at < 0 ? -1 : held.indexOf(10, at + wanted.length);
    if (end >= 0) {
      const rest = held.toString("latin1", at + wanted.length, end).trimEnd();
      return { before: inbox.take(end + 1).subarray(0, at), rest };
    }
    searched = at >= 0 ? at : Math.max(0, held.length - wanted.length);
    if (inbox.over || signal.aborted) return null;
    await inbox.more(signal);
  }
}
