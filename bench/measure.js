// @ts-check

const RUNS = 7;

/**
 * Runs a workload several times after one run to warm up, and sorts the results. `prepare` makes a fresh state outside of
 * the measured time; `work` is measured and gives the number of operations; `verify` throws where the final state is wrong.
 * (mitata's measure repeats one function on one state; here every run begins with an empty heap and is checked at its end.)
 * @template T
 * @param {{ prepare: () => T, work: (state: T) => number, verify: (state: T) => void }} workload
 * @returns {{ operations: number, runs: number[] }} runs: nanoseconds per operation, ascending
 */
export function measure({ prepare, work, verify }) {
  const runs = [];
  let operations = 0;
  for (let n = 0; n <= RUNS; n++) {
    const state = prepare();
    globalThis.gc?.();
    const start = process.hrtime.bigint();
    operations = work(state);
    const took = Number(process.hrtime.bigint() - start);
    verify(state);
    if (n > 0) runs.push(took / operations);
  }
  return { operations, runs: runs.sort((a, b) => a - b) };
}
