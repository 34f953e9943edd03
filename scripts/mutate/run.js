// Plants small faults in the sources, one at a time, and sees whether the tests notice: npm run mutate [-- PATH…]. docs/testing.md
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../random.js";
import { copyCheckout, removeCheckout, replaceSource, testsFail, typesFail } from "./checkout.js";
import { mutantsOf, planted } from "./operators.js";
import { sample } from "./sample.js";
import { listFiles, testsFor } from "./tests_for.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "8" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    jobs: { type: "string", default: String(cpus().length) },
    seconds: { type: "string", default: "Infinity" },
    floor: { type: "string", default: "0" },
    near: { type: "boolean", default: false },
    tests: { type: "string", default: "" },
    json: { type: "boolean", default: false },
  },
});
const root = process.cwd();
const start = Date.now();
const known = knownEquivalents();
const chosen = sample(sourcesByLayer(positionals), Number(values.count), createRandom(Number(values.seed)));
say(`seed ${values.seed}: ${chosen.length} mutants of ${new Set(chosen.map(({ layer }) => layer)).size} layers`);

const results = [];
/** Sets of tests that were run without a fault, and whether they failed. */
const sound = new Map();
const copies = Array.from({ length: Math.max(1, Number(values.jobs)) }, () => copyCheckout(root));
const stop = () => {
  copies.forEach(removeCheckout);
  process.exit(1);
};
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
await Promise.all(copies.map(work));
copies.forEach(removeCheckout);
report();

/** Takes one mutant after another, until there is none, or no time. */
async function work(copy) {
  const select = testsFor(copy);
  for (let next = chosen.shift(); next !== undefined; next = chosen.shift()) {
    if (Date.now() - start > Number(values.seconds) * 1000) return;
    const outcome = await tryOne(copy, select, next);
    results.push({ ...next, outcome });
    const { path, line, operator } = next;
    say(`${String(results.length).padStart(4)}  ${outcome.padEnd(10)} ${path}:${line}  ${operator}`);
  }
}

/** Tests that fail without any fault notice nothing. They are run once for each set. */
async function mustPass(copy, tests) {
  const key = [...tests].sort().join(" ");
  if (!sound.has(key)) sound.set(key, testsFail(copy, tests));
  if (!(await sound.get(key))) return;
  process.stderr.write(`these tests fail without any fault: ${key}\n`);
  process.exit(1);
}

async function tryOne(copy, select, { path, code, mutant }) {
  const { near, far } = select(path);
  const rest = values.near ? [] : far.filter((test) => test.includes(values.tests));
  await mustPass(copy, near);
  let restore;
  try {
    restore = replaceSource(copy, path, planted(code, mutant));
  } catch {
    return "invalid";
  }
  try {
    if (await testsFail(copy, near)) return "noticed";
    if (await typesFail(copy)) return "invalid";
    if (!(await testsFail(copy, rest))) return "survived";
    restore();
    await mustPass(copy, rest);
    return "noticed";
  } finally {
    restore();
  }
}

/** Files of each layer with the faults that can be planted in them. */
function sourcesByLayer(wanted) {
  const layers = new Map();
  for (const path of listFiles(root, "src")) {
    if (path.endsWith(".test.ts") || path.endsWith("/index.ts")) continue;
    if (wanted.length > 0 && !wanted.some((prefix) => path.startsWith(prefix))) continue;
    const code = readFileSync(join(root, path), "utf8");
    const mutants = mutantsOf(path, code).filter((mutant) => !known.has(keyOf(path, code, mutant)));
    const layer = path.split("/")[1];
    if (mutants.length > 0) layers.set(layer, [...(layers.get(layer) ?? []), { path, code, layer, mutants }]);
  }
  return layers;
}

/** Faults that change nothing: file, line of source and operator, with the reason behind a #. */
function knownEquivalents() {
  const lines = readFileSync(new URL("equivalent.txt", import.meta.url), "utf8").split("\n");
  return new Set(
    lines.map((line) => line.replace(/\s+#.*$/, "").trim()).filter((line) => line !== "" && line[0] !== "#"),
  );
}

function keyOf(path, code, { line, operator }) {
  return `${path} | ${code.split("\n")[line - 1].trim()} | ${operator}`;
}

function report() {
  const layers = [...new Set(results.map(({ layer }) => layer))].map((layer) => {
    const valid = results.filter((one) => one.layer === layer && one.outcome !== "invalid");
    const noticed = valid.filter(({ outcome }) => outcome === "noticed").length;
    return { layer, mutants: valid.length, noticed };
  });
  const all = { layer: "all", mutants: sum(layers, "mutants"), noticed: sum(layers, "noticed") };
  const survivors = results
    .filter(({ outcome }) => outcome === "survived")
    .map(({ path, line, operator, code, mutant }) => ({
      path,
      line,
      operator,
      before: code.split("\n")[line - 1].trim(),
      after: planted(code, mutant).split("\n")[line - 1].trim(),
    }));
  const floor = Number(values.floor);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ seed: Number(values.seed), layers, all, survivors }, null, 2)}\n`);
  } else {
    for (const { path, line, operator, before, after } of survivors)
      say(`\nsurvived: ${path}:${line}  ${operator}\n  - ${before}\n  + ${after}`);
    say(`\n${"layer".padEnd(12)}${"mutants".padStart(8)}${"noticed".padStart(8)}`);
    for (const row of [...layers, all])
      say(`${row.layer.padEnd(12)}${String(row.mutants).padStart(8)}${percent(row).padStart(8)}`);
  }
  if (all.mutants === 0 || (100 * all.noticed) / all.mutants < floor) {
    process.stderr.write(`fewer than ${floor} % of the faults were noticed\n`);
    process.exitCode = 1;
  }
}

function percent({ mutants, noticed }) {
  return mutants === 0 ? "-" : `${Math.round((100 * noticed) / mutants)} %`;
}

function sum(rows, name) {
  return rows.reduce((total, row) => total + row[name], 0);
}

function say(text) {
  (values.json ? process.stderr : process.stdout).write(`${text}\n`);
}
