// A secure console that is read: whoever wants what it sends listens.

/** Takes what the console sent, in pieces of any size, as it comes. The bytes are valid during the call. */
export type HearConsole = (bytes: Uint8Array) => void;

/** The secure console of a system. */
export interface ConsoleFeed {
  /** Where it is read: `tcp://127.0.0.1:54321`, `file:sec.log`; `sim` for that of the embedded system. */
  readonly name: string;
  /** Why nothing comes now, as a sentence; empty while something may. It may be opened again. */
  readonly ended: string;
  /** Hands over all that comes from now on, until the returned function is called; with `earlier` also what came since it was opened. */
  listen(hear: HearConsole, earlier?: boolean): () => void;
}
