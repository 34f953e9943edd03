// OpeningTurns for what takes a machine when many do it at once: to open hundreds of boards begins a program for each.
import { withinTime } from "./waiting.ts";

/** Starts work when its turn comes. */
export type OpeningTurns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * At most `most` works at once. One that takes longer than `longest` milliseconds keeps no other waiting any more: what hangs
 * delays nobody.
 */
export function createOpeningTurns(most: number, longest: number): OpeningTurns {
  const waiting: (() => void)[] = [];
  let free = most;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    const done = work();
    void withinTime(
      done.then(
        () => {},
        () => {},
      ),
      longest,
    ).then(leave);
    return done;
  };
}
