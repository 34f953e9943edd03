// Threads that share a heap take turns, by a lock in shared memory.
import { valueText } from "../malloc/arguments.ts";
import { expectOptions } from "./expect.ts";

/** Words of a lock: 1 while somebody has it, and how many turns there were. */
const HELD = 0;
const TURNS = 1;
const WORDS = 2;

/** Milliseconds that a thread waits for another where it does not say how many, and those of one wait. */
const TIMEOUT_MS = 10_000;
const WAIT_MS = 100;

/** How long a thread waits for its turn. */
export interface TurnOptions {
  /** Milliseconds; 0 does not wait at all, Infinity waits without end. Default 10,000. */
  readonly timeout?: number;
}

/** The turns of one thread. */
interface Turns {
  /** Runs work while no other thread runs its own. Inside of itself it just runs the work. */
  run<T>(work: () => T, options?: TurnOptions): T;
  /** Throws outside of `run`, where there is a lock. */
  expectTurn(): void;
}

/** Throws unless the value can be a lock. */
export function expectLock(lock: unknown): void {
  if (lock === undefined) return;
  const rule = "give new Int32Array(new SharedArrayBuffer(8))";
  if (!(lock instanceof Int32Array)) throw new TypeError(`lock is ${valueText(lock)}: ${rule}`);
  if (typeof SharedArrayBuffer === "undefined" || !(lock.buffer instanceof SharedArrayBuffer))
    throw new TypeError(`lock lies in a buffer that threads cannot share: ${rule}`);
  if (lock.length < WORDS) throw new RangeError(`lock has ${lock.length} words, and takes ${WORDS}: ${rule}`);
}

/** Runs work while no other thread holds the lock. `work` gets the number of turns before. */
export function inTurn<T>(lock: Int32Array, work: (turns: number) => T, timeout = TIMEOUT_MS): T {
  acquire(lock, timeout);
  try {
    return work(Atomics.load(lock, TURNS));
  } finally {
    Atomics.add(lock, TURNS, 1);
    Atomics.store(lock, HELD, 0);
    Atomics.notify(lock, HELD, 1);
  }
}

/** The turns of a heap; `refresh` reads what other threads changed. */
export function heapTurns(lock: Int32Array | undefined, refresh: () => void): Turns {
  if (lock === undefined)
    return {
      run(work) {
        expectWork(work);
        throw new TypeError(
          "the heap has no lock: give lock, new Int32Array(new SharedArrayBuffer(8)), in every thread",
        );
      },
      expectTurn() {},
    };
  // Whoever made or opened the heap has read its state: after as many turns as there are.
  let seen = Atomics.load(lock, TURNS);
  let mine = false;
  const turn = <T>(work: () => T, turns: number): T => {
    if (turns !== seen) refresh();
    mine = true;
    try {
      return work();
    } finally {
      mine = false;
      seen = turns + 1;
    }
  };
  return {
    run(work, options = {}) {
      expectWork(work);
      const timeout = timeoutOf(options);
      const result = mine ? work() : inTurn(lock, (turns) => turn(work, turns), timeout);
      // Its first part has run, and the turn is over: what goes on behind an await has none.
      if (isThenable(result)) throw new TypeError(`${ASYNC}: it returned a promise`);
      return result;
    },
    expectTurn() {
      if (!mine) throw new Error("this heap has a lock: allocate and free in heap.exclusive(() => …)");
    },
  };
}

const ASYNC = "work is async, and the turn would end before it does: await before or behind exclusive";

function expectWork(work: unknown): void {
  if (typeof work !== "function") throw new TypeError(`work is ${valueText(work)}: give a function`);
  if (Object.prototype.toString.call(work) === "[object AsyncFunction]") throw new TypeError(ASYNC);
}

function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "then") === "function";
}

function timeoutOf(options: TurnOptions): number {
  expectOptions(options, "exclusive", ["timeout"]);
  const { timeout = TIMEOUT_MS } = options;
  if (typeof timeout !== "number")
    throw new TypeError(`timeout is ${valueText(timeout)}: give a number of milliseconds`);
  if (!(timeout >= 0)) throw new RangeError(`timeout is ${timeout}: give milliseconds, 0 or more`);
  return timeout;
}

function acquire(lock: Int32Array, timeout: number): void {
  const start = Date.now();
  while (Atomics.compareExchange(lock, HELD, 0, 1) !== 0) {
    const left = timeout - (Date.now() - start);
    if (!(left > 0)) throw busy(timeout);
    pause(lock, Math.min(WAIT_MS, left));
  }
}

/** Not a class of its own: the name is the one that browsers and Node.js give to a limit of time. */
function busy(timeout: number): Error {
  const waited = timeout === 0 ? "has the heap" : `has had the heap for ${timeout / 1000} seconds`;
  const advice = "if it has ended, set lock[0] to 0 and look at check()";
  return Object.assign(new Error(`another thread ${waited}: try again; ${advice}`), { name: "TimeoutError" });
}

/** Waits until the lock may be free. A page's main thread may not sleep, and looks again and again. */
function pause(lock: Int32Array, milliseconds: number): void {
  try {
    Atomics.wait(lock, HELD, 1, milliseconds);
  } catch {
    const end = Date.now() + milliseconds;
    while (Atomics.load(lock, HELD) !== 0 && Date.now() < end);
  }
}
