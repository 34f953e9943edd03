// @ts-check
// What is measured is the built package; its types are those of the sources, so that they are known before it is built.

const dist = new URL("../dist/", import.meta.url);

/** @type {typeof import("../src/malloc/index.ts")} */
export const malloc = await import(new URL("malloc/index.js", dist).href);

/** @type {typeof import("../src/replay/index.ts")} */
export const replay = await import(new URL("replay/index.js", dist).href);

/** @type {typeof import("../src/recording/index.ts")} */
export const recording = await import(new URL("recording/index.js", dist).href);

/** @type {typeof import("../src/xtest/index.ts")} */
export const xtest = await import(new URL("xtest/index.js", dist).href);

/** What `teemem size` is made of; not an entry point of the package. */
export const trials = {
  /** @type {typeof import("../src/cli/jobs/trial_pool.ts").createTrialPool} */
  createTrialPool: (await import(new URL("cli/jobs/trial_pool.js", dist).href)).createTrialPool,
  /** @type {typeof import("../src/analyze/size/pool_trial.ts").planTrials} */
  planTrials: (await import(new URL("analyze/size/pool_trial.js", dist).href)).planTrials,
};
