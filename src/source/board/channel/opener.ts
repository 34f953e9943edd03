// What opens channels to one board, as often as connections are needed.
import type { Result } from "../../../base/result.ts";
import type { Channel } from "./channel.ts";

export interface Opener extends AsyncDisposable {
  /** Milliseconds until a shell has to answer, where nobody says otherwise. */
  readonly patience: number;
  /** False where there is never a terminal. */
  readonly consoles: boolean;
  /** Who logs in, as the address says; empty where it names nobody. */
  readonly user: string;
  /** Opens a channel. The error says what to do. */
  open(): Promise<Result<Channel>>;
}
