// Runs one fuzzed input through the commands.
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";

/** Bytes that a command may need on a small input beyond what it began with; docs/testing.md describes larger ones. */
const MEMORY = 300 * 2 ** 20;

/** Runs commands in a thread, which is begun anew where one takes `slow` milliseconds of the processor, or dies. */
export function createRunner(slow, memory = MEMORY) {
  let worker = begin();
  return {
    /** What went wrong, or null; how long it took, and how many more bytes the process had meanwhile. Some may take longer. */
    async run(args, out, patience = 1) {
      const before = process.memoryUsage.rss();
      const start = process.cpuUsage();
      const late = new AbortController();
      let [peak, ms] = [before, 0];
      // Of the processor's time, as a machine with other work is slower than it seems.
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss());
        ms = millisecondsSince(start);
        if (ms > patience * slow) late.abort();
      }, 20);
      const { problem, over } = await answer(worker, { args, out }, patience * slow, late.signal);
      clearInterval(watch);
      if (over) {
        await worker.terminate();
        worker = begin();
      }
      const bytes = peak - before;
      const large = bytes > memory ? `${Math.round(bytes / 2 ** 20)} MiB more memory` : null;
      return { problem: problem ?? large, ms: Math.max(ms, millisecondsSince(start)), bytes };
    },
    end: () => worker.terminate(),
  };
}

function millisecondsSince(start) {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function begin() {
  return new Worker(new URL("worker.js", import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 1024 } });
}

/** What the worker says, or what becomes of it; `over` where it can do no more. Waits much longer than `slow`, for a dead lock. */
async function answer(worker, job, slow, late) {
  const race = new AbortController();
  const { signal } = race;
  const hung = { problem: `still at work after ${slow} ms`, over: true };
  const told = once(worker, "message", { signal }).then(([problem]) => ({ problem, over: false }));
  const ended = once(worker, "exit", { signal }).then(([code]) => ({
    problem: `the process ends with ${code}`,
    over: true,
  }));
  const stopped = once(late, "abort", { signal }).then(() => hung);
  const dead = setTimeout(20 * slow, hung, { signal });
  const all = [told, ended, stopped, dead];
  worker.postMessage(job);
  try {
    return await Promise.race(all);
  } catch (error) {
    return { problem: `the process dies: ${error.message}`, over: true };
  } finally {
    race.abort();
    await Promise.allSettled(all);
  }
}
