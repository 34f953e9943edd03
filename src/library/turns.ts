// Threads that share a heap take turns, by a lock in shared memory.
import { valueText } from "../malloc/arguments.ts";

/** Words of a lock: 1 while somebody has it, and how many turns there were. */
const HELD = 0;
const TURNS = 1;
const WORDS = 2;

/** Milliseconds of one wait, and how many of them a thread waits for another that may have ended. */
const WAIT_MS = 100;
const MOST_WAITS = 100;

/** Throws unless the value can be a lock. */
export function expectLock(lock: unknown): void {
  if (lock === undefined) return;
  if (!(lock instanceof Int32Array) || typeof SharedArrayBuffer === "undefined")
    throw new TypeError(`lock is ${valueText(lock)}: give new Int32Array(new SharedArrayBuffer(8))`);
  if (!(lock.buffer instanceof SharedArrayBuffer) || lock.length < WORDS)
    throw new RangeError(`lock has ${lock.length} words: give new Int32Array(new SharedArrayBuffer(8))`);
}

/** Runs work while no other thread holds the lock. `work` gets the number of turns before. */
export function inTurn<T>(lock: Int32Array, work: (turns: number) => T): T {
  acquire(lock);
  try {
    return work(Atomics.load(lock, TURNS));
  } finally {
    Atomics.add(lock, TURNS, 1);
    Atomics.store(lock, HELD, 0);
    Atomics.notify(lock, HELD, 1);
  }
}

/** What runs work in turns with other threads; `refresh` reads what they changed. Inside of itself it just runs the work. */
export function createExclusive(lock: Int32Array | undefined, refresh: () => void): <T>(work: () => T) => T {
  if (lock === undefined)
    return () => {
      throw new TypeError("the heap has no lock: give lock, new Int32Array(new SharedArrayBuffer(8)), in every thread");
    };
  // Whoever made or opened the heap has read its state: after as many turns as there are.
  let seen = Atomics.load(lock, TURNS);
  let mine = false;
  return (work) => {
    if (mine) return work();
    return inTurn(lock, (turns) => {
      if (turns !== seen) refresh();
      mine = true;
      try {
        return work();
      } finally {
        mine = false;
        seen = turns + 1;
      }
    });
  };
}

function acquire(lock: Int32Array): void {
  for (let wait = 0; Atomics.compareExchange(lock, HELD, 0, 1) !== 0; wait++) {
    if (wait === MOST_WAITS)
      throw new Error(
        `another thread has held the heap for ${(MOST_WAITS * WAIT_MS) / 1000} seconds; it may have ended`,
      );
    pause(lock);
  }
}

/** Waits until the lock may be free. A page's main thread may not sleep, and looks again and again. */
function pause(lock: Int32Array): void {
  try {
    Atomics.wait(lock, HELD, 1, WAIT_MS);
  } catch {
    const end = Date.now() + WAIT_MS;
    while (Atomics.load(lock, HELD) !== 0 && Date.now() < end);
  }
}
