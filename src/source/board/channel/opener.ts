// What opens channels to one board, as often as connections are needed.
import type { Result } from "../../../base/result.ts";
import type { Channel } from "./channel.ts";

export interface Opener extends AsyncDisposable {
  /** Milliseconds until a shell has to answer, where nobody says otherwise. */
  readonly patience: number;
  /** Opens a channel. The error says what to do. */
  open(): Promise<Result<Channel>>;
}
