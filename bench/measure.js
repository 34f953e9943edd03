// @ts-check
import { measure as sample } from "mitata";

const RUNS = 7;

/**
 * Runs a workload several times after one run to warm up, and sorts the results. `prepare` makes a fresh state outside of
 * the measured time; `work` is measured and gives the number of operations; `verify` throws where the final state is
 * wrong, and looks at the state of every run.
 * @template T
 * @param {{ prepare: () => T, work: (state: T) => number, verify: (state: T) => void }} workload
 * @returns {Promise<{ operations: number, runs: number[] }>} runs: nanoseconds per operation, ascending
 */
export async function measure({ prepare, work, verify }) {
  /** @type {{ state: T } | null} */
  let last = null;
  let operations = 0;
  const next = () => {
    if (last !== null) verify(last.state);
    last = { state: prepare() };
    return last.state;
  };
  const { samples } = await sample(
    function* () {
      yield {
        0: next,
        bench(/** @type {T} */ state) {
          operations = work(state);
        },
      };
    },
    { min_samples: RUNS, max_samples: RUNS, min_cpu_time: 0, warmup_samples: 1, inner_gc: true },
  );
  next();
  return { operations, runs: samples.map((took) => took / operations).sort((a, b) => a - b) };
}
