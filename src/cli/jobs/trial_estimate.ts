// Says how long the replays of `teemem size` will take, once the first of them is done.
import { counted } from "../../base/format.ts";

/** Seconds that are worth a sentence where nobody watches, and where somebody does. */
const LONG = 60;
const WATCHED = 5;

/** What is known when the first replay is done. */
export interface FirstTrial {
  /** What it took, in milliseconds. */
  readonly took: number;
  /** How many there will be: more are rare. */
  readonly replays: number;
  /** How many go on at the same time. */
  readonly workers: number;
}

/** An estimate as a sentence; null where it will not take long. */
export function trialEstimate({ took, replays, workers }: FirstTrial, isWatched: boolean): string | null {
  const seconds = (took * replays) / workers / 1000;
  if (seconds < (isWatched ? WATCHED : LONG)) return null;
  const long = seconds < 100 ? counted(Math.round(seconds), "second") : counted(Math.round(seconds / 60), "minute");
  const each = took < 1000 ? `${Math.round(took)} ms` : `${(took / 1000).toFixed(1)} s`;
  return `up to about ${long}: ${counted(replays, "replay")} at most, the first took ${each}, ${workers} at a time`;
}
