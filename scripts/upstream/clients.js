// @ts-check
// Runs clients with 'teemem exec', each against a system of its own.
import { existsSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { CASES, TOGETHER } from "./cases.js";
import { teemem, why } from "./programs.js";

/** A recording and the mark of the recorded board that it is to be compared with. @typedef {{ name: string, file: string }} Made */

/** Arguments with which the board's examples were recorded, and of those that want some. @type {Readonly<Record<string, readonly string[]>>} */
const ARGUMENTS = { acipher: ["512", "hello"], sha: ["hello"] };

/**
 * @param {import("./trees.js").Trees} trees @param {string} tas @param {readonly string[]} client
 * @param {string} name @param {number} seconds
 */
function exec(trees, tas, client, name, seconds) {
  const folder = join(trees.work, "recordings");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.arrows`);
  const plugins = join(trees.work, "xtest-build/host/supp_plugin");
  const more = existsSync(plugins) ? ["--plugins", plugins] : [];
  const words = ["exec", "--no-report", "--force", "-o", file, ...more, "--ta", tas, "--", ...client];
  const ended = teemem(words, { seconds, env: { LD_LIBRARY_PATH: join(trees.work, "client/lib") } });
  return { ...ended, made: { name, file } };
}

/**
 * @param {import("./trees.js").Trees} trees @param {string} tas @param {readonly string[]} programs
 * @param {import("./table.js").Table} table @returns {Made[]}
 */
export function runExamples(trees, tas, programs, table) {
  return programs.flatMap((program) => {
    const name = basename(program).replace("optee_example_", "");
    if (!trees.only.test(`example ${name}`)) return [];
    const ended = exec(trees, tas, [program, ...(ARGUMENTS[name] ?? [])], `example-${name}`, 120);
    table.add(`example ${name}`, ended.ok ? "passed" : "failed", ended.ok ? "" : why(ended));
    return ended.ok ? [ended.made] : [];
  });
}

/**
 * @param {import("./trees.js").Trees} trees @param {string} tas @param {string | undefined} xtest
 * @param {import("./table.js").Table} table @returns {Made[]}
 */
export function runXtest(trees, tas, xtest, table) {
  if (xtest === undefined) return [];
  /** @type {Made[]} */
  const made = [];
  for (const [suite, numbers] of Object.entries(CASES)) {
    for (const number of numbers) {
      const name = `${suite} ${number}`;
      if (!trees.only.test(name)) continue;
      const ended = exec(trees, tas, [xtest, "-t", suite, number], `${suite}-${number}`, 600);
      const result = resultOf(ended);
      if (result === null) continue;
      table.add(name, result.outcome, result.detail);
      if (result.outcome === "passed" && !(suite in TOGETHER)) made.push(ended.made);
    }
  }
  return [...made, ...runTogether(trees, tas, xtest, table)];
}

/** @param {import("./trees.js").Trees} trees @param {string} tas @param {string} xtest @param {import("./table.js").Table} table @returns {Made[]} */
function runTogether(trees, tas, xtest, table) {
  return Object.entries(TOGETHER).flatMap(([suite, numbers]) => {
    const name = `${suite}-${numbers[0]}`;
    if (!trees.only.test(name)) return [];
    const each = `for one in ${numbers.join(" ")}; do "$0" -t ${suite} $one || exit 1; done`;
    const ended = exec(trees, tas, ["sh", "-c", each, xtest], `${suite}-together`, 600);
    table.add(
      `${suite} in one instance`,
      ended.ok ? "passed" : "failed",
      ended.ok ? `${numbers.length} cases` : why(ended),
    );
    return ended.ok ? [{ ...ended.made, name }] : [];
  });
}

/**
 * What xtest's own log says; null where it has no such case.
 * @param {ReturnType<typeof teemem>} ended @returns {{ outcome: import("./table.js").Outcome, detail: string } | null}
 */
function resultOf(ended) {
  const cases = /(\d+) test cases? of which (\d+) failed/.exec(ended.out);
  const steps = /(\d+) subtests? of which (\d+) failed/.exec(ended.out);
  if (ended.timedOut) return { outcome: "failed", detail: "it did not end" };
  if (cases === null || steps === null) return { outcome: "failed", detail: why(ended) };
  if (cases[1] === "0") return null;
  const detail = `${steps[1]} subtests, ${steps[2]} failed`;
  if (cases[2] !== "0") return { outcome: "failed", detail };
  const skip = ended.out
    .split("\n")
    .find((line) => /\bskip/i.test(line) && !/^\d+ test cases? were skipped/.test(line));
  return skip === undefined
    ? { outcome: "passed", detail }
    : { outcome: "skipped", detail: `by itself: ${skip.trim()}` };
}
