// @ts-check
// The lines that are printed, and what they add up to.

/** @typedef {"passed" | "failed" | "skipped"} Outcome */

/** Collects outcomes; each is printed at once. */
export function createTable() {
  /** @type {Map<Outcome, number>} */
  const counts = new Map();
  return {
    /** @param {string} what @param {Outcome} outcome @param {string} [detail] */
    add(what, outcome, detail = "") {
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      process.stdout.write(`${outcome.padEnd(12)} ${what}${detail === "" ? "" : `: ${detail}`}\n`);
    },
    /** Prints the sums; true if nothing failed. */
    end() {
      const sums = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
      process.stdout.write(`${sums.join(", ") || "nothing was tried"}\n`);
      return (counts.get("failed") ?? 0) === 0;
    },
  };
}

/** @typedef {ReturnType<typeof createTable>} Table */
