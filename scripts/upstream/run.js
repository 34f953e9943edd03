// @ts-check
// Builds and runs what upstream has against this tool: npm run test:upstream -- --optee-os DIR [--optee-test DIR]
// [--optee-client DIR] [--optee-examples DIR]. Prints a line for each TA, client and test case; docs/testing.md explains it.

import { runExamples, runXtest } from "./clients.js";
import { compareWithRecorded } from "./compare.js";
import { buildExamples, buildXtest } from "./hosts.js";
import { compareStatistics } from "./statistics.js";
import { createTable } from "./table.js";
import { buildTas } from "./tas.js";
import { readTrees } from "./trees.js";

const trees = readTrees(process.argv.slice(2));
// Kits, libraries and modules of this run, not those that a person has built.
process.env.XDG_CACHE_HOME = trees.cache;
const table = createTable();
try {
  const tas = buildTas(trees, table);
  const examples = buildExamples(trees, table);
  const xtest = buildXtest(trees, table);
  const recordings = [...runExamples(trees, tas, examples, table), ...runXtest(trees, tas, xtest, table)];
  compareWithRecorded(trees, recordings, table);
  await compareStatistics(trees, tas, xtest, table);
} finally {
  process.exitCode = table.end() ? 0 : 1;
  if (!trees.keeps) trees.remove();
}
