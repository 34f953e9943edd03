// How long to wait before each attempt to reach again what was lost.

/** As a reboot takes. */
export const REBOOT_PATIENCE = 60_000;
/** For what goes on until the user ends it: long enough for a board that is flashed, or for somebody to plug a cable in. */
export const LONG_PATIENCE = 600_000;

const [FIRST, LONGEST] = [500, 15_000];

/** Milliseconds before each attempt, growing to 15 seconds, for so many milliseconds together. */
export function* backOff(patience: number): Generator<number, void, undefined> {
  let waited = 0;
  for (let ms = FIRST; waited < patience; ms = Math.min(2 * ms, LONGEST)) {
    yield ms;
    waited += ms;
  }
}
