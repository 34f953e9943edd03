// How long to wait before a system is opened again.

const FIRST = 1000;
const MOST = 60_000;

/** Milliseconds before the next attempt, after so many in vain: 1 s, doubled up to a minute. */
export function reopenPause(failed: number, first = FIRST): number {
  return Math.min(MOST, first * 2 ** Math.min(failed, 30));
}
