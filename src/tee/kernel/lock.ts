/** Lets one call at a time into a TA; the others wait in their order. */
export interface Lock {
  /** Runs `work` when it is its turn. A caller whose signal fires while waiting gets `cancelled`, and `work` never runs. */
  run<T>(work: () => Promise<T>, cancelled: T, signal?: AbortSignal): Promise<T>;
  /** True while somebody is inside. */
  readonly busy: boolean;
}

/** A lock that nobody holds. */
export function createLock(): Lock {
  let tail: Promise<void> = Promise.resolve();
  let inside = 0;
  return {
    get busy() {
      return inside > 0;
    },
    async run(work, cancelled, signal) {
      const before = tail;
      let leave = (): void => {};
      tail = new Promise((resolve) => {
        leave = resolve;
      });
      try {
        await whichever(before, signal);
        if (signal?.aborted) return cancelled;
        inside++;
        try {
          return await work();
        } finally {
          inside--;
        }
      } finally {
        // Who gave up waiting must still not let the next one in before its turn.
        void before.then(leave);
      }
    },
  };
}

/** Waits for the turn, or for the signal. */
async function whichever(turn: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return turn;
  let stop = (): void => {};
  const fired = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener("abort", stop, { once: true });
  });
  await Promise.race([turn, ...(signal.aborted ? [] : [fired])]);
  signal.removeEventListener("abort", stop);
}
