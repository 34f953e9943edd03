// node test/fuzz/fuzz.js [--minutes N] [--seed S] [--jobs J]: changes inputs at random and gives them to every command. Ends
// with 1 at the first input that leads to an internal error, a command of more than 5 seconds, too much memory or a raw
// control character in the output; the input is kept in fuzz-findings/. Build first.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { COMMANDS, filled } from "./commands.js";
import { madeRecording, madeTrace } from "./made.js";
import { mutate } from "./mutate.js";
import { randomOf } from "./random.js";
import { createRunner } from "./runner.js";
import { seeds } from "./seeds.js";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string" },
    jobs: { type: "string", default: "1" },
    all: { type: "boolean" },
  },
});
/** Milliseconds of the processor that a command may take; jobs share what is counted. */
const SLOW = 5000;
/** `size` tries a hundred pools of up to 1 GiB, which takes longer in a process that has had many. */
const PATIENCE = new Map([["size", 6]]);
/** Commands on one input: each is another program for it. */
const TRIED = 4;

const seed = values.seed === undefined ? Date.now() % 2 ** 32 : Number(values.seed);
const until = performance.now() + Number(values.minutes) * 60_000;
const folder = mkdtempSync(join(tmpdir(), "teemem-fuzz-"));
const known = await seeds();
const pathOf = (name) => join(folder, name);
for (const [name, bytes] of known) writeFileSync(pathOf(name), bytes);
process.stdout.write(`seed ${seed}, ${known.size} inputs to begin with, ${COMMANDS.length} commands\n`);

let runs = 0;
let findings = 0;
const most = { ms: 0, bytes: 0 };
await Promise.all(Array.from({ length: Number(values.jobs) }, (_, n) => work(n)));
rmSync(folder, { recursive: true });
process.stdout.write(
  `${runs} runs, ${findings} findings; slowest ${Math.round(most.ms)} ms, most memory ${Math.round(most.bytes / 2 ** 20)} MiB\n`,
);
process.exitCode = findings > 0 ? 1 : 0;

/** One after another until the time is up. Each job has numbers of its own. */
async function work(job) {
  const random = randomOf(seed + job * 7919);
  const names = [...known.keys()];
  const others = [...known.values()];
  const runner = createRunner(SLOW * Number(values.jobs));
  while (performance.now() < until && (findings === 0 || values.all)) {
    const { name, bytes } = await inputOf(random, names, others);
    const input = join(folder, `job${job}-${name}`);
    const out = join(folder, `job${job}.out`);
    writeFileSync(input, bytes);
    for (let n = 0; n < TRIED; n++) {
      const command = random.pick(COMMANDS);
      const args = filled(command, input, out, pathOf);
      const { problem, ms, bytes: needed } = await runner.run(args, out, PATIENCE.get(args[0]));
      runs++;
      most.ms = Math.max(most.ms, ms);
      most.bytes = Math.max(most.bytes, needed);
      if (problem !== null) {
        keep(name, bytes, command, problem);
        if (!values.all) break;
      }
    }
    rmSync(input, { force: true });
  }
  await runner.end();
}

/** An input: most are changed ones, some are well formed. */
async function inputOf(random, names, others) {
  if (random.chance(0.15)) return { name: "made.arrows", bytes: await madeRecording(random) };
  if (random.chance(0.15)) return { name: "made.trace", bytes: madeTrace(random) };
  const name = random.pick(names);
  return { name, bytes: mutate(known.get(name), others, random) };
}

function keep(name, bytes, command, problem) {
  findings++;
  mkdirSync("fuzz-findings", { recursive: true });
  const path = join("fuzz-findings", `${seed}-${runs}-${name}`);
  writeFileSync(path, bytes);
  const line = command.map((word) => word.replace("{}", path)).join(" ");
  process.stdout.write(`\n${path}: ${problem}\n  teemem ${line}\n  seed ${seed}\n`);
}
