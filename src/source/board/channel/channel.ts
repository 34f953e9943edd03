// The seam below a board: bytes in, bytes out.
import type { Result } from "../../../base/result.ts";

/** A connection to a board: a child process such as ssh, a serial port, a socket. */
export interface Channel extends AsyncDisposable {
  /** Chunks as they arrive; ends when the other side does. One reader. */
  readonly incoming: AsyncIterable<Uint8Array>;
  /** Standard error of a child process, which arrives apart; absent elsewhere. One reader. */
  readonly aside?: AsyncIterable<Uint8Array>;
  /** Resolves when the bytes are taken over; the error says why the channel is gone. */
  write(data: Uint8Array): Promise<Result<void>>;
  /** Why it ended, as a sentence that says what to do; empty while it is open. Set before `incoming` ends. */
  readonly ended: string;
  /** True for a terminal: it echoes, sends CR LF, wraps, has prompts and may want a login. False where that has to be found out. */
  readonly terminal: boolean;
}
