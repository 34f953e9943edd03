// What `teemem fuzz` does where nobody says otherwise.

export const FUZZ_DEFAULTS = { seed: 1, jobs: 1, output: "fuzz", patience: 2 } as const;
