import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";

/** Bytes that a command may need on a small input beyond what it began with; docs/testing.md tells of larger ones. */
const MEMORY = 300 * 2 ** 20;

/** Runs commands in a thread, which is begun anew where one hangs for `slow` milliseconds, or dies. */
export function createRunner(slow, memory = MEMORY) {
  let worker = start();
  return {
    /** What went wrong, or null; how long it took, and how many more bytes the process had meanwhile. */
    async run(args, out) {
      const from = performance.now();
      const before = process.memoryUsage.rss();
      let peak = before;
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss());
      }, 20);
      const { problem, over } = await answer(worker, { args, out }, slow);
      clearInterval(watch);
      if (over) {
        await worker.terminate();
        worker = start();
      }
      const bytes = peak - before;
      const large = bytes > memory ? `${Math.round(bytes / 2 ** 20)} MiB more memory` : null;
      return { problem: problem ?? large, ms: performance.now() - from, bytes };
    },
    end: () => worker.terminate(),
  };
}

function start() {
  return new Worker(new URL("worker.js", import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 1024 } });
}

/** What the worker says, or what becomes of it; `over` where it can do no more. */
async function answer(worker, job, slow) {
  const race = new AbortController();
  const { signal } = race;
  /** Never fails for a race that is over. */
  const quiet = (promise) =>
    promise.catch((error) => (error.name === "AbortError" ? { problem: null } : Promise.reject(error)));
  const told = once(worker, "message", { signal }).then(([problem]) => ({ problem, over: false }));
  const ended = once(worker, "exit", { signal }).then(([code]) => ({
    problem: `the process ends with ${code}`,
    over: true,
  }));
  const late = setTimeout(slow, { problem: `still at work after ${slow} ms`, over: true }, { signal });
  worker.postMessage(job);
  try {
    return await Promise.race([quiet(told), quiet(ended), quiet(late)]);
  } catch (error) {
    return { problem: `the process dies: ${error.message}`, over: true };
  } finally {
    race.abort();
  }
}
