// How long a TA may compute: others are served meanwhile, and one that never ends panics.
import { TaPanic } from "../../tee/kernel/panic.ts";

interface Patience {
  /** The TA is entered. `gone` fires when nobody waits for it any more. */
  begin(gone?: AbortSignal): void;
  /** It goes on after a call that waited: that time is not counted. */
  resume(): void;
  /** It has run through many loops. A promise lets others run first. */
  tick(): Promise<void> | undefined;
  /** The same where nobody else can be let run. */
  check(): void;
}

const DEFAULT = 60_000;

/** Milliseconds after which others get their turn. */
const TURN = 20;

/** What a turn counts at most: the machine may have been busy otherwise. */
const LONGEST = 100;

/** Milliseconds that a TA may compute on for a client that has gone: a call that ends soon ends as on a board. */
const LEAVING = 300;

/** @param suspends whether a promise can suspend the TA */
export function createPatience(most: number | (() => number) = DEFAULT, suspends: boolean): Patience {
  let limit = 0;
  let computed = 0;
  let since = 0;
  let gone: AbortSignal | undefined;
  let end = Number.POSITIVE_INFINITY;
  const resume = (): void => {
    since = performance.now();
  };
  /** Counts a turn that is over, and begins the next. */
  const turnIsOver = (): boolean => {
    // The clock is asked when a TA computes for a while, and not at each of a million short calls.
    if (since === 0) resume();
    const turn = performance.now() - since;
    if (turn < TURN) return false;
    computed += Math.min(turn, LONGEST);
    if (gone?.aborted) end = Math.min(end, computed + LEAVING);
    if (computed > end) throw new TaPanic(0, "the TA computes without an end, and its client has gone");
    if (computed > limit) throw new TaPanic(0, `the TA computes for ${limit} ms without an end`);
    resume();
    return true;
  };
  return {
    begin(client) {
      limit = typeof most === "number" ? most : most();
      computed = 0;
      gone = client;
      end = Number.POSITIVE_INFINITY;
      since = 0;
    },
    resume,
    check: () => void turnIsOver(),
    tick() {
      if (!turnIsOver() || !suspends) return undefined;
      return new Promise<void>((go) => setTimeout(go, 0)).finally(resume);
    },
  };
}
