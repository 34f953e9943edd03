// Several fuzzing sessions at once, each with a seed of its own; together they are one.
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { err, ok, type Result } from "../../base/result.ts";
import { bugOf } from "../../fuzz/crash.ts";
import type { FuzzBug, FuzzProgress } from "../../fuzz/fuzz.ts";
import type { FuzzInput } from "../../fuzz/input.ts";
import { type FuzzHearer, type FuzzJob, runFuzzJob } from "./fuzz_job.ts";

export type FuzzMessage =
  | { readonly kind: "progress" | "end"; readonly progress: FuzzProgress }
  | { readonly kind: "bug"; readonly bug: FuzzBug }
  | { readonly kind: "kept"; readonly input: FuzzInput }
  | { readonly kind: "failed"; readonly error: string };

/** One session runs in this thread, more of them in workers. Bugs that several find are told once. */
export async function runFuzzJobs(job: FuzzJob, jobs: number, hearer: FuzzHearer): Promise<Result<FuzzProgress>> {
  if (jobs === 1) return runFuzzJob(job, hearer);
  const progresses = new Map<number, FuzzProgress>();
  const bugs = new Set<string>();
  const summed = (): FuzzProgress => sum([...progresses.values()], bugs.size);
  const workers: Worker[] = [];
  const stop = (): void => {
    for (const worker of workers) void worker.terminate();
  };
  hearer.signal?.addEventListener("abort", stop, { once: true });
  const runs = Math.ceil(job.runs / jobs);
  const results = await Promise.all(
    Array.from({ length: jobs }, (_, n) => {
      const workerData: FuzzJob = { ...job, runs, seed: job.seed + n };
      const worker = new Worker(new URL(`./fuzz_worker${extname(import.meta.url)}`, import.meta.url), { workerData });
      workers.push(worker);
      return new Promise<Result<void>>((resolve) => {
        worker.on("message", (message: FuzzMessage) => {
          if (message.kind === "failed") resolve(err(message.error));
          else if (message.kind === "kept") hearer.kept(message.input);
          else if (message.kind === "bug") {
            if (bugs.has(bugOf(message.bug.finding))) return;
            bugs.add(bugOf(message.bug.finding));
            hearer.bug(message.bug);
          } else {
            progresses.set(n, message.progress);
            hearer.progress(summed());
            if (message.kind === "end") resolve(ok(undefined));
          }
        });
        worker.on("error", (error) => resolve(err(error.message)));
        worker.on("exit", () => resolve(ok(undefined)));
      });
    }),
  );
  stop();
  return (results.find(({ ok: fine }) => !fine) as Result<FuzzProgress> | undefined) ?? ok(summed());
}

function sum(all: readonly FuzzProgress[], bugs: number): FuzzProgress {
  const most = (of: (one: FuzzProgress) => number): number => Math.max(0, ...all.map(of));
  const total = (of: (one: FuzzProgress) => number): number => all.reduce((whole, one) => whole + of(one), 0);
  return {
    runs: total(({ runs }) => runs),
    calls: total(({ calls }) => calls),
    milliseconds: most(({ milliseconds }) => milliseconds),
    corpus: total(({ corpus }) => corpus),
    edges: most(({ edges }) => edges),
    allEdges: most(({ allEdges }) => allEdges),
    bugs,
    unconfirmed: total(({ unconfirmed }) => unconfirmed),
    waited: total(({ waited }) => waited),
    unfollowed: total(({ unfollowed }) => unfollowed),
    opened: all.some(({ opened }) => opened),
  };
}
